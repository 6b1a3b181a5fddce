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

/// The files of a new study: `study.toml` with every option, a blank workbook, a README, examples
/// of `voices.toml` and `costs.toml`, and a page in `words/` for each section.
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
        file("costs.toml", COSTS),
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
4. If you want to know what the work returns, say in `costs.toml` what it costs and what outcomes are worth.
5. Write your own words into the pages of `words`, one for each section of the report.

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

const COSTS: &str = "\
# What the work costs and what its outcomes are worth. Nothing is appraised while every line is a remark:
# lines that begin with # are remarks; take the # away and put your own numbers in.
# A number may carry its uncertainty: { value = 0.8, low = 0.7, high = 0.9 }, the interval of the level
# that confidence names. Unit costs are listed in the documentation; add your own in unit-costs.csv.

# [appraisal]
# title = \"Lifelong Links in our authority\"
# years = 5                        # year 0 is the year of the work
# price_year = 2024                # results stand in prices of this year
# discount = \"green-book\"
# children = { estimate = \"reach.children\" }
# engagement = 0.8                 # the share of children who take part
# retention = 0.9                  # the share of these who stay
# confidence = 0.95
# draws = 10000
# seed = 1
# thresholds = [1.0, 1.5, 2.0]     # what a pound must return, for the probability that it does

# [[cost]]
# id = \"coordinators\"
# label = \"Coordinators\"
# kind = \"ongoing\"                 # set_up, ongoing or pilot
# staff = { posts = [2.0, 0.5], salary = 38000, on_costs = 0.28, overheads = 0.15 }
# level = { value = 1.0, low = 0.9, high = 1.25 }  # by how much the whole may differ from the plan
# price_year = 2024
# bias = 0.05                      # put on top for optimism
# payers = { local_authority = 0.8, charity = 0.2 }
# source = \"our budget\"

# [[cost]]
# id = \"support\"
# label = \"Training and support\"
# kind = \"set_up\"
# packages = { price = 8160, number = [1] }
# price_year = 2024
# bias = 0.0
# payers = { local_authority = 1.0 }
# source = \"the price list\"

# [[outcome]]
# id = \"weeks_in_homes\"
# label = \"Weeks in a children's home avoided\"
# placement = \"childrens_home\"
# comparator = { value = 0.03, low = -0.02, high = 0.08 }  # per child, against a comparison group
# effect_source = \"an assumption of the steering group\"  # a study with its year, or whose assumption
# unit_cost = \"childrens_home_week_counties\"
# weeks = 20                       # for each of these children and year
# lag = 0                          # years between the work and the outcome
# duration = 2                     # years that it lasts
# drop_off = 0.4                   # the share lost each further year
# bias = 0.25                      # taken off for optimism
# cashability = 0.6                # the share that a budget holder can take out as cash

# [[outcome]]
# id = \"searches\"
# label = \"Police searches for a missing child avoided\"
# at_risk = 1.2                    # how often it happens to a child without the work
# impact = 0.2                     # the share of that which is avoided, without a comparison group
# deadweight = 0.25                # the share of the change that would have come anyway
# effect_source = \"an assumption of the steering group\"
# unit_cost = \"missing_medium\"
# lag = 0
# duration = 2
# drop_off = 0.5
# bias = 0.4
# cashability = 0.1

# [[not_counted]]
# what = \"Knowing one's family and having people to turn to\"
# why = \"no value is agreed for it\"

# [[correlation]]                  # two uncertain inputs that go together
# between = [\"outcome.weeks_in_homes.difference\", \"cost.coordinators\"]
# value = 0.3

# [research]                       # what a larger study would cost, if you ask whether it is worth it
# fixed = 40000
# each_child = 350
# price_year = 2024
# years = 5                        # decisions like this one that it would serve, one a year
# source = \"a quote\"
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

    #[test]
    fn the_example_of_costs_is_an_appraisal_once_its_marks_are_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("costs.toml");
        let (_, example) = COSTS.split_once("\n\n").unwrap();
        let example: String = example.replace("# [", "[").replace("\n# ", "\n");
        fs::write(
            &path,
            example.replace("{ estimate = \"reach.children\" }", "40"),
        )
        .unwrap();
        let appraised = crate::value(&path, &Default::default()).unwrap();
        let errors = appraised.findings.iter();
        assert_eq!(errors.filter(|f| f.severity == Severity::Error).count(), 0);
        assert!(!appraised.estimates.is_empty());
    }
}
