//! The whole way: a study to every file of its report, in memory.

use kinfolk_charts::Figure;
use kinfolk_disclosure::{Decision, Release};
use kinfolk_model::{DisclosureProfile, Estimate, Finding, Settings};
use kinfolk_report::document::Block;
use kinfolk_report::{Attachment, Document, Inputs, Provenance};
use serde::Serialize;

use crate::frames::{EstimatesFile, UNSUPPRESSED, json_bytes};
use crate::manifest::{DisclosureRecord, MANIFEST, Made, Run, Tool, sha256};
use crate::outputs::{Output, Role};
use crate::study::{Opened, analyse, compared, release_opened};
use crate::watch::{Step, Watch};
use crate::{Error, Format, frames};

/// What `findings.json` calls its layout.
pub const FINDINGS_SCHEMA: &str = "kinfolk.findings/1";
/// How many times larger than on the page a chart is as a picture.
const PICTURE_SCALE: f32 = 2.0;
/// How many digits of the hash name a run on the page.
const RUN_DIGITS: usize = 12;
/// What a manifest says where nothing is hidden.
const NO_AUDIT: &str = "none";
/// What a manifest says otherwise: a run whose audit fails makes none.
const PASSED_AUDIT: &str = "passed";

/// What a caller chooses about a report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportOptions {
    /// The kinds of file to make, in any order.
    pub formats: Vec<Format>,
    /// What the manifest will say was run.
    pub run: Run,
    /// Released figures of all authorities; they take precedence over a file that the study names.
    pub benchmark: Option<EstimatesFile>,
}

impl ReportOptions {
    /// Every kind of file, for a study that the manifest will find at this path.
    pub fn all_formats(study: impl Into<String>) -> Self {
        Self {
            formats: Format::ALL.to_vec(),
            run: Run::Report {
                study: study.into(),
                benchmark: None,
            },
            benchmark: None,
        }
    }

    fn makes(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }
}

/// Makes every file of a study's report, in memory; [`crate::outputs::write_outputs`] puts them on
/// the disk.
///
/// # Errors
///
/// [`Error::Disclosure`] when the rules for small numbers refuse; the others when a document cannot
/// be rendered, which no data should cause.
///
/// ```no_run
/// use kinfolk::prelude::*;
/// let options = ReadOptions { today: "2025-06-01".parse()? };
/// let opened = kinfolk::open("data/demo".as_ref(), &options)?;
/// let outputs = kinfolk::report(&opened, &ReportOptions::all_formats("data/demo"))?;
/// kinfolk::outputs::write_outputs(&outputs, "demo-report".as_ref())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn report(opened: &Opened, options: &ReportOptions) -> Result<Vec<Output>, Error> {
    report_watched(opened, options, &())
}

/// As [`report`], telling a watcher how it goes on.
///
/// # Errors
///
/// As [`report`].
pub fn report_watched(
    opened: &Opened,
    options: &ReportOptions,
    watch: &dyn Watch,
) -> Result<Vec<Output>, Error> {
    watch.step(&opened.name, Step::Analyse);
    let estimates = analyse(opened);
    watch.step(&opened.name, Step::Release);
    let release = release_opened(&estimates, opened)?;
    render(opened, release, options, watch)
}

/// Makes every file from figures that are released already.
pub(crate) fn render(
    opened: &Opened,
    release: Release,
    options: &ReportOptions,
    watch: &dyn Watch,
) -> Result<Vec<Output>, Error> {
    let benchmark = options.benchmark.as_ref().or(opened.benchmark.as_ref());
    let release = compared(release, benchmark);
    watch.step(&opened.name, Step::Compose);
    let document = kinfolk_report::compose(&Inputs {
        release: &release,
        voices: &opened.study.voices,
        words: &opened.study.words,
        provenance: provenance(opened)?,
    });
    let rendering = Rendering {
        opened,
        release: &release,
        document: &document,
        options,
        watch,
    };
    let mut outputs = rendering.outputs()?;
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    let made = Made {
        run: options.run.clone(),
        formats: options.formats.clone(),
        disclosure: disclosure_record(&release),
        outputs: &outputs,
    };
    let manifest = made.manifest(opened)?;
    outputs.push(Output::new(
        MANIFEST,
        json_bytes(&manifest)?,
        Role::Manifest,
    ));
    Ok(outputs)
}

