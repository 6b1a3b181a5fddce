//! Columns of numbers at the right of a chart, as wide as what they hold.

use crate::canvas::{Canvas, Type, WIDTH};
use crate::layout::GUTTER;
use crate::reading::{Reading, TOO_FEW};

/// One column, flush right under its head.
pub(crate) struct Column {
    /// The head.
    pub(crate) head: &'static str,
    /// The text of each row and how it is set.
    pub(crate) cells: Vec<(String, Type)>,
}

impl Column {
    /// A column of ordinary numbers.
    pub(crate) fn plain(head: &'static str, texts: impl IntoIterator<Item = String>) -> Self {
        let cells = texts.into_iter().map(|text| (text, Type::LABEL));
        Self {
            head,
            cells: cells.collect(),
        }
    }

    /// The column in focus; signs and words in it are not.
    pub(crate) fn in_focus(head: &'static str, texts: impl IntoIterator<Item = String>) -> Self {
        let style = |text: &str| match text.ends_with('%') {
            true => Type::FOCUS,
            false => Type::LABEL,
        };
        let cells = texts.into_iter().map(|text| {
            let style = style(&text);
            (text, style)
        });
        Self {
            head,
            cells: cells.collect(),
        }
    }

    fn width(&self) -> f64 {
        let cells = self.cells.iter().map(|(text, style)| style.width(text));
        cells.fold(Type::HEAD.width(self.head), f64::max)
    }
}

/// Numbers may not reach further left than this.
const LEAST_LEFT: f64 = 360.0;

/// Several columns; the last is flush with the right edge.
pub(crate) struct Columns {
    /// Each column with its right edge.
    columns: Vec<(f64, Column)>,
    /// The left edge of the leftmost.
    pub(crate) left: f64,
}

impl Columns {
    /// Places columns from the right edge leftwards.
    pub(crate) fn of(columns: Vec<Column>) -> Self {
        let mut right = WIDTH;
        let mut left = WIDTH;
        let mut placed = Vec::new();
        for column in columns.into_iter().rev() {
            left = right - column.width();
            placed.push((right, column));
            right = left - GUTTER;
        }
        placed.reverse();
        Self {
            columns: placed,
            left,
        }
    }

    /// Share, number behind it and interval; the number alone where no share may be printed.
    pub(crate) fn of_shares(head: &'static str, shares: &[Reading<'_>]) -> Self {
        let base = Column::plain("n of N", shares.iter().map(|share| share.base_text()));
        if shares.iter().all(|share| share.is_small()) {
            return Self::of(vec![base]);
        }
        let whole = vec![
            Column::in_focus(head, shares.iter().map(|share| share.share_text())),
            base,
            Column::plain(
                "95% interval",
                shares.iter().map(|share| share.interval_text()),
            ),
        ];
        match Self::of(whole) {
            columns if columns.left < LEAST_LEFT => columns.without_last(),
            columns => columns,
        }
    }

    /// Number and share, where no interval belongs to it; the number alone where no share may be
    /// printed.
    pub(crate) fn of_complete_counts(head: &'static str, shares: &[Reading<'_>]) -> Self {
        let known = shares.iter().map(|share| share.known_base_text());
        let base = Column::plain("n of N", known);
        if shares.iter().all(|share| share.is_small()) {
            return Self::of(vec![base]);
        }
        let texts = shares.iter().map(|share| match share.is_small() {
            true => TOO_FEW.to_owned(),
            false => share.share_text(),
        });
        Self::of(vec![base, Column::in_focus(head, texts)])
    }

    /// Leaves the last column to the table, where very long numbers would leave no room for a plot.
    fn without_last(self) -> Self {
        let mut columns: Vec<Column> = self.columns.into_iter().map(|(_, column)| column).collect();
        columns.pop();
        Self::of(columns)
    }

    /// The left edge of the last column.
    pub(crate) fn last_left(&self) -> f64 {
        self.columns
            .last()
            .map_or(WIDTH, |(right, column)| right - column.width())
    }

    /// Draws the heads on a base line.
    pub(crate) fn draw_heads(&self, canvas: &mut Canvas, base: f64) {
        for (right, column) in &self.columns {
            canvas.text((*right, base), column.head, Type::HEAD.end());
        }
    }

    /// Draws the numbers of one row.
    pub(crate) fn draw_row(&self, canvas: &mut Canvas, row: usize, middle: f64) {
        for (right, column) in &self.columns {
            if let Some((text, style)) = column.cells.get(row).filter(|(text, _)| !text.is_empty())
            {
                canvas.text_about((*right, middle), text, style.end());
            }
        }
    }

    /// Draws the last column of one row alone, where the row's own words take the room of the rest.
    pub(crate) fn draw_last(&self, canvas: &mut Canvas, row: usize, middle: f64) {
        if let Some((right, column)) = self.columns.last()
            && let Some((text, style)) = column.cells.get(row)
        {
            canvas.text_about((*right, middle), text, style.end());
        }
    }
}
