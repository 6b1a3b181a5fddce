//! What a run tells while it works.

/// A step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Files are read and checked.
    Read,
    /// Estimates are computed.
    Analyse,
    /// Small numbers are dealt with.
    Release,
    /// The text is composed and the charts are drawn.
    Compose,
    /// The web page is rendered.
    Html,
    /// The PDF is set.
    Pdf,
    /// The workbook is made.
    Workbook,
    /// Charts are written as files of their own.
    Figures,
    /// Estimates and findings are written in the formats of programs.
    Data,
    /// Files are written to the disk.
    Write,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Analyse,
        Self::Release,
        Self::Compose,
        Self::Html,
        Self::Pdf,
        Self::Workbook,
        Self::Figures,
        Self::Data,
        Self::Write,
    ];

    /// The step in words, as what is being done.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "reading the files",
            Self::Analyse => "computing estimates",
            Self::Release => "dealing with small numbers",
            Self::Compose => "composing the report",
            Self::Html => "making the web page",
            Self::Pdf => "setting the PDF",
            Self::Workbook => "making the workbook",
            Self::Figures => "drawing the charts",
            Self::Data => "preparing the data files",
            Self::Write => "writing the files",
        }
    }
}

/// Someone who is told how a run goes on. Runs may tell from several threads at once.
pub trait Watch: Sync {
    /// A step of one study begins. The name is that of its folder.
    fn step(&self, study: &str, step: Step) {
        let _ = (study, step);
    }

    /// So many bytes of a study's files have been read and checked, of so many.
    fn read(&self, study: &str, n_bytes: u64, of: u64) {
        let _ = (study, n_bytes, of);
    }

    /// Work on that many studies begins.
    fn begin(&self, n_studies: usize) {
        let _ = n_studies;
    }

    /// Work on a study rests, and will go on later with another step.
    fn rest(&self, study: &str) {
        let _ = study;
    }

    /// A study is done, with or without outputs.
    fn finished(&self, study: &str) {
        let _ = study;
    }
}

/// Nobody watches.
impl Watch for () {}
