//! What became of the rows of episodes when histories were made of them.

use kinfolk_model::{Group, Unit};

use crate::care::{CareFacts, Repair, SetAside};
use crate::estimate::entry::about;
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const ROWS: &str = "rows of the returns";

/// Rows read are those used and those for which another row stands; behind both stand the children
/// whose rows they are.
pub(super) fn write_rows(ledger: &mut Ledger, care: &CareFacts) {
    let account = &care.account;
    let children = Some(care.children.len() as u64);
    let of_children = |name: &str, value| Tally {
        name: name.to_owned(),
        value,
        children,
        scores: None,
    };
    let read = of_children("rows/returns/episodes", account.n_rows);
    let used = of_children("care/rows/used", account.n_used);
    let mut parts = vec![used.clone()];
    write(ledger, Group::of("became", "read"), &read);
    write(ledger, Group::of("became", "used"), &used);
    for reason in SetAside::ALL {
        let name = format!("care/rows/{}", reason.code());
        let count = Tally::of_things(name, account.n_set_aside(reason));
        write(ledger, Group::of("became", reason.code()), &count);
        parts.push(count);
    }
    ledger.sum(&read, &parts);
    for repair in Repair::ALL {
        let name = format!("care/repairs/{}", repair.code());
        let count = Tally::of_things(name, account.n_repairs(repair));
        let group = Group::of("repair", repair.code());
        ledger.count(about("stability.repairs", group, ROWS), Unit::Rows, &count);
    }
}

fn write(ledger: &mut Ledger, group: Group, count: &Tally) {
    ledger.count(about("stability.rows", group, ROWS), Unit::Rows, count);
}
