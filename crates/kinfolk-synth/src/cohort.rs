//! A made-up cohort of two arms whose truth is known, to try comparisons on.
//!
//! Who is in the programme depends on age, years in care, SDQ and placements before, and so does how
//! children fare: an unadjusted comparison misleads. Chances are whole numbers of a thousand that
//! add up, so the true difference is the same for every child and needs no estimate.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::SynthError;
use crate::random::Stream;

/// The file of children.
pub const COHORT_FILE: &str = "cohort.csv";
const README: &str = "README.md";
/// Followed for so many spans of thirty days.
const SPANS: i64 = 24;
const SPAN_DAYS: i64 = 30;
const HEADERS: &str =
    "child_id,authority,arm,age,female,years_in_care,sdq,placements_before,same_home,days,moved";

/// Which cohort to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortPlan {
    /// How many children in both arms together.
    pub n_children: usize,
    /// How many authorities they belong to, at least one.
    pub n_authorities: u16,
    /// What the programme adds to the chance of the same home a year later, for each child, in
    /// thousandths; at most 150 either way.
    pub effect: i16,
    /// The hazard of a move in the programme over that of a comparator, in per cent; at most 200.
    pub hazard_ratio: u16,
    /// The same seed gives the same file.
    pub seed: u64,
}

impl Default for CohortPlan {
    fn default() -> Self {
        Self {
            n_children: 2_000,
            n_authorities: 1,
            effect: 100,
            hazard_ratio: 70,
            seed: 1,
        }
    }
}

impl CohortPlan {
    /// The same plan with another truth: what the programme adds to the chance of the same home, -0.15 to
    /// 0.15, and the hazard of a move against that of a comparator, 0 to 2; to the nearest thousandth
    /// and hundredth.
    ///
    /// # Errors
    ///
    /// [`SynthError::Truth`] for a number outside its range.
    pub fn with_truth(self, risk_difference: f64, hazard_ratio: f64) -> Result<Self, SynthError> {
        let effect = in_parts(
            "the risk difference",
            risk_difference,
            [-0.15, 0.15],
            1000.0,
        )?;
        let ratio = in_parts("the hazard ratio", hazard_ratio, [0.0, 2.0], 100.0)?;
        Ok(Self {
            effect: effect as i16,
            hazard_ratio: ratio as u16,
            ..self
        })
    }
}

/// A number as so many parts of one.
fn in_parts(
    what: &'static str,
    value: f64,
    [least, most]: [f64; 2],
    parts: f64,
) -> Result<f64, SynthError> {
    match (least..=most).contains(&value) {
        true => Ok((value * parts).round()),
        false => Err(SynthError::Truth {
            what,
            value,
            least,
            most,
        }),
    }
}

/// What must come out, up to chance.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CohortTruth {
    /// Children in the programme and comparators.
    pub n_by_arm: [u64; 2],
    /// Those of each arm who were in the same home a year later.
    pub n_same_home: [u64; 2],
    /// What the programme adds to the chance of the same home.
    pub risk_difference: f64,
    /// The hazard of a move in the programme over that of a comparator.
    pub hazard_ratio: f64,
}

impl CohortTruth {
    /// The difference of the arms as they are, which confounding shifts away from the truth.
    pub fn unadjusted_difference(&self) -> f64 {
        let share = |arm: usize| self.n_same_home[arm] as f64 / self.n_by_arm[arm].max(1) as f64;
        share(0) - share(1)
    }
}

