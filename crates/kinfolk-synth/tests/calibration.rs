//! Made-up returns have the shares that the Department for Education published for England, counted without
//! any other crate: see `docs/methods/synthetic.md`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use kinfolk_model::RawCell;
use kinfolk_synth::{
    ReturnsPlan, ReturnsWorld, StudyPlan, StudyReturnsPlan, demo_plan, generate_study,
    write_returns, write_study,
};

/// An episode: its first day, the day after its last, why it is new.
type Episode = (Date, Date, String);

/// Everyone in the returns: birthday and episodes in order.
#[derive(Default)]
struct Returns(BTreeMap<String, (Option<Date>, Vec<Episode>)>);

/// Shares of a published figure, in per cent, of those in care on a 31 March.
struct Shares<'a> {
    children: Vec<(Date, &'a [Episode])>,
    on: Date,
}

fn day(text: &str) -> Date {
    let mut parts = text.split('/').map(|part| part.parse::<i16>().unwrap());
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    let small = |part: Option<i16>| i8::try_from(part.unwrap()).unwrap();
    date(year.unwrap(), small(month), small(day))
}

/// The rows of a file, without its header.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

impl Returns {
    fn read(folders: impl Iterator<Item = std::path::PathBuf>) -> Self {
        let mut returns = Self::default();
        for folder in folders {
            for row in rows(&folder.join("header.csv")) {
                returns.0.entry(row[0].clone()).or_default().0 = Some(day(&row[2]));
            }
            for row in rows(&folder.join("episodes.csv")) {
                returns.add(&row);
            }
        }
        returns
    }

    fn add(&mut self, row: &[String]) {
        let open = date(9999, 1, 1);
        let ended = if row[7].is_empty() {
            open
        } else {
            day(&row[7])
        };
        let (_, episodes) = self.0.entry(row[0].clone()).or_default();
        let started = day(&row[1]);
        match episodes.iter_mut().find(|episode| episode.0 == started) {
            Some(known) => known.1 = ended,
            // A holiday is no placement, nor is coming back from one.
            None if row[5] == "T3" => episodes.push((started, ended, "T3".to_owned())),
            None => {
                let is_back = episodes.last().is_some_and(|last| last.2 == "T3");
                let reason = if is_back { "T" } else { &row[2] };
                episodes.push((started, ended, reason.to_owned()));
            }
        }
    }

    fn in_care(&self, on: Date) -> Shares<'_> {
        let is_in = |episodes: &[Episode]| episodes.iter().any(|e| e.0 <= on && e.1 > on);
        let children = self.0.values().filter(|(_, episodes)| is_in(episodes));
        Shares {
            children: children
                .map(|(born, episodes)| (born.unwrap(), episodes.as_slice()))
                .collect(),
            on,
        }
    }
}

fn share<T>(all: &[T], question: impl Fn(&T) -> bool) -> f64 {
    100.0 * all.iter().filter(|one| question(one)).count() as f64 / all.len() as f64
}

impl Shares<'_> {
    fn since(&self, born: Date) -> i32 {
        years_between(born, self.on)
    }

    fn aged(&self, from: i32, to: i32) -> f64 {
        share(&self.children, |child| {
            (from..=to).contains(&self.since(child.0))
        })
    }

    fn years_before(&self, years: i16) -> Date {
        date(self.on.year() - years, 4, 1)
    }

    fn n_placements(&self, episodes: &[Episode], years: i16) -> usize {
        let first_day = self.years_before(years);
        let was_there = episodes.iter().any(|e| e.0 <= first_day && e.1 > first_day);
        let moves = episodes
            .iter()
            .filter(|e| e.0 > first_day && e.0 <= self.on);
        moves
            .filter(|e| ["S", "P", "B"].contains(&e.2.as_str()))
            .count()
            + usize::from(was_there)
    }

    fn three_or_more(&self) -> f64 {
        share(&self.children, |child| self.n_placements(child.1, 1) >= 3)
    }

    fn before_the_year(&self) -> Vec<&[Episode]> {
        let first_day = self.years_before(1);
        let all = self.children.iter().map(|child| child.1);
        all.filter(|e| e[0].0 < first_day).collect()
    }

    fn three_or_more_in_two_years(&self) -> f64 {
        share(&self.before_the_year(), |e| self.n_placements(e, 2) >= 3)
    }

    fn long_in_care(&self) -> Vec<&[Episode]> {
        let by = date(self.on.year() - 3, 9, 30);
        let long = self.children.iter().filter(|child| child.1[0].0 <= by);
        long.filter(|child| self.since(child.0) < 16)
            .map(|child| child.1)
            .collect()
    }

    fn same_carer(&self) -> f64 {
        let by = date(self.on.year() - 2, 3, 31);
        share(&self.long_in_care(), |episodes| {
            let new = |e: &&Episode| e.0 <= self.on && ["S", "P", "B"].contains(&e.2.as_str());
            episodes.iter().rfind(new).is_none_or(|last| last.0 <= by)
        })
    }
}