/// One report being made into files.
struct Rendering<'a> {
    opened: &'a Opened,
    release: &'a Release,
    document: &'a Document,
    options: &'a ReportOptions,
    watch: &'a dyn Watch,
}

impl Rendering<'_> {
    fn outputs(&self) -> Result<Vec<Output>, Error> {
        let mut outputs = Vec::new();
        for format in Format::ALL {
            if self.options.makes(format) {
                outputs.extend(self.files(format)?);
            }
        }
        Ok(outputs)
    }

    fn files(&self, format: Format) -> Result<Vec<Output>, Error> {
        match format {
            Format::Html => self.html(),
            Format::Pdf => self.pdf(),
            Format::Xlsx => self.workbook(),
            Format::Figures => self.figures(),
            Format::Data => self.data(),
            Format::Findings => findings_outputs(&self.opened.findings),
        }
    }

    fn tell(&self, step: Step) {
        self.watch.step(&self.opened.name, step);
    }

    fn html(&self) -> Result<Vec<Output>, Error> {
        self.tell(Step::Html);
        let page = kinfolk_report::render_html(self.document);
        Ok(vec![Output::new("report.html", page, Role::Report)])
    }

    fn pdf(&self) -> Result<Vec<Output>, Error> {
        self.tell(Step::Pdf);
        let bytes = kinfolk_report::render_pdf(self.document, &self.attachments()?)?;
        Ok(vec![Output::new("report.pdf", bytes, Role::Report)])
    }

    /// The figures travel inside the PDF, unless the PDF must not leave the building.
    fn attachments(&self) -> Result<Vec<Attachment>, Error> {
        if self.release.profile() == DisclosureProfile::Internal {
            return Ok(Vec::new());
        }
        Ok(vec![Attachment {
            name: "estimates.csv".to_owned(),
            media_type: "text/csv".to_owned(),
            description: "Every figure of this report in long form".to_owned(),
            bytes: frames::to_csv(&self.release.to_estimates())?,
        }])
    }

    fn workbook(&self) -> Result<Vec<Output>, Error> {
        self.tell(Step::Workbook);
        let bytes = kinfolk_report::render_workbook(self.document)?;
        Ok(vec![Output::new("tables.xlsx", bytes, Role::Report)])
    }

    fn figures(&self) -> Result<Vec<Output>, Error> {
        self.tell(Step::Figures);
        let mut outputs = Vec::new();
        for figure in figures(self.document) {
            let path = |ending: &str| format!("figures/{}.{ending}", figure.id);
            let drawing = figure.to_standalone_svg();
            let picture = figure.to_png(PICTURE_SCALE)?;
            outputs.push(Output::new(path("svg"), drawing, Role::Figure));
            outputs.push(Output::new(path("png"), picture, Role::Figure));
        }
        Ok(outputs)
    }

    fn data(&self) -> Result<Vec<Output>, Error> {
        self.tell(Step::Data);
        let role = match self.release.profile() {
            DisclosureProfile::Internal => Role::Internal,
            _ => Role::Data,
        };
        let records = self.release.to_estimates();
        estimates_outputs(
            &records,
            self.release.settings(),
            &disclosed(self.release),
            role,
        )
    }
}

/// What files of estimates say about disclosure.
fn disclosed(release: &Release) -> String {
    match release.profile() {
        DisclosureProfile::Internal => UNSUPPRESSED.to_owned(),
        profile => profile.to_string(),
    }
}

/// The charts of a report, each once, in order.
fn figures(document: &Document) -> impl Iterator<Item = &Figure> {
    document.blocks().filter_map(|block| match block {
        Block::Figure(block) => Some(&block.figure),
        _ => None,
    })
}

