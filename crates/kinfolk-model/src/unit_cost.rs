//! What one unit of an outcome costs: a row of `unit-costs.csv`.

use crate::PriceYear;
use crate::code::code_set;

code_set! {
    /// Who pays or gains.
    Payer as "payer" {
        LocalAuthority = "local_authority", "Local authority", ["council"];
        Schools = "schools", "Schools", ["school"];
        Nhs = "nhs", "NHS", ["health"];
        Police = "police", "Police";
        Justice = "justice", "Courts and justice", ["criminal_justice", "legal_aid"];
        CentralGovernment = "central_government", "Central government", ["dwp", "hmrc", "dfe"];
        OtherPublic = "other_public", "Other public bodies";
        Charity = "charity", "Charity", ["charity_funder", "funder"];
        Individual = "individual", "Children and families", ["individuals", "family"];
        Society = "society", "Others in society", ["employers", "business"];
    }
}

impl Payer {
    /// Whether it is a public budget.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Charity | Self::Individual | Self::Society)
    }
}

code_set! {
    /// What kind of value a benefit is.
    BenefitClass as "class" {
        Fiscal = "fiscal", "To public budgets";
        Economic = "economic", "To incomes of people and firms";
        Social = "social", "To people\u{2019}s lives";
    }
}

code_set! {
    /// What a unit cost is the cost of. Costs of different bases are never added.
    CostBasis as "basis" {
        PerWeek = "per_week", "for each week", ["week", "weekly"];
        PerYear = "per_year", "for each year", ["year", "yearly"];
        PerEpisode = "per_episode", "each time", ["episode", "each", "per_case", "per_incident"];
        Lifetime = "lifetime", "over a lifetime";
    }
}

code_set! {
    /// How far a unit cost was checked.
    Grade as "grade" {
        A = "a", "Read in its source";
        B = "b", "Read in a copy of its source";
        C = "c", "Recalled, not checked";
    }
}

/// One unit cost with its provenance.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitCost {
    /// Its id, named by outcomes.
    pub id: String,
    /// What it is the cost of.
    pub label: String,
    /// Pounds, in prices of `price_year`.
    pub value: f64,
    /// The least that its source gives.
    pub low: Option<f64>,
    /// The most that its source gives.
    pub high: Option<f64>,
    /// The cost of what.
    pub basis: CostBasis,
    /// The year of its prices.
    pub price_year: PriceYear,
    /// Where it holds.
    pub area: String,
    /// Whether it is the figure of a single council.
    pub is_single_council: bool,
    /// Who bears it; `None` where several do, and then whoever uses it says how they share.
    pub payer: Option<Payer>,
    /// The kind of value; `None` where several kinds are in it, and then only its parts may be used.
    pub class: Option<BenefitClass>,
    /// The unit cost that contains it.
    pub part_of: Option<String>,
    /// Whether it is a total over all that goes wrong in a life, for orientation only.
    pub is_context: bool,
    /// Who published it.
    pub source: String,
    /// Where in the source.
    pub locator: String,
    /// Under which licence.
    pub licence: String,
    /// How far it was checked.
    pub grade: Grade,
    /// What a user should know.
    pub note: String,
}
