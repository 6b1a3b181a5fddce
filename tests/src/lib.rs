//! Whole runs, golden outputs and reference cases live in the integration tests of this package.
//! What several of them need stands here.

mod numbers;
mod page;
mod run;

pub use numbers::{number_of, numbers};
pub use page::{figures_of, visible_text, without_details};
pub use run::{demo, open_study, output, pdf_text, report_of, root};
