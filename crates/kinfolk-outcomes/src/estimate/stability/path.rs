//! Where children live in the first two years in care, all of them together: never one child's line.

use std::collections::BTreeSet;

use kinfolk_model::care::HomeKind;
use kinfolk_model::{Breakdown, Code, Group, Key, Statistic, Unit, format};

use super::words;
use crate::care::{CareFacts, ChildPath, Entrants, MONTHS, Standing};
use crate::estimate::alike::Alike;
use crate::estimate::breakdown::{PoolSpec, members_of, present_pools, row};
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const TOO_FEW_RETURNS: &str = "it takes returns of three years in a row";
const LEFT_CARE: &str = "left_care";

/// Everything about children who came into care; without enough returns, why there is nothing.
pub(super) fn write_paths(ledger: &mut Ledger, care: &CareFacts) {
    let Some(entrants) = care.entrants else {
        let subject = about(PATTERN, Group::all(), "children who came into care");
        let kind = (Statistic::Proportion, Unit::Proportion);
        ledger.nothing(subject, kind, "wilson/1", TOO_FEW_RETURNS);
        return;
    };
    let paths = care.children.iter().filter_map(|child| child.path);
    let paths: Vec<ChildPath> = paths.collect();
    let first_years = FirstYears {
        population: population(entrants),
        options: words(care.options.rule),
        children: Alike::of(&paths, |path| *path),
    };
    first_years.write_months(ledger);
    first_years.write_paths(ledger);
}

const PATTERN: &str = "stability.pattern";
const PATH: &str = "stability.path";

fn population(entrants: Entrants) -> String {
    format!(
        "children who came into care after {}, up to {}",
        format::day(entrants.after),
        format::day(entrants.until)
    )
}

/// Children who came into care in the time looked at.
struct FirstYears {
    population: String,
    options: String,
    children: Alike<ChildPath>,
}

/// A share of the children: its code and words, and whether a child counts.
struct Row {
    code: String,
    label: String,
    counts: Counts,
}

/// Whether a child counts at a month, by its place among [`MONTHS`].
type Counts = Box<dyn Fn(&ChildPath, usize) -> bool>;

const HOME_POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "with_family_or_friends",
        label: "With parents, relatives or friends",
        of: &["kinship_care", "with_parents"],
    },
    PoolSpec {
        code: "family_or_adoption",
        label: "With parents, relatives or friends, or placed for adoption",
        of: &["with_family_or_friends", "placed_for_adoption"],
    },
    PoolSpec {
        code: "other_place",
        label: "Supported living or another place",
        of: &["supported_accommodation", "other"],
    },
    PoolSpec {
        code: "home_or_other_place",
        label: "Children\u{2019}s home, supported living or another place",
        of: &["childrens_home", "other_place"],
    },
    PoolSpec {
        code: "not_foster_care",
        label: "In care, not in foster care",
        of: &["family_or_adoption", "home_or_other_place"],
    },
    PoolSpec {
        code: "in_care",
        label: "In care",
        of: &["foster_care", "not_foster_care"],
    },
];

const PATH_POOLS: &[PoolSpec<'_>] = &[
    PoolSpec {
        code: "moved",
        label: "In care, moved once or more",
        of: &["second_home", "later_home"],
    },
    PoolSpec {
        code: "left",
        label: "Left care",
        of: &["left_from_first_home", "left_after_moves"],
    },
];

impl FirstYears {
    fn tally(&self, name: &str, counts: impl Fn(&ChildPath) -> bool) -> Tally {
        self.children
            .where_(format!("care/first years/{name}"), counts)
    }

    fn everyone(&self) -> Tally {
        self.tally("everyone", |_| true)
    }

    fn not_known(&self, at: usize) -> Tally {
        let name = format!("not known/{}", MONTHS[at]);
        self.tally(&name, |path| path.at[at] == Standing::NotKnown)
    }

    /// Those of whom it is known at a month.
    fn known(&self, ledger: &mut Ledger, at: usize) -> Tally {
        let name = format!("known/{}", MONTHS[at]);
        let (everyone, missing) = (self.everyone(), self.not_known(at));
        let known = self.tally(&name, |path| path.at[at] != Standing::NotKnown);
        ledger.sum(&everyone, &[known.clone(), missing]);
        known.within(&everyone)
    }

    /// A share at each month for each kind of home, and for those who have left.
    fn write_months(&self, ledger: &mut Ledger) {
        let kinds: BTreeSet<Standing> = self.children.kinds().flat_map(|path| path.at).collect();
        let homes = HomeKind::ALL.iter().filter_map(|kind| {
            let standing = Standing::Home(*kind);
            let is_so = move |path: &ChildPath, at: usize| path.at[at] == standing;
            kinds.contains(&standing).then(|| Row {
                code: kind.code().to_owned(),
                label: kind.label().to_owned(),
                counts: Box::new(is_so),
            })
        });
        let left = kinds.contains(&Standing::LeftCare).then(|| Row {
            code: LEFT_CARE.to_owned(),
            label: "Left care".to_owned(),
            counts: Box::new(|path, at| path.at[at] == Standing::LeftCare),
        });
        let table = Table {
            measure: PATTERN,
            key: "home",
            title: "Where children live in the first two years in care",
            rows: homes.chain(left).collect(),
            pools: HOME_POOLS,
            months: (0..MONTHS.len()).collect(),
        };
        self.write(ledger, &table);
        self.tie_leavers(ledger);
    }

