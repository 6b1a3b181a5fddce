//! What a reader knows of each count: from the print, and from what follows by the sums.

use std::collections::BTreeSet;

use kinfolk_model::{Statistic, Unit};

use crate::field::Field;
use crate::scores::Print;
use crate::system::{CellAt, System};
use crate::{Profile, Released, Shown, round};

/// Stands for no upper bound; far above any count, and far below overflow.
const FAR: i64 = 1 << 40;

/// The smallest and the largest value that a count can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: i64,
    pub(crate) high: i64,
}

impl Bounds {
    /// Nothing is known.
    pub(crate) const ANY: Self = Self { low: 0, high: FAR };

    /// Whether more than one value is possible.
    pub(crate) fn is_open(&self) -> bool {
        self.low < self.high
    }

    /// How many values are possible.
    pub(crate) fn values(&self) -> u64 {
        u64::try_from(self.high - self.low + 1).unwrap_or(0)
    }

    fn narrow(&mut self, low: i64, high: i64) -> bool {
        let before = *self;
        self.low = self.low.max(low);
        self.high = self.high.min(high);
        *self != before
    }

    /// Whether a value is possible.
    pub(crate) fn hold(&self, value: i64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// A printed whole percentage with its two counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) numerator: CellAt,
    pub(crate) denominator: CellAt,
    value: f64,
}

impl Share {
    /// Whether these counts would be printed as this percentage.
    pub(crate) fn agrees(&self, numerator: i64, denominator: i64) -> bool {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of people lie far below 2^53"
        )]
        let share = numerator as f64 / denominator.max(1) as f64;
        let printed = round::as_printed(share, Statistic::Proportion, Unit::Proportion);
        (printed - self.value).abs() < 1e-9
    }
}

/// What a reader knows.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) system: &'a System,
    pub(crate) bounds: Vec<Bounds>,
    pub(crate) shares: Vec<Share>,
    /// What means, intervals and standard deviations say of sums of scores.
    pub(crate) prints: Vec<Vec<Print>>,
    /// Counts that the print gives, exactly or rounded.
    pub(crate) is_shown: Vec<bool>,
    /// Counts that stand in the print as `[c]`.
    pub(crate) is_withheld: Vec<bool>,
}

impl<'a> View<'a> {
    /// Reads released figures, each with its place among the estimates.
    pub(crate) fn read(
        system: &'a System,
        published: &[(usize, Released)],
        reader: &Reader<'_>,
    ) -> Self {
        let n_cells = system.cells.len();
        let mut view = Self {
            system,
            bounds: vec![Bounds::ANY; n_cells],
            shares: Vec::new(),
            prints: system
                .scored
                .iter()
                .map(|scored| scored.prints(published))
                .collect(),
            is_shown: vec![false; n_cells],
            is_withheld: vec![false; n_cells],
        };
        for (at, released) in published {
            view.read_one(*at, released, reader);
        }
        view.follow();
        let is_open = |cell: CellAt| view.bounds[cell].is_open();
        let says_more = |share: &Share| is_open(share.numerator) || is_open(share.denominator);
        view.shares = view.shares.iter().copied().filter(says_more).collect();
        view
    }

    fn read_one(&mut self, at: usize, released: &Released, reader: &Reader<'_>) {
        let fields = &self.system.fields[at];
        for field in Field::ALL {
            if let Some(cell) = fields.cell(field) {
                self.read_count(cell, field.shown(released), reader);
            }
        }
        let Shown::Figure(value) = released.value else {
            return;
        };
        for &cell in &fields.rests_on {
            let exact = whole(self.system.value(cell));
            self.show(cell, exact, exact);
        }
        for &(cell, Bounds { low, high }) in &fields.blurred {
            self.show(cell, low, high);
        }
        if let (Some(numerator), Some(denominator), Unit::Proportion, false) = (
            fields.cell(Field::Numerator),
            fields.cell(Field::Denominator),
            released.unit,
            reader.profile.rounds_shares,
        ) {
            self.shares.push(Share {
                numerator,
                denominator,
                value,
            });
        }
    }

    fn read_count(&mut self, cell: CellAt, shown: Shown<u64>, reader: &Reader<'_>) {
        match shown {
            Shown::Absent => {}
            Shown::Figure(count) => {
                let (low, high) = reader.behind(self.system, cell, count);
                self.show(cell, low, high);
            }
            Shown::Withheld => {
                self.is_withheld[cell] = true;
                let (low, high) = reader.behind_sign(self.system, cell);
                self.bounds[cell].narrow(low, high);
            }
        }
    }

    fn show(&mut self, cell: CellAt, low: i64, high: i64) {
        self.is_shown[cell] = true;
        self.bounds[cell].narrow(low, high);
    }

    /// Narrows all bounds by the sums until nothing changes.
    fn follow(&mut self) {
        let mut waiting: Vec<usize> = (0..self.system.equations.len()).collect();
        // Bounds only ever narrow; the limit guards against narrowing one by one for very long.
        let mut steps = 1000 + 100 * waiting.len();
        while let Some(index) = waiting.pop() {
            for cell in self.narrow_by(index) {
                waiting.extend(&self.system.equations_of[cell]);
            }
            steps -= 1;
            if steps == 0 {
                return;
            }
        }
    }

    fn narrow_by(&mut self, index: usize) -> Vec<CellAt> {
        let equation = &self.system.equations[index];
        let parts = equation.parts.iter();
        let (low, high) = parts.fold((0, 0), |(low, high), &part| {
            (low + self.bounds[part].low, high + self.bounds[part].high)
        });
        let total = self.bounds[equation.total];
        let mut changed = Vec::new();
        if self.bounds[equation.total].narrow(low, high) {
            changed.push(equation.total);
        }
        for &part in &equation.parts {
            let own = self.bounds[part];
            let others = (low - own.low, high - own.high);
            if self.bounds[part].narrow(total.low - others.1, total.high - others.0) {
                changed.push(part);
            }
        }
        changed
    }
}

/// How a reader understands the print.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) profile: &'a Profile,
    /// What counts are rounded to.
    pub(crate) base: u64,
    /// Cells that are hidden although they are not small.
    pub(crate) forced: &'a BTreeSet<CellAt>,
}

impl Reader<'_> {
    /// The counts that a printed number can stand for.
    fn behind(&self, system: &System, cell: CellAt, shown: u64) -> (i64, i64) {
        let is_exact = self.base == 1 || system.cells[cell].children.is_none();
        if is_exact || (shown == 0 && self.profile.shows_zero()) {
            return (whole(shown), whole(shown));
        }
        let (low, high) = round::behind(shown, self.base);
        let least = match counts_children(system, cell) {
            true => self.largest_hidden().map_or(0, |largest| largest + 1),
            false => 0,
        };
        (whole(low).max(least), whole(high))
    }

    /// The counts that `[c]` can stand for. Where rounding guards, hardly a count is hidden to guard
    /// another, so the sign is taken to say that the count is small.
    fn behind_sign(&self, system: &System, cell: CellAt) -> (i64, i64) {
        let low = i64::from(self.profile.shows_zero());
        let means_small = self.profile.rounds_shares
            && counts_children(system, cell)
            && !self.forced.contains(&cell);
        match self.largest_hidden() {
            Some(largest) if means_small => (low, largest),
            _ => (low, FAR),
        }
    }

    fn largest_hidden(&self) -> Option<i64> {
        let range = self.profile.hidden.as_ref()?;
        Some(whole(*range.end()))
    }
}

fn counts_children(system: &System, cell: CellAt) -> bool {
    system.cells[cell].children == Some(system.value(cell))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(FAR)
}
