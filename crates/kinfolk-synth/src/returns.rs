//! Made-up returns on children looked after, of any size, with the answers that they must give.
//!
//! Each child's history is made up and written before the next, so that a million children need no
//! more memory than one. What is in the files is a simple world: no row is wrong, no placement is
//! temporary. It serves to measure how fast returns are read, to show that nothing is lost on the way,
//! and to try methods on; see [`ReturnsWorld`].

mod answers;
mod child;
mod england;
mod files;
mod world;

use std::path::Path;

use jiff::civil::{Date, date};

pub use answers::ReturnsAnswers;
pub use world::ReturnsWorld;

use crate::SynthError;
use crate::random::Stream;
use files::YearFiles;

/// Which returns to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnsPlan {
    /// How many children.
    pub n_children: usize,
    /// How many returns, one a year.
    pub n_years: i16,
    /// The year in which the last return ends.
    pub last_year: i16,
    /// The same seed gives the same files.
    pub seed: u64,
    /// What the children go through.
    pub world: ReturnsWorld,
}

impl ReturnsPlan {
    /// The year in which the last return ends where nobody says otherwise.
    pub const LAST_YEAR: i16 = 2025;

    /// The last day of the last return.
    pub fn last_day(&self) -> Date {
        date(self.last_year, 3, 31)
    }

    /// The first day of the first return.
    fn first_day(&self) -> Date {
        date(self.last_year - self.n_years, 4, 1)
    }

    fn years(&self) -> impl Iterator<Item = i16> {
        self.last_year - self.n_years + 1..=self.last_year
    }
}

/// Writes a folder for each year, named by the year in which its return ends, and tells what must
/// come out.
///
/// # Errors
///
/// [`SynthError::Write`] names the file or folder that could not be written.
pub fn write_returns(plan: &ReturnsPlan, folder: &Path) -> Result<ReturnsAnswers, SynthError> {
    let mut years: Vec<YearFiles> = plan
        .years()
        .map(|year| YearFiles::create(folder, year))
        .collect::<Result<_, _>>()?;
    let mut answers = ReturnsAnswers::default();
    for at in 0..plan.n_children {
        let child = plan
            .world
            .child(plan, at, &mut Stream::of_child(plan.seed, at));
        for files in &mut years {
            answers.n_rows += files.write(&child)?;
        }
        answers.add(&child, plan);
    }
    for files in years {
        files.finish()?;
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PLAN: ReturnsPlan = ReturnsPlan {
        n_children: 200,
        n_years: 3,
        last_year: 2024,
        seed: 7,
        world: ReturnsWorld::Dense,
    };

    #[test]
    fn the_same_seed_writes_the_same_files() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let answers = folders
            .each_ref()
            .map(|folder| write_returns(&PLAN, folder.path()).unwrap());
        assert_eq!(answers[0], answers[1]);
        for name in ["2022/episodes.csv", "2024/header.csv", "2023/missing.csv"] {
            let read = |at: usize| fs::read(folders[at].path().join(name)).unwrap();
            assert_eq!(read(0), read(1), "{name}");
        }
    }

    #[test]
    fn the_answers_count_the_rows_that_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let answers = write_returns(&PLAN, folder.path()).unwrap();
        let n_rows: usize = [2022, 2023, 2024]
            .map(|year| folder.path().join(format!("{year}/episodes.csv")))
            .map(|file| fs::read_to_string(file).unwrap().lines().count() - 1)
            .iter()
            .sum();
        assert_eq!(answers.n_rows, n_rows as u64);
        assert!(answers.n_episodes < answers.n_rows);
        let [spb, spbtu, every] = answers.n_three_or_more;
        assert!(0 < spb && spb < spbtu && spbtu < every && every < answers.n_in_care);
    }

    /// Shares of a published figure, in per cent, and how far a made-up one may lie from it.
    fn check(what: &str, found: u64, of: u64, published: f64) {
        let found = 100.0 * found as f64 / of as f64;
        assert!((found - published).abs() < 1.5, "{what}: {found}");
    }

    #[test]
    fn a_made_up_england_has_the_published_shares() {
        let plan = ReturnsPlan {
            n_children: 20_000,
            n_years: 3,
            world: ReturnsWorld::England,
            ..PLAN
        };
        let folder = tempfile::tempdir().unwrap();
        let answers = write_returns(&plan, folder.path()).unwrap();
        let [three_or_more, ..] = answers.n_three_or_more;
        check("three or more", three_or_more, answers.n_in_care, 10.4);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let header = read("2024/header.csv");
        let n_children = header.lines().count() as u64 - 1;
        let n_boys = header.lines().filter(|line| line.contains(",1,")).count();
        check("boys", n_boys as u64, n_children, 57.0);
        let n_missing = read("2024/missing.csv").lines().count() as u64 - 1;
        check("missing", n_missing, n_children, 11.0);
        let episodes = read("2024/episodes.csv");
        let placed: Vec<&str> = episodes
            .lines()
            .skip(1)
            .filter(|line| line.contains(",,,,AA1"))
            .filter_map(|line| line.split(',').nth(5))
            .collect();
        let n_fostered = placed.iter().filter(|place| place.starts_with('U')).count();
        check("fostered", n_fostered as u64, placed.len() as u64, 75.0);
    }
}