/// `estimates.json`, `.csv` and `.parquet`.
fn estimates_outputs(
    records: &[Estimate],
    settings: &Settings,
    disclosure: &str,
    role: Role,
) -> Result<Vec<Output>, Error> {
    let json = frames::estimates_to_json(records, settings, disclosure)?;
    Ok(vec![
        Output::new("estimates.json", json, role),
        Output::new("estimates.csv", frames::to_csv(records)?, role),
        Output::new("estimates.parquet", frames::to_parquet(records)?, role),
    ])
}

/// Every estimate with nothing hidden, as files that say so of themselves.
///
/// # Errors
///
/// [`Error::Json`], [`Error::Csv`] or [`Error::Frame`] when a file cannot be made.
pub fn analysis(opened: &Opened, study: impl Into<String>) -> Result<Vec<Output>, Error> {
    let records = analyse(opened).records;
    let settings = &opened.study.settings;
    let mut outputs = estimates_outputs(&records, settings, UNSUPPRESSED, Role::Internal)?;
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    let made = Made {
        run: Run::Analyse {
            study: study.into(),
        },
        formats: vec![Format::Data],
        disclosure: DisclosureRecord {
            profile: UNSUPPRESSED.to_owned(),
            audit: NO_AUDIT.to_owned(),
            decisions: Vec::new(),
        },
        outputs: &outputs,
    };
    let manifest = made.manifest(opened)?;
    outputs.push(Output::new(
        MANIFEST,
        json_bytes(&manifest)?,
        Role::Manifest,
    ));
    Ok(outputs)
}

#[derive(Serialize)]
struct FindingsFile<'a> {
    schema: &'static str,
    disclosure: &'static str,
    findings: &'a [Finding],
}

/// Findings as one JSON document, for programs.
///
/// # Errors
///
/// [`Error::Json`] when a finding cannot be written.
pub fn findings_to_json(findings: &[Finding]) -> Result<Vec<u8>, Error> {
    json_bytes(&FindingsFile {
        schema: FINDINGS_SCHEMA,
        disclosure: UNSUPPRESSED,
        findings,
    })
}

/// Findings as a work-list, for a spreadsheet.
///
/// # Errors
///
/// [`Error::Report`] when the workbook cannot be made.
pub fn findings_to_xlsx(findings: &[Finding]) -> Result<Vec<u8>, Error> {
    Ok(kinfolk_report::write_findings(findings)?)
}

fn findings_outputs(findings: &[Finding]) -> Result<Vec<Output>, Error> {
    let (json, xlsx) = (findings_to_json(findings)?, findings_to_xlsx(findings)?);
    Ok(vec![
        Output::new("internal/findings.json", json, Role::Internal),
        Output::new("internal/findings.xlsx", xlsx, Role::Internal),
    ])
}

/// The name of a run on the page: the version, and a hash over inputs, options and what was found
/// in the inputs. The day of the run is not in it, so that a report that comes out the same on
/// another day is the same file.
fn provenance(opened: &Opened) -> Result<Provenance, Error> {
    let tool = Tool::current();
    let made_from = (
        &opened.inputs,
        &opened.study.settings,
        &opened.findings,
        &tool,
    );
    let hash = sha256(&json_bytes(&made_from)?);
    Ok(Provenance {
        version: tool.version.clone(),
        run: hash.chars().take(RUN_DIGITS).collect(),
    })
}

/// What a report did about small numbers. Of the audit it tells no number that would help to undo
/// it.
fn disclosure_record(release: &Release) -> DisclosureRecord {
    let decisions = release.decisions().iter();
    DisclosureRecord {
        profile: release.profile().to_string(),
        audit: match release.profile() {
            DisclosureProfile::Internal => NO_AUDIT.to_owned(),
            _ => PASSED_AUDIT.to_owned(),
        },
        decisions: decisions.map(Decision::sentence).collect(),
    }
}
