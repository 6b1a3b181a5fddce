//! The document as a PDF that people read on paper and with a screen reader alike.
//!
//! The typesetter sees the document as data, never as source, so no text can act as markup. What it
//! writes meets PDF/UA-1 together with PDF/A-2a, or PDF/A-3a where files are attached.

mod columns;
mod data;
mod halves;
mod measure;
mod printable;
mod world;

use jiff::civil::Date;
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst::syntax::{DiagSpanKind, FileId};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::error::{PdfFault, ReportError};
use world::ReportWorld;

/// Compilations after which the typesetter forgets what it no longer uses.
const KEEP_COMPILATIONS: usize = 4;

/// A file that travels inside the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders: `estimates.csv`.
    pub name: String,
    /// `text/csv`.
    pub media_type: String,
    /// What it holds, in one line.
    pub description: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The document as PDF: PDF/UA-1 with PDF/A-2a, or with PDF/A-3a where something is attached.
///
/// The same document gives the same bytes, whenever and on however many threads it is rendered.
///
/// # Errors
///
/// What the typesetter objects to, e.g. a picture that is not SVG.
pub fn render_pdf(document: &Document, attachments: &[Attachment]) -> Result<Vec<u8>, ReportError> {
    let world = ReportWorld::new(data::inputs(document, attachments), day(document.date));
    let written = set(&world).and_then(|pages| {
        let options = options(document, attachments).map_err(ReportError::Pdf)?;
        typst_pdf::pdf(&pages, &options).map_err(|faults| located(&world, &faults))
    });
    typst::comemo::evict(KEEP_COMPILATIONS);
    written
}

/// The pages, set.
fn set(world: &ReportWorld) -> Result<PagedDocument, ReportError> {
    let pages: SourceResult<PagedDocument> = typst::compile(world).output;
    pages.map_err(|faults| located(world, &faults))
}

fn options(document: &Document, attachments: &[Attachment]) -> Result<PdfOptions, Vec<PdfFault>> {
    let archive = if attachments.is_empty() {
        PdfStandard::A_2a
    } else {
        PdfStandard::A_3a
    };
    Ok(PdfOptions {
        ident: Smart::Custom(identity(document)),
        creator: Smart::Custom(Some("kinfolk".to_owned())),
        timestamp: day(document.date).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::Ua_1, archive])
            .map_err(|refusal| vec![unplaced(refusal.message().to_string())])?,
        ..PdfOptions::default()
    })
}

/// What tells this report from others, and stays when it is rendered again.
fn identity(document: &Document) -> String {
    format!(
        "kinfolk/{}/{}/{}",
        document.author, document.title, document.subtitle
    )
}

/// Midnight of that day, as the typesetter counts.
fn day(date: Date) -> Option<Datetime> {
    Datetime::from_ymd_hms(
        i32::from(date.year()),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
        0,
        0,
        0,
    )
}

fn located(world: &ReportWorld, faults: &[SourceDiagnostic]) -> ReportError {
    ReportError::Pdf(faults.iter().map(|fault| placed(world, fault)).collect())
}

fn placed(world: &ReportWorld, fault: &SourceDiagnostic) -> PdfFault {
    let file = match fault.span.get() {
        DiagSpanKind::Detached => None,
        DiagSpanKind::Number { id, .. } | DiagSpanKind::Range { id, .. } => Some(id),
    };
    PdfFault {
        place: file.and_then(|id| place(world, id, fault)),
        message: fault.message.to_string(),
        hints: fault.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

/// `report.typ:12:3`.
fn place(world: &ReportWorld, file: FileId, fault: &SourceDiagnostic) -> Option<String> {
    let range = typst::WorldExt::range(world, fault.span)?;
    let source = world.source(file).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    let name = file.vpath().get_without_slash();
    Some(format!("{name}:{}:{}", line + 1, column + 1))
}

fn unplaced(message: String) -> PdfFault {
    PdfFault {
        place: None,
        message,
        hints: Vec::new(),
    }
}
