//! Who a child is, from everything that the returns say of it.

use jiff::civil::Date;
use kinfolk_model::Sex;
use kinfolk_model::care::ShortCode;

use super::breaches::Breach;
use super::child::Described;
use super::origin::Origin;
use super::rules;
use crate::rules::Rule;

/// What one row says of a child. Statements sort by child and return, the header of a return first,
/// so that neither the order of files nor that of rows has a part in what is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Statement {
    pub(super) child: u32,
    pub(super) year: i16,
    is_elsewhere: bool,
    date_of_birth: Option<Date>,
    sex: Option<Sex>,
    ethnicity: ShortCode,
    is_unaccompanied: bool,
    pub(super) origin: Origin,
}

impl Statement {
    pub(super) fn new(child: u32, year: i16, said: &Described, origin: Origin) -> Self {
        Self {
            child,
            year,
            is_elsewhere: !said.is_header,
            date_of_birth: said.date_of_birth,
            sex: said.sex,
            ethnicity: said.ethnicity,
            is_unaccompanied: said.is_unaccompanied,
            origin,
        }
    }

    /// The same of another child, year and row.
    pub(super) fn at(self, child: u32, year: i16, origin: Origin) -> Self {
        Self {
            child,
            year,
            origin,
            ..self
        }
    }
}

/// What is believed of a child.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) date_of_birth: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) ethnicity: ShortCode,
    pub(super) is_unaccompanied: bool,
}

impl Identity {
    fn of(said: &Statement) -> Self {
        Self {
            date_of_birth: said.date_of_birth,
            sex: said.sex,
            ethnicity: said.ethnicity,
            is_unaccompanied: said.is_unaccompanied,
        }
    }

    /// Takes what is not known from another.
    fn fill_in(&mut self, other: &Self) {
        self.date_of_birth = self.date_of_birth.or(other.date_of_birth);
        self.sex = self.sex.or(other.sex);
        if self.ethnicity.is_blank() {
            self.ethnicity = other.ethnicity;
        }
        self.is_unaccompanied |= other.is_unaccompanied;
    }
}

/// Makes one identity of all statements about a child, sorted. The latest return has the last word;
/// what it leaves blank an earlier one may say. `found` takes what does not agree.
pub(super) fn identify(statements: &[Statement], found: &mut Vec<Breach>) -> Identity {
    let mut believed: Option<Identity> = None;
    for of_return in statements.chunk_by(|a, b| a.year == b.year) {
        let mut identity = in_return(of_return, found);
        if let Some(earlier) = believed {
            changes(&earlier, of_return, found);
            identity.fill_in(&earlier);
        }
        believed = Some(identity);
    }
    believed.unwrap_or_default()
}

/// What the statements of one return say, the first before the others.
fn in_return(statements: &[Statement], found: &mut Vec<Breach>) -> Identity {
    let mut identity = Identity::default();
    for (at, said) in statements.iter().enumerate() {
        let is_twice = at > 0 && !said.is_elsewhere;
        note(found, is_twice, &rules::CHILD_TWICE, said, "child");
        let has_other_birth = differs(identity.date_of_birth, said.date_of_birth);
        note(found, has_other_birth, &rules::BIRTHS_DISAGREE, said, "dob");
        let has_other_sex = differs(identity.sex, said.sex);
        note(found, has_other_sex, &rules::SEX_DISAGREES, said, "sex");
        identity.fill_in(&Identity::of(said));
    }
    identity
}

/// What the first statement that says something of it says otherwise than the returns before.
fn changes(earlier: &Identity, statements: &[Statement], found: &mut Vec<Breach>) {
    if let Some(said) = statements.iter().find(|said| said.date_of_birth.is_some()) {
        let changed = differs(earlier.date_of_birth, said.date_of_birth);
        note(found, changed, &rules::BIRTH_CHANGED, said, "dob");
    }
    if let Some(said) = statements.iter().find(|said| said.sex.is_some()) {
        let changed = differs(earlier.sex, said.sex);
        note(found, changed, &rules::SEX_CHANGED, said, "sex");
    }
    if let Some(said) = statements.iter().find(|said| !said.ethnicity.is_blank()) {
        let changed = !earlier.ethnicity.is_blank() && earlier.ethnicity != said.ethnicity;
        note(found, changed, &rules::ETHNICITY_CHANGED, said, "ethnic");
    }
}

fn differs<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn note(
    found: &mut Vec<Breach>,
    is_broken: bool,
    rule: &'static Rule,
    said: &Statement,
    column: &'static str,
) {
    if is_broken {
        found.push(Breach {
            rule,
            origin: said.origin,
            column,
            is_set_aside: false,
        });
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const BORN: Date = date(2010, 5, 12);
    const OTHER: Date = date(2010, 6, 1);

    fn said(year: i16, is_header: bool, born: Option<Date>, row: u32) -> Statement {
        let described = Described {
            sex: None,
            date_of_birth: born,
            ethnicity: ShortCode::BLANK,
            is_unaccompanied: false,
            is_header,
        };
        Statement::new(0, year, &described, Origin { table: 0, row })
    }

    /// In whatever order they come: which birth is believed, and which rows break which rules.
    fn check(mut statements: Vec<Statement>, born: Option<Date>, broken: &[(&str, u32)]) {
        for _ in 0..statements.len() {
            statements.rotate_left(1);
            let mut sorted = statements.clone();
            sorted.sort_unstable();
            let mut found = Vec::new();
            assert_eq!(identify(&sorted, &mut found).date_of_birth, born);
            let found: Vec<(&str, u32)> = found
                .iter()
                .map(|breach| (breach.rule.id, breach.origin.row))
                .collect();
            assert_eq!(found, broken);
        }
    }

    #[test]
    fn the_header_of_the_latest_return_is_believed() {
        check(Vec::new(), None, &[]);
        check(
            vec![
                said(2024, true, Some(BORN), 1),
                said(2024, false, Some(OTHER), 2),
                said(2024, false, Some(BORN), 3),
            ],
            Some(BORN),
            &[("903-int11", 2)],
        );
        check(
            vec![
                said(2023, true, Some(OTHER), 1),
                said(2024, true, Some(BORN), 2),
                said(2025, false, None, 3),
            ],
            Some(BORN),
            &[("903-203", 2)],
        );
        check(
            vec![
                said(2024, true, Some(BORN), 1),
                said(2024, true, Some(BORN), 2),
            ],
            Some(BORN),
            &[("903-int31", 2)],
        );
    }
}
