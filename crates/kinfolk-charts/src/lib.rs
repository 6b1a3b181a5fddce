//! Released figures to accessible SVG and PNG.
//!
//! Each chart is a function from a [`Release`](kinfolk_disclosure::Release) to a [`Figure`], or to
//! `None` when the study holds nothing to draw. Geometry comes from released figures only, so a
//! withheld figure has no mark, no length and no place in an order.
//!
//! A [`Figure`] renders itself: [`Figure::to_inline_svg`] for a web page,
//! [`Figure::to_document_svg`] for a typeset document, [`Figure::to_standalone_svg`] and
//! [`Figure::to_png`] as files. Small pictures ([`Svg`]) go into pages as decoration.

mod backend;
mod canvas;
mod care;
mod circles;
mod columns;
mod comparison;
mod completeness;
mod connections;
mod cover;
mod dots;
mod error;
mod figure;
mod flow;
pub mod fonts;
mod key_figures;
mod layout;
mod marks;
mod objectives;
mod outcomes;
pub mod palette;
mod people;
mod ratings;
mod reading;
mod render;
mod sdq;
mod text;
mod value;
mod wording;

pub use care::{
    draw_care_definitions, draw_care_first_years, draw_care_funnel, draw_care_moves,
    draw_care_series,
};
pub use circles::draw_circles;
pub use comparison::{
    comparison_records, draw_authorities, draw_choices, draw_endings, draw_hazards, draw_love_plot,
    draw_overlap, draw_survival,
};
pub use completeness::draw_completeness;
pub use connections::draw_connections;
pub use cover::cover_art;
pub use error::ChartError;
pub use figure::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole, Svg};
pub use flow::draw_flow;
pub use key_figures::{KeyRow, draw_key_figures, key_figure_plot};
pub use marks::{mark_before, mark_benchmark, mark_comparator, mark_programme, mark_withheld};
pub use objectives::draw_objectives;
pub use outcomes::draw_outcomes;
pub use ratings::draw_ratings;
pub use sdq::{
    draw_sdq_bands, draw_sdq_completeness, draw_sdq_means, draw_sdq_reliable_change, sdq_headline,
};
pub use value::{
    draw_value_break_even, draw_value_ledger, draw_value_probability, draw_value_tornado,
};
