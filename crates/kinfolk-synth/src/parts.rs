//! A study of any size, written part by part.
//!
//! Parts of a few thousand children are made up on all threads and written in their order, so that a
//! nation needs no more memory than the parts in hand, and the bytes do not depend on the threads.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kinfolk_model::{Monitoring, RawTable};
use rayon::prelude::*;

use crate::care::{StudyHistories, StudyReturnsPlan};
use crate::csv::{header_line, row_lines};
use crate::folder::{SynthError, cannot_write, write_settings_and_words};
use crate::monitoring::{add_counts, blank_returns, count_in};
use crate::plan::StudyPlan;
use crate::study::{Records, about_authority};
use crate::table::without_blank_columns;

/// Children in a part.
const PART: usize = 4096;
/// Parts that are in memory at a time.
const PARTS_AT_ONCE: usize = 16;

/// Writes a study into a folder, with the returns of its authority where they are asked for. The files
/// are those of [`generate_study`](crate::generate_study), but that a study of more than some thousand
/// children keeps the columns that no row fills.
///
/// # Errors
///
/// [`SynthError::Write`] names the first file or folder that could not be written.
pub fn write_study(
    plan: &StudyPlan,
    returns: Option<StudyReturnsPlan>,
    folder: &Path,
) -> Result<(), SynthError> {
    let histories = returns.map(|returns| StudyHistories::new(plan, returns));
    let n_children = histories.map_or(plan.n_children, |all| all.n_children());
    let mut files = TableFiles::new(folder);
    let mut monitoring = blank_returns(plan);
    for places in parts(n_children).chunks(PARTS_AT_ONCE) {
        let made: Vec<Part> = places
            .par_iter()
            .map(|places| Part::make_up(plan, histories.as_ref(), places.clone()))
            .collect();
        for part in made {
            part.tables
                .iter()
                .try_for_each(|table| files.append(table))?;
            add_counts(&mut monitoring, &part.monitoring);
        }
    }
    let whole = about_authority(plan, monitoring);
    whole
        .tables
        .iter()
        .try_for_each(|table| files.append(&TableText::of(table)))?;
    write_settings_and_words(&whole, folder)
}

/// The places of the children of each part.
fn parts(n_children: usize) -> Vec<Range<usize>> {
    (0..n_children)
        .step_by(PART)
        .map(|first| first..n_children.min(first + PART))
        .collect()
}

/// What is written of some children.
struct Part {
    tables: Vec<TableText>,
    monitoring: Vec<Monitoring>,
}

impl Part {
    fn make_up(
        plan: &StudyPlan,
        histories: Option<&StudyHistories<'_>>,
        places: Range<usize>,
    ) -> Self {
        let of_study = places.start.min(plan.n_children)..places.end.min(plan.n_children);
        let records = Records::of(plan, of_study);
        let mut monitoring = blank_returns(plan);
        count_in(&mut monitoring, &records.children);
        let mut tables = records.tables(plan.country);
        if plan.n_children <= PART {
            tables = tables.into_iter().map(without_blank_columns).collect();
        }
        let of_returns = histories.map_or_else(Vec::new, |all| all.tables(places));
        let is_filled = |table: &RawTable| !table.rows.is_empty();
        tables.extend(of_returns.into_iter().filter(is_filled));
        Self {
            tables: tables.iter().map(TableText::of).collect(),
            monitoring,
        }
    }
}

/// Some rows of a table as text.
struct TableText {
    name: String,
    header: String,
    rows: String,
}

impl TableText {
    fn of(table: &RawTable) -> Self {
        Self {
            name: table.name.clone(),
            header: header_line(table),
            rows: row_lines(table),
        }
    }
}

/// The files of tables, each begun when the first rows come.
struct TableFiles<'a> {
    folder: &'a Path,
    open: BTreeMap<String, (PathBuf, File)>,
}

impl<'a> TableFiles<'a> {
    fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            open: BTreeMap::new(),
        }
    }

    fn append(&mut self, table: &TableText) -> Result<(), SynthError> {
        let (path, file) = match self.open.entry(table.name.clone()) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(absent) => absent.insert(begin(self.folder, table)?),
        };
        append(path, file, &table.rows)
    }
}

fn begin(folder: &Path, table: &TableText) -> Result<(PathBuf, File), SynthError> {
    let path = folder.join(format!("{}.csv", table.name));
    let within = path.parent().unwrap_or(folder);
    fs::create_dir_all(within).map_err(|source| cannot_write(within, source))?;
    let mut file = File::create(&path).map_err(|source| cannot_write(&path, source))?;
    append(&path, &mut file, &table.header)?;
    Ok((path, file))
}

fn append(path: &Path, file: &mut File, text: &str) -> Result<(), SynthError> {
    file.write_all(text.as_bytes())
        .map_err(|source| cannot_write(path, source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReturnsWorld, demo_plan, generate_study, study_returns, write_folder};

    fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files(&path));
            } else {
                found.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
        found
    }

    fn below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let named = |(path, bytes): (PathBuf, Vec<u8>)| {
            (path.strip_prefix(folder).unwrap().to_owned(), bytes)
        };
        files(folder).into_iter().map(named).collect()
    }

    fn written(n_children: usize, n_others: usize, n_threads: usize) -> BTreeMap<PathBuf, Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let plan = StudyPlan {
            n_children,
            ..demo_plan()
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let write = || write_study(&plan, Some(returns(n_others)), folder.path());
        pool.build().unwrap().install(write).unwrap();
        below(folder.path())
    }

    fn returns(n_others: usize) -> StudyReturnsPlan {
        StudyReturnsPlan {
            n_years: 3,
            n_others,
            world: ReturnsWorld::England,
        }
    }

    #[test]
    fn a_small_study_is_the_one_that_is_made_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let mut study = generate_study(&demo_plan());
        study
            .tables
            .extend(study_returns(&demo_plan(), returns(50)));
        write_folder(&study, folder.path()).unwrap();
        assert_eq!(written(demo_plan().n_children, 50, 2), below(folder.path()));
    }

    #[test]
    fn threads_change_no_byte_and_parts_lose_no_child() {
        let (n_children, n_others) = (PART + 7, 20);
        let one = written(n_children, n_others, 1);
        assert_eq!(one, written(n_children, n_others, 3));
        let lines = |name: &str| {
            let text = String::from_utf8(one[Path::new(name)].clone()).unwrap();
            text.lines().count() - 1
        };
        assert_eq!(lines("children.csv"), n_children);
        assert_eq!(lines("monitoring.csv"), 4);
    }
}
