//! All that the typesetter may see: the template, two fonts, the document. No disk, no network, no
//! clock.

use std::sync::LazyLock;

use kinfolk_charts::fonts;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

/// The template, its main file first.
const TEMPLATE: [(&str, &str); 5] = [
    ("report.typ", include_str!("report.typ")),
    ("tokens.typ", include_str!("tokens.typ")),
    ("text.typ", include_str!("text.typ")),
    ("tables.typ", include_str!("tables.typ")),
    ("blocks.typ", include_str!("blocks.typ")),
];

/// Regular, then semibold.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [fonts::REGULAR, fonts::SEMIBOLD]
        .into_iter()
        .filter_map(|font| Font::new(Bytes::new(font), 0))
        .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    TEMPLATE
        .iter()
        .filter_map(|(name, text)| Some(Source::new(file(name)?, (*text).to_owned())))
        .collect()
});

/// The main file, should the template hold none; it is never read.
static NOWHERE: LazyLock<FileId> = LazyLock::new(|| Source::detached("").id());

/// The two fonts of every report: regular, then semibold.
pub(super) fn faces() -> &'static [Font] {
    &FONTS
}

/// The surroundings of one compilation.
pub(super) struct ReportWorld {
    library: LazyHash<Library>,
    today: Option<Datetime>,
}

impl ReportWorld {
    /// A world in which the template finds that document and that day.
    pub(super) fn new(inputs: Dict, today: Option<Datetime>) -> Self {
        // The only way to say that the first cell of a row is its head.
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder()
            .with_inputs(inputs)
            .with_features(features)
            .build();
        Self {
            library: LazyHash::new(library),
            today,
        }
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        SOURCES.first().map_or(*NOWHERE, Source::id)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES
            .iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.source(id)
            .map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}
