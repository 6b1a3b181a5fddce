//! What a programme costs and what its outcomes are worth: `costs.toml`, read and checked.

use crate::code::code_set;
use crate::{
    BenefitClass, Deflator, DiscountSchedule, Grade, Key, Payer, PlacementType, PriceYear,
};

code_set! {
    /// The form of a distribution.
    Shape as "shape" {
        /// For shares.
        Beta = "beta", "Beta";
        /// For money and counts.
        Gamma = "gamma", "Gamma";
        /// For ratios.
        Lognormal = "lognormal", "Lognormal";
        /// For differences.
        Normal = "normal", "Normal";
        /// For judgements: least, likeliest, most.
        Pert = "pert", "PERT";
    }
}

/// How far a number may lie from its central value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The lower end of the interval; for PERT the least.
    pub low: f64,
    /// The upper end; for PERT the most.
    pub high: f64,
    /// The form of the distribution.
    pub shape: Shape,
}

/// A number, with what is known of its uncertainty. Without a spread it is held fixed in the
/// probabilistic run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The central value.
    pub value: f64,
    /// Its uncertainty.
    pub spread: Option<Spread>,
}

impl Amount {
    /// A number that is held fixed.
    pub fn fixed(value: f64) -> Self {
        Self {
            value,
            spread: None,
        }
    }
}

code_set! {
    /// Which way an outcome should go.
    Direction as "good" {
        More = "more", "more is better";
        Less = "less", "less is better";
    }
}

/// A number that an estimate of the same study gives, with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyEstimate {
    /// Which estimate.
    pub key: Key,
    /// Which way is a benefit.
    pub good: Direction,
}

/// A number that is stated, or taken from the study.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Stated in the file.
    Stated(Amount),
    /// An estimate of this study.
    Study(StudyEstimate),
}

/// What the programme changes. A comparison already leaves out what would have happened anyway;
/// deadweight takes it out of a figure without one. A number has one or the other, never both.
#[derive(Debug, Clone, PartialEq)]
pub enum Impact {
    /// From a comparison with others.
    Comparator(Comparison),
    /// Without a comparison, less what would have happened anyway.
    Deadweight {
        /// How often it happens to a child without the programme; above 1 for what repeats.
        at_risk: Amount,
        /// The share of that which is avoided.
        reduction: Amount,
        /// The share of the change that would have come anyway.
        deadweight: Amount,
    },
}

/// How a comparison states its result.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// As the share avoided of what happens without the programme.
    Relative {
        /// How often it happens to a child without the programme.
        at_risk: Amount,
        /// The share of that which is avoided.
        reduction: Amount,
    },
    /// As a difference per child.
    Difference(Given),
}

/// What one unit of an outcome is worth, and for how long. What is worth a lifetime counts once.
#[derive(Debug, Clone, PartialEq)]
pub enum Worth {
    /// So much for each week; so many weeks for each child and year.
    PerWeek {
        /// Pounds a week.
        value: Amount,
        /// Weeks for each child and year, at most 53.
        weeks: Amount,
        /// How it goes on.
        course: Course,
    },
    /// So much for each year.
    PerYear {
        /// Pounds a year.
        value: Amount,
        /// How it goes on.
        course: Course,
    },
    /// So much each time.
    PerEpisode {
        /// Pounds each time.
        value: Amount,
        /// How it goes on.
        course: Course,
    },
    /// So much over a lifetime.
    Lifetime {
        /// Pounds.
        value: Amount,
        /// Years between the work and the outcome.
        lag: u32,
    },
}

/// When an outcome comes, how long it lasts and how it fades.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Years between the work and the first year of the outcome.
    pub lag: u32,
    /// How many years it lasts.
    pub duration: u32,
    /// The share lost each further year.
    pub drop_off: Amount,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Provenance {
    /// The row of the unit costs, if it is one.
    pub row: Option<String>,
    /// Who published it, or whose assumption it is.
    pub source: String,
    /// How far it was checked, where it is a row.
    pub grade: Option<Grade>,
}

/// Shares of a sum by payer; they add up to 1.
pub type Split = Vec<(Payer, f64)>;

