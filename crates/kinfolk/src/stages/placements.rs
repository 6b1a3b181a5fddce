//! Placements of each child of a return, and how stable they are.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::plain::published::{of_releases, read_neighbours, read_published};
use kinfolk_ingest::returns::{ReturnFile, ReturnsReading, read_returns_watched};
use kinfolk_model::care::{CareRecords, CareSource, Covered, return_year};
use kinfolk_model::{
    Country, Estimate, Estimates, Finding, Group, PublishedShare, Statistic, Unit,
};
use kinfolk_outcomes::care::{CareChildFacts, CareFacts, CareOptions, SameHome, derive_care};
use kinfolk_outcomes::{PublishedOptions, estimate_care, estimate_published, refused_measure};

use super::summary::Summary;
use super::table::{TableColumn, TableToWrite};
use crate::Error;
use crate::watch::{Step, Watch};

/// What returns without a study are called while they are read.
const RETURNS: &str = "returns";

/// The placements of every child, with everything that is wrong or doubtful in the returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Placements {
    /// The children and their measures.
    pub facts: CareFacts,
    /// All findings.
    pub findings: Vec<Finding>,
    /// Every table that was read.
    pub files: Vec<ReturnFile>,
    published: Vec<Estimate>,
    estimates: Estimates,
    input: String,
}

/// Reads returns, makes one history of each child, and measures the stability of placements on a
/// day. `confidence` is the level of intervals.
///
/// # Errors
///
/// [`Error::Ingest`] when a folder or file does not exist or cannot be listed, [`Error::NoReturns`] when nothing
/// there is a table of a return, [`Error::DayNotCovered`] when no return holds the day.
pub fn placements_of(
    paths: &[PathBuf],
    read: &ReadOptions,
    options: CareOptions,
    confidence: f64,
) -> Result<Placements, Error> {
    placements_watched(paths, read, options, confidence, &())
}

/// As [`placements_of`], telling that files are read, and how far that is.
///
/// # Errors
///
/// Those of [`placements_of`].
pub fn placements_watched(
    paths: &[PathBuf],
    read: &ReadOptions,
    options: CareOptions,
    confidence: f64,
    watch: &dyn Watch,
) -> Result<Placements, Error> {
    watch.step(RETURNS, Step::Read);
    let on_read = |n_bytes, of| watch.read(RETURNS, n_bytes, of);
    let ReturnsReading {
        records,
        findings,
        files,
    } = read_returns_watched(paths, read, &on_read)?;
    if !files.iter().any(|file| file.table.counts_children()) {
        let paths = paths.iter().map(|path| path.display().to_string());
        return Err(Error::NoReturns(paths.collect()));
    }
    check_day(&records, options.stability.on)?;
    watch.step(RETURNS, Step::Analyse);
    let inputs: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let facts = derive_care(&records, options);
    Ok(Placements {
        estimates: estimate_care(&facts, confidence),
        facts,
        findings,
        files,
        published: in_england(options),
        input: inputs.join(", "),
    })
}

impl Placements {
    /// Every measure, under the rule chosen and under every other, with the counts behind it.
    pub fn estimates(&self) -> &Estimates {
        &self.estimates
    }

    /// Puts beside the measures what official statistics publish: `statistics` are their tables by
    /// area of placement stability and of care leavers' accommodation, `neighbours` a list of
    /// statistical neighbours. Without any, England's series stands beside. Of what two files tell, the later
    /// release counts.
    ///
    /// # Errors
    ///
    /// [`Error::Plain`] when a file cannot be read or lacks a column, [`Error::NoSuchAuthority`] when they have no row
    /// of the authority.
    pub fn with_published(
        mut self,
        statistics: &[PathBuf],
        neighbours: Option<&Path>,
        options: &PublishedOptions,
    ) -> Result<Self, Error> {
        let releases = statistics.iter().map(|path| read_published(path));
        let shares = of_releases(releases.collect::<Result<_, _>>()?);
        check_authority(&shares, &options.authority)?;
        let neighbours = neighbours.map(read_neighbours).transpose()?;
        self.published = estimate_published(&shares, &neighbours.unwrap_or_default(), options);
        Ok(self)
    }

    /// Why measures are refused, each reason once.
    pub fn refusals(&self) -> BTreeSet<String> {
        let notes = self.estimates.records.iter().map(|record| &record.note);
        let refused = notes.filter(|note| note.starts_with("refused: "));
        refused.cloned().collect()
    }

    /// Every measure, and what became of the rows.
    pub fn summary(&self) -> Summary {
        let mut records = self.estimates.records.clone();
        records.extend(self.published.iter().cloned());
        records.extend(about_files(&self.files));
        Summary::new(&self.input, records)
    }

    /// Writes a row for each child with an episode.
    ///
    /// # Errors
    ///
    /// [`Error::Csv`] when a row cannot be written.
    pub fn write_csv(&self, out: &mut dyn Write) -> Result<(), Error> {
        self.table().write_csv(out)
    }

    fn homes_later(&self) -> TableColumn {
        let rule = self.facts.options.rule;
        let children = self.facts.children.iter();
        let homes = children.map(|child| home_later(child.same_home(rule)));
        TableColumn::Text(homes.collect())
    }

