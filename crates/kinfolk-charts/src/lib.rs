//! Released figures to accessible SVG and PNG.
//!
//! Each chart is a function from a [`Release`](kinfolk_disclosure::Release) to a [`Figure`], or to
//! `None` when the study holds nothing to draw. Geometry comes from released figures only, so a
//! withheld figure has no mark, no length and no place in an order.

mod figure;
pub mod fonts;

pub use figure::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole, Svg};