/// How far, in points, a made-up share may lie from a published one.
fn check(what: &str, found: f64, published: f64, by: f64) {
    assert!((found - published).abs() < by, "{what}: {found}");
}

fn check_in_care(shares: &Shares<'_>) {
    let n = shares.children.len() as f64;
    check(
        "three or more placements",
        shares.three_or_more(),
        10.4,
        1.5,
    );
    check(
        "in two years",
        shares.three_or_more_in_two_years(),
        22.6,
        2.0,
    );
    check("same carer", shares.same_carer(), 68.5, 2.0);
    let before = shares.before_the_year().len() as f64;
    check("in care before the year", 100.0 * before / n, 72.7, 2.0);
    let long = shares.long_in_care().len() as f64;
    check("long in care", 100.0 * long / n, 35.1, 2.0);
    let first_day = shares.years_before(1);
    check(
        "five to sixteen, all year",
        share(&shares.children, |child| {
            child.1[0].0 <= first_day && (5..=16).contains(&shares.since(child.0))
        }),
        52.9,
        2.0,
    );
}

/// Boys, and who was missing or away, of everyone with an episode in the year.
fn check_missing(folder: &Path) {
    let ids = |file: &str| -> BTreeSet<String> {
        let rows = rows(&folder.join(file));
        rows.into_iter().map(|row| row[0].clone()).collect()
    };
    let looked_after = ids("episodes.csv");
    let missing = 100.0 * ids("missing.csv").len() as f64 / looked_after.len() as f64;
    check("missing", missing, 11.0, 1.5);
    let header = rows(&folder.join("header.csv"));
    check("boys", share(&header, |row| row[1] == "M"), 57.0, 1.5);
}

#[test]
fn returns_of_england_are_as_published_in_any_year() {
    let plan = ReturnsPlan {
        n_children: 20_000,
        n_years: 6,
        last_year: 2025,
        seed: 1,
        world: ReturnsWorld::England,
    };
    let folder = tempfile::tempdir().unwrap();
    write_returns(&plan, folder.path()).unwrap();
    let years = (2020..=2025).map(|year| folder.path().join(format!("{year}")));
    let returns = Returns::read(years);
    for year in [2023, 2025] {
        check_in_care(&returns.in_care(date(year, 3, 31)));
    }
    check_missing(&folder.path().join("2025"));
}

#[test]
fn children_of_all_ages_are_in_care_however_many_years() {
    let plan = ReturnsPlan {
        n_children: 4000,
        n_years: 40,
        last_year: 2025,
        seed: 2,
        world: ReturnsWorld::England,
    };
    let folder = tempfile::tempdir().unwrap();
    write_returns(&plan, folder.path()).unwrap();
    for year in [1990, 2025] {
        let returns = Returns::read([folder.path().join(format!("{year}"))].into_iter());
        let shares = returns.in_care(date(year, 3, 31));
        check("under five", shares.aged(0, 4), 19.0, 8.0);
        check("ten to fifteen", shares.aged(10, 15), 40.0, 10.0);
        check("sixteen and seventeen", shares.aged(16, 17), 19.0, 8.0);
        check("adults", shares.aged(18, 99), 0.0, 0.01);
    }
}