/// Writes the cohort and, beside it, what is true of it. The same plan gives the same bytes.
///
/// # Errors
///
/// [`SynthError::Write`] names the file or folder that could not be written.
pub fn write_cohort(plan: &CohortPlan, folder: &Path) -> Result<CohortTruth, SynthError> {
    let failed = |path: PathBuf| move |source| SynthError::Write { path, source };
    fs::create_dir_all(folder).map_err(failed(folder.to_owned()))?;
    let table = folder.join(COHORT_FILE);
    let mut out = BufWriter::new(File::create(&table).map_err(failed(table.clone()))?);
    let mut truth = CohortTruth {
        risk_difference: f64::from(plan.effect) / 1000.0,
        hazard_ratio: f64::from(plan.hazard_ratio) / 100.0,
        ..CohortTruth::default()
    };
    writeln!(out, "{HEADERS}").map_err(failed(table.clone()))?;
    for at in 0..plan.n_children {
        let child = Member::make_up(plan, &mut Stream::of_child(plan.seed, at));
        let arm = usize::from(!child.is_in_programme);
        truth.n_by_arm[arm] += 1;
        truth.n_same_home[arm] += u64::from(child.is_in_same_home);
        writeln!(out, "{}", child.line(at)).map_err(failed(table.clone()))?;
    }
    out.flush().map_err(failed(table))?;
    let readme = folder.join(README);
    fs::write(&readme, readme_of(plan, &truth)).map_err(failed(readme.clone()))?;
    Ok(truth)
}

/// A child of the cohort.
struct Member {
    authority: i64,
    is_in_programme: bool,
    age: i64,
    is_girl: bool,
    years_in_care: i64,
    sdq: i64,
    placements: i64,
    is_in_same_home: bool,
    days: i64,
    has_moved: bool,
}

impl Member {
    fn make_up(plan: &CohortPlan, stream: &mut Stream) -> Self {
        let authority = stream.between(1, i64::from(plan.n_authorities.max(1)));
        let age = stream.between(6, 17);
        let is_girl = stream.chance(43);
        let years_in_care = stream.between(0, 5);
        let sdq = stream.about(2, 26);
        let placements = stream.between(1, 6);
        // Older children, with more behind them, are referred more often and fare worse.
        let burden = burden(age, sdq, placements);
        let is_in_programme = stream.chance_in_thousand(360 + burden - 15 * years_in_care);
        let helped = if is_in_programme {
            i64::from(plan.effect)
        } else {
            0
        };
        let is_in_same_home = stream.chance_in_thousand(500 - burden + 10 * years_in_care + helped);
        let hazard = 45 + burden / 10;
        let ratio = if is_in_programme {
            i64::from(plan.hazard_ratio)
        } else {
            100
        };
        let (days, has_moved) = until_move(hazard * ratio / 100, stream);
        Self {
            authority,
            is_in_programme,
            age,
            is_girl,
            years_in_care,
            sdq,
            placements,
            is_in_same_home,
            days,
            has_moved,
        }
    }

    fn line(&self, at: usize) -> String {
        let arm = if self.is_in_programme {
            "programme"
        } else {
            "comparator"
        };
        let mut line = format!("S{:07},A{:02},{arm}", at + 1, self.authority);
        for number in [
            self.age,
            i64::from(self.is_girl),
            self.years_in_care,
            self.sdq,
            self.placements,
            i64::from(self.is_in_same_home),
            self.days,
            i64::from(self.has_moved),
        ] {
            // Writing to a string cannot fail.
            let _ = write!(line, ",{number}");
        }
        line
    }
}

/// What age and a history of trouble add to a chance, in thousandths.
fn burden(age: i64, sdq: i64, placements: i64) -> i64 {
    14 * (age - 11) + 9 * (sdq - 14) + 40 * (placements - 3)
}

/// Days until the first move, or until the child is no longer watched, and which of the two it was.
fn until_move(hazard: i64, stream: &mut Stream) -> (i64, bool) {
    let watched = stream.between(SPANS / 2, SPANS);
    for span in 0..watched {
        if stream.chance_in_thousand(hazard) {
            return (span * SPAN_DAYS + stream.between(1, SPAN_DAYS), true);
        }
    }
    (watched * SPAN_DAYS, false)
}

