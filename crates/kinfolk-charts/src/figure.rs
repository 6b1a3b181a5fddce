//! A chart with everything that must go with it.

/// A picture in CSS pixels: its elements, without the `svg` element round them.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The elements.
    pub elements: String,
}

/// How a column of a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataColumn {
    /// The head.
    pub head: String,
    /// Whether it holds numbers, which are flush right.
    pub is_numeric: bool,
}

/// One cell: its text, and the number that the text shows (rounded as the text is, so that no
/// hidden precision leaves the building).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DataCell {
    /// The text.
    pub text: String,
    /// The number in the text: 0.74 for `74%`.
    pub number: Option<f64>,
    /// The key of the estimate that it shows, as `Key` prints itself.
    pub key: Option<String>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// An ordinary row.
    Body,
    /// A heading over the rows that follow.
    Group,
    /// A total under a rule.
    Total,
}

/// One row; the first cell is its head.
#[derive(Debug, Clone, PartialEq)]
pub struct DataRow {
    /// What it is.
    pub role: RowRole,
    /// As many cells as the table has columns.
    pub cells: Vec<DataCell>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// The columns.
    pub columns: Vec<DataColumn>,
    /// The rows.
    pub rows: Vec<DataRow>,
}

/// A chart with its words and its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// A short stable name, e.g. `objectives`; also the file name.
    pub id: &'static str,
    /// The finding, in one line.
    pub title: String,
    /// Measure, population, place, period.
    pub subtitle: String,
    /// `Source: …. n = ….` and at most one caution.
    pub source: String,
    /// Two sentences with the main values, for those who cannot see the chart.
    pub alt: String,
    /// The chart alone, 640 wide, without title, subtitle and source.
    pub body: Svg,
    /// The table that the chart draws.
    pub table: DataTable,
}