    /// Who has left by one month has left by the next.
    fn tie_leavers(&self, ledger: &mut Ledger) {
        for (at, month) in MONTHS.iter().enumerate().skip(1) {
            let left = |at: usize| {
                self.tally(&format!("{PATTERN}/{LEFT_CARE}/{}", MONTHS[at]), |path| {
                    path.at[at] == Standing::LeftCare
                })
            };
            let since = self.tally(&format!("left by month {month}, not before"), |path| {
                path.at[at] == Standing::LeftCare && path.at[at - 1] != Standing::LeftCare
            });
            ledger.sum(&left(at), &[left(at - 1), since]);
        }
    }

    /// A share for each way through the two years.
    fn write_paths(&self, ledger: &mut Ledger) {
        let ways: [(&str, &str, Way); 5] = [
            ("first_home", "In care, in the first home", |end, n| {
                is_home(end) && n == 1
            }),
            ("second_home", "In care, moved once", |end, n| {
                is_home(end) && n == 2
            }),
            ("later_home", "In care, moved twice or more", |end, n| {
                is_home(end) && n > 2
            }),
            (
                "left_from_first_home",
                "Left care from the first home",
                |end, n| end == Standing::LeftCare && n == 1,
            ),
            ("left_after_moves", "Left care after moving", |end, n| {
                end == Standing::LeftCare && n > 1
            }),
        ];
        let rows = ways.into_iter().map(|(code, label, is_so)| Row {
            code: code.to_owned(),
            label: label.to_owned(),
            counts: Box::new(move |path, _| is_so(path.at_end(), path.n_homes)),
        });
        let table = Table {
            measure: PATH,
            key: "path",
            title: "Ways through the first two years in care",
            rows: rows.collect(),
            pools: PATH_POOLS,
            months: vec![MONTHS.len() - 1],
        };
        self.write(ledger, &table);
        self.tie_ends(ledger);
    }

    /// Who has left after two years has left in one way or the other.
    fn tie_ends(&self, ledger: &mut Ledger) {
        let end = MONTHS[MONTHS.len() - 1];
        let left = self.tally(&format!("{PATTERN}/{LEFT_CARE}/{end}"), |path| {
            path.at_end() == Standing::LeftCare
        });
        let of = |code: &str, is_first: bool| {
            self.tally(&format!("{PATH}/{code}/{end}"), |path| {
                path.at_end() == Standing::LeftCare && (path.n_homes == 1) == is_first
            })
        };
        let ways = [
            of("left_from_first_home", true),
            of("left_after_moves", false),
        ];
        ledger.sum(&left, &ways);
    }

    fn write(&self, ledger: &mut Ledger, table: &Table<'_>) {
        let codes: Vec<&str> = table.rows.iter().map(|row| row.code.as_str()).collect();
        let pools = present_pools(table.pools, &codes);
        let rows = table.rows.iter().map(|found| {
            let keys = self.write_row(ledger, table, &found.code, &[&found.code]);
            row(&found.code, &found.label, keys)
        });
        let rows = rows.collect();
        let pools_with_records = pools.iter().map(|pool| {
            let members: Vec<&str> = members_of(&pool.code, &pools);
            let keys = self.write_row(ledger, table, &pool.code, &members);
            for at in &table.months {
                let parts: Vec<Tally> = pool
                    .of
                    .iter()
                    .map(|code| self.part(table, *at, code, &members_of(code, &pools)))
                    .collect();
                ledger.sum(&self.part(table, *at, &pool.code, &members), &parts);
            }
            pool.clone().with_records(keys)
        });
        let pools_with_records = pools_with_records.collect();
        for at in &table.months {
            let parts: Vec<Tally> = codes
                .iter()
                .map(|code| self.part(table, *at, code, &[*code]))
                .collect();
            let known = self.known(ledger, *at);
            ledger.sum(&known, &parts);
        }
        ledger.breakdown(Breakdown {
            id: format!("{}.{}", table.measure, table.key),
            title: table.title.to_owned(),
            rows,
            pools: pools_with_records,
        });
    }

    /// How many children count under any of some codes at a month.
    fn part(&self, table: &Table<'_>, at: usize, code: &str, members: &[&str]) -> Tally {
        let name = format!("{}/{code}/{}", table.measure, MONTHS[at]);
        let is_member = |row: &&Row| members.contains(&row.code.as_str());
        let rows: Vec<&Row> = table.rows.iter().filter(is_member).collect();
        self.tally(&name, |path| rows.iter().any(|row| (row.counts)(path, at)))
    }

    fn write_row(
        &self,
        ledger: &mut Ledger,
        table: &Table<'_>,
        code: &str,
        members: &[&str],
    ) -> Vec<Key> {
        let mut keys = Vec::new();
        for at in &table.months {
            let (known, missing) = (self.known(ledger, *at), self.not_known(*at));
            let part = self.part(table, *at, code, members);
            let share = Share::of(&part, &known).missing(&missing);
            let group = match table.months.len() {
                1 => Group::of(table.key, code),
                _ => Group::of("month", &MONTHS[*at].to_string()).and(table.key, code),
            };
            let subject = about(table.measure, group, &self.population);
            keys.push(ledger.share(subject, &share, &self.options));
        }
        keys
    }
}

/// Whether a child who stands so at the end, after so many homes, went that way.
type Way = fn(Standing, u32) -> bool;

fn is_home(standing: Standing) -> bool {
    matches!(standing, Standing::Home(_))
}

/// Rows that add up to those of whom it is known.
struct Table<'t> {
    measure: &'static str,
    key: &'static str,
    title: &'static str,
    rows: Vec<Row>,
    pools: &'t [PoolSpec<'t>],
    /// Which of [`MONTHS`].
    months: Vec<usize>,
}