/// An outcome to which money is put.
#[derive(Debug, Clone, PartialEq)]
pub struct MonetisedOutcome {
    /// Its id.
    pub id: String,
    /// What it is, in words.
    pub label: String,
    /// The kind of value.
    pub class: BenefitClass,
    /// Whether the money only changes hands, so that it counts for its payer and not for society.
    pub is_transfer: bool,
    /// Which placement is avoided, where one is.
    pub placement: Option<PlacementType>,
    /// The share of children who take part; `None` for that of the cohort.
    pub engagement: Option<Amount>,
    /// The share of these who stay; `None` for that of the cohort.
    pub retention: Option<Amount>,
    /// What the programme changes.
    pub impact: Impact,
    /// Where a stated change comes from; `None` for an estimate of the study, or where nobody says.
    pub effect_source: Option<String>,
    /// The share that moves harm elsewhere.
    pub displacement: Amount,
    /// The share that others brought about.
    pub attribution: Amount,
    /// What a unit is worth.
    pub worth: Worth,
    /// The year of those prices.
    pub price_year: PriceYear,
    /// The share taken off for optimism.
    pub bias: Amount,
    /// The share that a budget holder can take out as cash.
    pub cashability: Amount,
    /// Who gains.
    pub payers: Split,
    /// Where the value comes from.
    pub provenance: Provenance,
}

code_set! {
    /// What a cost is for.
    CostKind as "kind" {
        SetUp = "set_up", "Setting up", ["setup", "implementation"];
        Ongoing = "ongoing", "Running";
        Pilot = "pilot", "Piloting and research";
    }
}

/// A cost of the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// Its id.
    pub id: String,
    /// What it is, in words.
    pub label: String,
    /// What it is for.
    pub kind: CostKind,
    /// Pounds in each year from year 0, in prices of `price_year`.
    pub amounts: Vec<f64>,
    /// By how much the whole may differ from the plan; 1 is the plan.
    pub level: Amount,
    /// The year of those prices.
    pub price_year: PriceYear,
    /// The share put on top for optimism.
    pub bias: Amount,
    /// Who pays.
    pub payers: Split,
    /// Where the figure comes from.
    pub source: String,
}

/// Something that matters and has no money put to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCounted {
    /// What it is.
    pub what: String,
    /// Why it is not counted.
    pub why: String,
}

/// Two inputs that go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlation {
    /// The ids of the inputs, e.g. `outcome.moves.impact`.
    pub between: (String, String),
    /// The correlation of their normal scores, between −1 and 1.
    pub value: f64,
}

/// What a larger study would cost, and how many decisions it would serve.
#[derive(Debug, Clone, PartialEq)]
pub struct ResearchCost {
    /// Pounds however many children are studied, in prices of `price_year`.
    pub fixed: f64,
    /// Pounds for each child studied.
    pub each_child: f64,
    /// The year of those prices.
    pub price_year: PriceYear,
    /// How many years the result would be of use: one decision like that of the appraisal in each,
    /// the first a year after the study began.
    pub years: u32,
    /// Where the figures come from.
    pub source: String,
}

/// Everything that `costs.toml` says, with the index, schedule and unit costs that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// What is appraised.
    pub title: String,
    /// How many years are looked at; year 0 is the first and is not discounted.
    pub years: u32,
    /// The year in whose prices results stand.
    pub price_year: PriceYear,
    /// How many children.
    pub children: Given,
    /// The share of children who take part.
    pub engagement: Amount,
    /// The share of these who stay.
    pub retention: Amount,
    /// The level of intervals, between 0.5 and 0.999.
    pub confidence: f64,
    /// The seed of the probabilistic run.
    pub seed: u64,
    /// How many draws it makes.
    pub draws: u32,
    /// What a pound must return, for the probability that it does.
    pub thresholds: Vec<f64>,
    /// What the programme costs.
    pub costs: Vec<Cost>,
    /// What its outcomes are worth.
    pub outcomes: Vec<MonetisedOutcome>,
    /// What is not counted.
    pub not_counted: Vec<NotCounted>,
    /// Which inputs go together.
    pub correlations: Vec<Correlation>,
    /// What it would cost to find out more, where it is known.
    pub research: Option<ResearchCost>,
    /// How later years count less.
    pub discount: DiscountSchedule,
    /// The schedule that is always shown beside it.
    pub alternative_discount: DiscountSchedule,
    /// How sums move between price years.
    pub deflator: Deflator,
}