    /// What is refused of all is blank for each.
    fn table(&self) -> TableToWrite {
        let rule = self.facts.options.rule;
        let whole = |value: &dyn Fn(&CareChildFacts) -> Option<i64>| {
            TableColumn::Whole(self.facts.children.iter().map(value).collect())
        };
        let yes_no = |value: &dyn Fn(&CareChildFacts) -> Option<bool>| {
            let words = |child| value(child).map(|yes| if yes { "yes" } else { "no" }.to_owned());
            TableColumn::Text(self.facts.children.iter().map(words).collect())
        };
        let ids = |child: &CareChildFacts| Some(child.child_id.to_string());
        let unless_refused =
            |measure: &str, group: Group, column: TableColumn| match refused_measure(
                &self.facts,
                measure,
                &group,
            ) {
                Some(_) => TableColumn::Text(vec![None; self.facts.children.len()]),
                None => column,
            };
        let many = |window: &str, column| {
            unless_refused(
                "stability.three_or_more",
                Group::of("window", window),
                column,
            )
        };
        let of = |measure: &str, column| unless_refused(measure, Group::all(), column);
        TableToWrite::new()
            .and(
                "child_id",
                TableColumn::Text(self.facts.children.iter().map(ids).collect()),
            )
            .and(
                "in_care_on_day",
                yes_no(&|child| Some(child.under(rule).in_care)),
            )
            .and(
                "left_out_short_breaks",
                yes_no(&|child| Some(child.under(rule).left_out)),
            )
            .and("age", whole(&|child| child.under(rule).age.map(i64::from)))
            .and(
                "placements_in_year",
                many(
                    "year",
                    whole(&|child| Some(i64::from(child.under(rule).placements_in_year))),
                ),
            )
            .and(
                "three_or_more",
                many(
                    "year",
                    yes_no(&|child| Some(child.under(rule).has_three_or_more_in_year())),
                ),
            )
            .and(
                "placements_in_two_years",
                many(
                    "two_years",
                    whole(&|child| child.under(rule).placements_in_two_years.map(i64::from)),
                ),
            )
            .and(
                "three_or_more_in_two_years",
                many(
                    "two_years",
                    yes_no(&|child| child.under(rule).has_three_or_more_in_two_years()),
                ),
            )
            .and(
                "same_carer_two_years",
                of(
                    "stability.same_carer_two_years",
                    yes_no(&|child| child.under(rule).same_carer_two_years),
                ),
            )
            .and(
                "moves_in_year",
                of(
                    "stability.move_rate",
                    whole(&|child| Some(i64::from(child.under(rule).moves_in_year))),
                ),
            )
            .and(
                "days_in_care_in_year",
                whole(&|child| Some(i64::from(child.under(rule).days_in_year))),
            )
            .and("home_later", of("stability.same_home", self.homes_later()))
            .and(
                "missing_in_year",
                of(
                    "stability.missing",
                    whole(&|child| Some(i64::from(child.missing_in_year))),
                ),
            )
            .and(
                "away_in_year",
                of(
                    "stability.missing",
                    whole(&|child| Some(i64::from(child.away_in_year))),
                ),
            )
    }
}

/// Returns that do not hold the day would tell of nothing but stillness.
fn check_day(records: &CareRecords, on: Date) -> Result<(), Error> {
    let told = match records.source {
        CareSource::Return => Covered::latest(&records.years)
            .filter(|_| Covered::around(on, &records.years).is_none())
            .map(|latest| (latest.eve.tomorrow().unwrap_or(latest.eve), latest.until)),
        CareSource::Extract(tables) => {
            let starts = records.episodes.iter().map(|episode| episode.started);
            starts.min().zip(tables.until.filter(|until| *until < on))
        }
    };
    match told {
        Some((first, last)) => Err(Error::DayNotCovered { on, first, last }),
        None => Ok(()),
    }
}

/// Refuses an authority of which the statistics have no row, which is not one whose numbers they withhold.
fn check_authority(shares: &[PublishedShare], wanted: &str) -> Result<(), Error> {
    match shares.iter().any(|share| share.area.is_authority(wanted)) {
        true => Ok(()),
        false => Err(Error::NoSuchAuthority(wanted.to_owned())),
    }
}

/// England's series up to the year of the day; nothing beside another nation's.
fn in_england(options: CareOptions) -> Vec<Estimate> {
    if options.country != Country::England {
        return Vec::new();
    }
    let beside = PublishedOptions {
        authority: String::new(),
        year: return_year(options.stability.on),
        release: String::new(),
    };
    estimate_published(&[], &[], &beside)
}

/// Where a child is some time after the first day; blank for one who was not looked after on it.
fn home_later(home: SameHome) -> Option<String> {
    match home {
        SameHome::NotInCare => None,
        SameHome::Same => Some("same".to_owned()),
        SameHome::Moved => Some("moved".to_owned()),
        SameHome::LeftCare(reason) => Some(format!("left_care {reason}").trim_end().to_owned()),
        SameHome::NotKnown => Some("not_known".to_owned()),
    }
}

/// Rows read and set aside, table by table.
fn about_files(files: &[ReturnFile]) -> Vec<Estimate> {
    let mut tables: Vec<&str> = files.iter().map(|file| file.table.name()).collect();
    tables.sort_unstable();
    tables.dedup();
    let mut records = Vec::new();
    for table in tables {
        let alike = files.iter().filter(|file| file.table.name() == table);
        let (read, aside) = alike.fold((0, 0), |(read, aside), file| {
            (read + file.n_rows, aside + file.n_set_aside)
        });
        let group = || Group::of("table", table);
        records.push(rows("quality.rows_read", group(), read));
        records.push(rows("quality.rows_set_aside", group(), aside));
    }
    records
}

fn rows(measure: &str, group: Group, n: u64) -> Estimate {
    Estimate {
        measure: measure.to_owned(),
        population: "rows of the returns".to_owned(),
        arm: String::new(),
        group,
        statistic: Statistic::Count,
        value: Some(n as f64),
        lower: None,
        upper: None,
        level: None,
        unit: Unit::Rows,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: "count/1".to_owned(),
        options: String::new(),
        note: String::new(),
    }
}