#[test]
fn others_of_a_study_are_as_published() {
    let plan = StudyPlan {
        n_children: 10,
        ..demo_plan()
    };
    let others = StudyReturnsPlan {
        n_years: 5,
        n_others: 20_000,
        world: ReturnsWorld::England,
    };
    let folder = tempfile::tempdir().unwrap();
    write_study(&plan, Some(others), folder.path()).unwrap();
    let path = |year: i16| {
        folder
            .path()
            .join(format!("returns/{}-{:02}", year - 1, year % 100))
    };
    let returns = Returns::read((2021..=2025).map(path));
    check_in_care(&returns.in_care(date(2025, 3, 31)));
    check_missing(&path(2025));
    check_sdq(&path(2025), date(2025, 3, 31));
}

/// Scores of those from five to sixteen: how many there are, their bands, and means by sex and age.
fn check_sdq(folder: &Path, on: Date) {
    let is_girl: BTreeMap<String, bool> = rows(&folder.join("header.csv"))
        .into_iter()
        .map(|row| (row[0].clone(), row[1] == "F"))
        .collect();
    let asked: Vec<Vec<String>> = rows(&folder.join("oc2.csv"))
        .into_iter()
        .filter(|row| (5..=16).contains(&years_between(day(&row[1]), on)))
        .collect();
    assert!(
        asked
            .iter()
            .all(|row| row[2].is_empty() != row[3].is_empty())
    );
    check(
        "received",
        share(&asked, |row| !row[2].is_empty()),
        78.0,
        1.5,
    );
    let scores: Vec<(f64, bool, i32)> = asked
        .iter()
        .filter(|row| !row[2].is_empty())
        .map(|row| {
            let score = row[2].parse().unwrap();
            (score, is_girl[&row[0]], years_between(day(&row[1]), on))
        })
        .collect();
    check("normal", share(&scores, |s| s.0 < 14.0), 45.0, 2.0);
    check(
        "borderline",
        share(&scores, |s| (14.0..17.0).contains(&s.0)),
        13.0,
        2.0,
    );
    check("concern", share(&scores, |s| s.0 >= 17.0), 42.0, 2.0);
    let mean = |what: &str, published: f64, by: f64, of: &dyn Fn(bool, i32) -> bool| {
        let some: Vec<f64> = scores
            .iter()
            .filter(|s| of(s.1, s.2))
            .map(|s| s.0)
            .collect();
        let mean = some.iter().sum::<f64>() / some.len() as f64;
        check(what, mean, published, by);
    };
    mean("mean", 14.9, 0.3, &|_, _| true);
    mean("girls", 14.4, 0.4, &|girl, _| girl);
    mean("boys", 15.3, 0.4, &|girl, _| !girl);
    mean("girls of five and six", 13.1, 1.2, &|girl, age| {
        girl && age < 7
    });
    mean("boys of eight", 16.6, 1.2, &|girl, age| !girl && age == 8);
    mean("girls of fifteen", 15.3, 1.2, &|girl, age| {
        girl && age == 15
    });
    mean("boys of sixteen", 13.5, 1.2, &|girl, age| {
        !girl && age == 16
    });
}

fn years_between(born: Date, on: Date) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    i32::from(on.year() - born.year()) - i32::from(!had_birthday)
}

#[test]
fn as_many_scores_of_a_studys_own_children_are_received_in_every_year() {
    let study = generate_study(&StudyPlan {
        n_children: 6000,
        ..demo_plan()
    });
    let oc2 = study.table("oc2").unwrap();
    let column = |name: &str| oc2.header.iter().position(|h| h == name).unwrap();
    let (year, score, reason) = (column("year"), column("sdq_score"), column("sdq_reason"));
    let too_old = RawCell::Text("SDQ1".to_owned());
    // Of those of the ages that are asked about.
    let is_asked = |row: &&Vec<RawCell>| {
        let says = row[score] != RawCell::Blank || row[reason] != RawCell::Blank;
        says && row[reason] != too_old
    };
    for wanted in [2022.0, 2023.0, 2024.0, 2025.0] {
        let of_year = |row: &&Vec<RawCell>| row[year] == RawCell::Number(wanted);
        let rows: Vec<_> = oc2.rows.iter().filter(of_year).filter(is_asked).collect();
        let received = share(&rows, |row| row[score] != RawCell::Blank);
        check(&format!("received in {wanted}"), received, 78.0, 3.0);
    }
}