fn readme_of(plan: &CohortPlan, truth: &CohortTruth) -> String {
    let CohortPlan {
        n_children,
        n_authorities,
        effect,
        hazard_ratio,
        seed,
    } = plan;
    let [n_programme, n_comparators] = truth.n_by_arm;
    let [same_programme, same_comparators] = truth.n_same_home;
    format!(
        "# A synthetic cohort\n\n\
        Every row of `{COHORT_FILE}` is made up by `kinfolk synth --cohort` from seed {seed}. No child in it exists.\n\n\
        {n_children} children of {n_authorities} authorities: {n_programme} in the programme, {n_comparators} comparators.\n\n\
        ## What is true\n\n\
        - For every child the programme adds {effect} in a thousand to the chance of the same home a year later\n  \
        (`same_home`), so the risk difference is the same among children in the programme and among all.\n\
        - In each span of thirty days the chance of a first move (`days`, `moved`) is {hazard_ratio}% of a like\n  \
        comparator's, rounded down to whole thousandths.\n\
        - In the same home as drawn: {same_programme} of {n_programme} in the programme, {same_comparators} of {n_comparators} comparators.\n\n\
        ## What confounds\n\n\
        `age`, `sdq` and `placements_before` raise both the chance of being referred and that of moving;\n\
        `years_in_care` lowers the first and raises the chance of the same home. `female` and `authority` do\n\
        neither. Comparing the arms as they are therefore makes the programme look worse than it is; nothing\n\
        else that is not in the file plays a part.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: CohortPlan = CohortPlan {
        n_children: 40_000,
        n_authorities: 5,
        effect: 100,
        hazard_ratio: 70,
        seed: 3,
    };

    fn written(plan: &CohortPlan) -> (CohortTruth, String) {
        let folder = tempfile::tempdir().unwrap();
        let truth = write_cohort(plan, folder.path()).unwrap();
        (
            truth,
            fs::read_to_string(folder.path().join(COHORT_FILE)).unwrap(),
        )
    }

    #[test]
    fn a_truth_is_held_to_what_can_be() {
        let plan = PLAN.with_truth(-0.0504, 1.5).unwrap();
        assert_eq!((plan.effect, plan.hazard_ratio), (-50, 150));
        for (difference, ratio) in [(0.151, 1.0), (f64::NAN, 1.0), (0.1, -0.1), (0.1, 2.1)] {
            assert!(PLAN.with_truth(difference, ratio).is_err());
        }
        let (truth, _) = written(&CohortPlan {
            n_children: 500,
            ..plan
        });
        assert_eq!((truth.risk_difference, truth.hazard_ratio), (-0.05, 1.5));
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let plan = CohortPlan {
            n_children: 200,
            ..PLAN
        };
        assert_eq!(written(&plan), written(&plan));
        assert_ne!(written(&plan).1, written(&CohortPlan { seed: 4, ..plan }).1);
    }

    #[test]
    fn comparing_the_arms_as_they_are_misleads_and_like_with_like_does_not() {
        let (truth, table) = written(&PLAN);
        assert!(truth.unadjusted_difference() < 0.07, "{truth:?}");
        // Strata of age, SDQ, placements and years in care, weighted by those in the programme.
        let mut strata = std::collections::BTreeMap::<Vec<&str>, [[f64; 2]; 2]>::new();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let key = vec![cells[3], cells[5], cells[6], cells[7]];
            let arm = usize::from(cells[2] == "comparator");
            let sums = &mut strata.entry(key).or_default()[arm];
            sums[0] += 1.0;
            sums[1] += cells[8].parse::<f64>().unwrap();
        }
        let (mut difference, mut weight) = (0.0, 0.0);
        for [programme, comparators] in strata.into_values() {
            if programme[0] > 0.0 && comparators[0] > 0.0 {
                let shares = programme[1] / programme[0] - comparators[1] / comparators[0];
                difference += programme[0] * shares;
                weight += programme[0];
            }
        }
        let adjusted = difference / weight;
        assert!(
            (adjusted - truth.risk_difference).abs() < 0.03,
            "{adjusted}"
        );
    }

    #[test]
    fn no_chance_leaves_its_range() {
        let (least, most) = (burden(6, 2, 1), burden(17, 26, 6));
        assert!(360 + least - 15 * 5 >= 0 && 360 + most <= 1000);
        assert!(500 - most - 150 >= 0 && 500 - least + 10 * 5 + 150 <= 1000);
    }
}
