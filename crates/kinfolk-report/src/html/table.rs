//! Tables: a head, row heads, and cells that name their estimate.

use kinfolk_charts::{DataCell, DataColumn, DataRow, DataTable, RowRole};
use maud::{Markup, html};

/// A table, which scrolls sideways where it is wider than the page.
pub(crate) fn table(table: &DataTable, caption: Option<Markup>, label: &str) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label) {
            table {
                @if let Some(caption) = caption { caption { (caption) } }
                thead { tr { @for column in &table.columns { (head(column)) } } }
                tbody { @for row in &table.rows { (body_row(row, &table.columns)) } }
            }
        }
    }
}

fn head(column: &DataColumn) -> Markup {
    html! { th.number[column.is_numeric] scope="col" { (column.head) } }
}

fn body_row(row: &DataRow, columns: &[DataColumn]) -> Markup {
    let class = match row.role {
        RowRole::Body => None,
        RowRole::Group => Some("group"),
        RowRole::Total => Some("total"),
    };
    html! {
        tr class=[class] {
            @if row.role == RowRole::Group {
                th scope="rowgroup" colspan=(columns.len()) { (first_text(row)) }
            } @else {
                @for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
                    (body_cell(cell, column, at == 0))
                }
            }
        }
    }
}

fn first_text(row: &DataRow) -> &str {
    row.cells.first().map_or("", |cell| cell.text.as_str())
}

fn body_cell(cell: &DataCell, column: &DataColumn, is_first: bool) -> Markup {
    let key = cell.key.as_deref();
    html! {
        @if is_first {
            th scope="row" data-estimate=[key] { (cell.text) }
        } @else {
            td.number[column.is_numeric] data-estimate=[key] { (cell.text) }
        }
    }
}
