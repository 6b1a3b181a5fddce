//! A new study folder.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use kinfolk_ingest::study_template;
use kinfolk_model::schema::TABLES;
use kinfolk_model::{Code, Country, Period, SectionName};

use crate::Error;
use crate::outputs::{Output, Role, write_outputs};
use crate::study::folder_name;

/// What a new study is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStudy {
    /// The authority.
    pub authority: String,
    /// Its nation.
    pub country: Country,
    /// What the report covers.
    pub period: Period,
}

impl NewStudy {
    /// A study of the last financial year that was over on a day; the authority is guessed from
    /// the name of the folder.
    ///
    /// ```
    /// use kinfolk::init::NewStudy;
    /// let study = NewStudy::guess("west-moor".as_ref(), "2025-06-01".parse()?);
    /// assert_eq!(study.authority, "West moor");
    /// assert_eq!(study.period.label(), "2024–25");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn guess(folder: &Path, today: Date) -> Self {
        Self {
            authority: title_case(&folder_name(folder).replace(['-', '_'], " ")),
            country: Country::England,
            period: last_financial_year(today),
        }
    }
}

fn title_case(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Our authority".to_owned(),
    }
}

fn last_financial_year(today: Date) -> Period {
    let year = match today {
        day if (day.month(), day.day()) >= (4, 1) => day.year(),
        day => day.year() - 1,
    };
    Period {
        start: date(year - 1, 4, 1),
        end: date(year, 3, 31),
    }
}

/// The files of a new study: `study.toml` with every option, a blank workbook, a README, an example
/// of `voices.toml`, and a page in `words/` for each section.
///
/// # Errors
///
/// [`Error::Report`] when the workbook cannot be made.
pub fn new_study(study: &NewStudy) -> Result<Vec<Output>, Error> {
    let title = format!(
        "Lifelong Links in {}, {}",
        study.authority,
        study.period.label()
    );
    let settings = study_template(&title, &study.authority, study.country, study.period);
    let mut outputs = vec![
        file("study.toml", settings),
        file("records.xlsx", kinfolk_report::write_template(TABLES)?),
        file("voices.toml", VOICES),
        file("README.md", README),
    ];
    outputs.extend(
        SectionName::ALL
            .iter()
            .map(|section| file(format!("words/{}.md", section.code()), page(*section))),
    );
    Ok(outputs)
}

fn file(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Output {
    Output::new(path, bytes, Role::Data)
}

fn page(section: SectionName) -> String {
    format!(
        "<!-- Your own words for the section \u{201c}{}\u{201d}. Write below this remark, in\n\
         paragraphs and lists; a page without words is not printed. No run ever changes this file. -->\n",
        section.label()
    )
}

/// Starts a study in a folder, which must be empty or missing.
///
/// # Errors
///
/// [`Error::NotEmpty`] when the folder holds something, [`Error::Write`] when it cannot be written.
pub fn init(folder: &Path, study: &NewStudy) -> Result<(), Error> {
    check_is_new(folder)?;
    write_outputs(&new_study(study)?, folder)
}

/// Whether a folder is missing or empty.
///
/// # Errors
///
/// [`Error::NotEmpty`] when it holds something, [`Error::Read`] when it cannot be listed.
pub fn check_is_new(folder: &Path) -> Result<(), Error> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Error::NotEmpty(folder.to_owned())),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Error::Read {
            path: folder.to_owned(),
            source,
        }),
    }
}

const README: &str = "\
# A study folder

1. Open `study.toml` and say what the study is about. Every option that can change a figure is there.
2. Fill the sheets of `records.xlsx`, or put your own CSV files and workbooks into this folder instead
   and remove it. Tables are recognised by their headers, whatever the files are called.
3. Put quotations and case studies into `voices.toml`. Only those with recorded consent are printed.
4. Write your own words into the pages of `words`, one for each section of the report.

Then:

    kinfolk check .                        finds what is wrong, by sheet and cell
    kinfolk report . --out ../report       makes the report
    kinfolk explain children               says what the columns of a table mean

This folder holds records about children. Keep it where such records may be kept, and do not send it on:
send the report. In the folder of the report, `internal` is for you alone.
";

const VOICES: &str = "\
# Quotations and case studies. What has no recorded consent is not printed.
# Lines that begin with # are remarks: take the # away to use the examples.

# [[quote]]
# text = \"I thought nobody remembered me.\"
# speaker = \"Young person, 13\"        # role and age, never a name
# section = \"people\"                  # where it stands: a name of a page in words
# consent = true

# [[story]]
# title = \"Finding the family in Leeds\"
# at_the_start = \"What life was like before.\"
# what_we_did = \"What the coordinator did.\"
# what_changed = \"What is different now.\"
# in_one_line = \"The story in one line.\"
# consent = true
# names_changed = true
";

#[cfg(test)]
mod tests {
    use kinfolk_ingest::ReadOptions;
    use kinfolk_model::Severity;

    use super::*;

    #[test]
    fn the_last_financial_year_is_over() {
        let check = |today: Date, start: Date| {
            assert_eq!(last_financial_year(today).start, start, "{today}");
        };
        check(date(2025, 4, 1), date(2024, 4, 1));
        check(date(2025, 3, 31), date(2023, 4, 1));
        check(date(2025, 12, 31), date(2024, 4, 1));
    }

    #[test]
    fn a_new_study_reads_back_and_has_nothing_to_say_yet() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("hartwell");
        let today = date(2025, 6, 1);
        init(&folder, &NewStudy::guess(&folder, today)).unwrap();
        let opened = crate::open(&folder, &ReadOptions { today }).unwrap();
        assert_eq!(opened.study.settings.authorities, ["Hartwell"]);
        assert!(opened.study.voices.quotes.is_empty());
        assert_eq!(opened.count(Severity::Error), 0, "{:?}", opened.findings);
        assert!(matches!(
            init(&folder, &NewStudy::guess(&folder, today)),
            Err(Error::NotEmpty(_))
        ));
    }
}
