//! Every rule on the rows of returns has a case here that breaks exactly that rule.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;

use jiff::civil::date;
use kinfolk_ingest::returns::{RETURN_RULES, ReturnsReading, read_returns};
use kinfolk_ingest::{ReadOptions, rule};

/// Rules about files and cells, which `returns.rs` breaks with files of their own.
const OF_FILES: [&str; 18] = [
    "903-file",
    "903-table",
    "903-column",
    "903-column-more",
    "903-header-case",
    "903-encoding",
    "903-empty",
    "903-row-long",
    "903-year",
    "903-year-name",
    "903-child",
    "903-child-number",
    "903-child-lost",
    "903-date",
    "903-date-century",
    "903-date-number",
    "903-code",
    "903-code-year",
];

/// Rules about extracts, which `extracts.rs` breaks.
const OF_EXTRACTS: [&str; 6] = [
    "ssd-reason",
    "ssd-open",
    "ssd-placements",
    "ssd-return",
    "ssd-episodes",
    "ssd-statuses",
];

const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";
const MISSING: &str = "CHILD,DOB,MISSING,MIS_START,MIS_END";
const OC2: &str = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,\
SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED";
const OC3: &str = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM";

/// An episode: start, reason, status, need, kind of placement, provider, end, reason, reason for the
/// change, a letter for the postcode, and the register number.
type Row = [&'static str; 11];

/// Rows of one return, for a child born on 12 May 2010 unless the header says otherwise.
struct Return {
    year: i16,
    header: &'static [&'static str],
    episodes: Vec<Row>,
    missing: &'static [&'static str],
    oc2: &'static [&'static str],
    oc3: &'static [&'static str],
}

/// What every other row is measured against: a start that lasts.
const START: Row = [
    "01/06/2023",
    "S",
    "C2",
    "N1",
    "U4",
    "PR1",
    "",
    "",
    "",
    "A",
    "",
];
/// The same, up to a move.
const FIRST: Row = [
    "01/06/2023",
    "S",
    "C2",
    "N1",
    "U4",
    "PR1",
    "01/08/2023",
    "X1",
    "CARPL",
    "A",
    "",
];
/// A move that follows it.
const SECOND: Row = [
    "01/08/2023",
    "P",
    "C2",
    "N1",
    "U6",
    "PR1",
    "",
    "",
    "",
    "B",
    "",
];

/// A row with another text at some of its places.
const fn with<const N: usize>(row: Row, changes: [(usize, &'static str); N]) -> Row {
    let mut changed = row;
    let mut at = 0;
    while at < N {
        changed[changes[at].0] = changes[at].1;
        at += 1;
    }
    changed
}

const NONE: Return = Return {
    year: 2024,
    header: &["1,1,12/05/2010,WBRI,UN4,,"],
    episodes: Vec::new(),
    missing: &[],
    oc2: &[],
    oc3: &[],
};

/// One return with these episodes.
fn episodes<const N: usize>(rows: [Row; N]) -> Return {
    Return {
        episodes: rows.to_vec(),
        ..NONE
    }
}

/// One return with an episode that lasts, and this missing episode.
fn missing(rows: &'static [&'static str]) -> Return {
    Return {
        episodes: vec![START],
        missing: rows,
        ..NONE
    }
}

/// One return with this row of yearly outcomes; no episode says for how long the child is in care.
fn yearly(rows: &'static [&'static str]) -> Return {
    Return { oc2: rows, ..NONE }
}

/// One return with a care leaver born on 1 March 2004.
fn care_leaver(rows: &'static [&'static str]) -> Return {
    Return {
        header: &["1,1,01/03/2004,WBRI,UN4,,"],
        oc3: rows,
        ..NONE
    }
}

fn before(earlier: Return) -> Return {
    Return {
        year: 2023,
        ..earlier
    }
}

const AWAY: Row = with(FIRST, [(8, "")]);
const ON_HOLIDAY: Row = [
    "01/08/2023",
    "P",
    "C2",
    "N1",
    "T2",
    "",
    "05/08/2023",
    "X1",
    "",
    "H",
    "",
];
const BACK: Row = with(SECOND, [(0, "05/08/2023"), (4, "U4"), (9, "A")]);
const OLD: Row = with(START, [(0, "01/06/2022")]);
/// Something that is in the return for 2023 and says nothing of the case.
/// How it ends with a move in the year of the return.
const MOVED_IN_YEAR: [(usize, &str); 3] = [(6, "01/08/2023"), (7, "X1"), (8, "CARPL")];
const OLD_CLOSED: Row = with(OLD, [(6, "01/08/2022"), (7, "E4A")]);

fn cases() -> Vec<(&'static str, Vec<Return>)> {
    let one = |rule, only| (rule, vec![only]);
    vec![
        one("903-141", episodes([START, with(SECOND, [(0, "")])])),
        one(
            "903-147",
            episodes([START, with(START, [(0, "02/06/2023"), (6, "soon")])]),
        ),
        one("903-148", episodes([with(START, [(7, "X1")])])),
        one(
            "903-356",
            episodes([START, with(FIRST, [(6, "01/05/2023")])]),
        ),
        one(
            "903-355",
            episodes([START, with(FIRST, [(6, "01/06/2023")])]),
        ),
        one("903-blank", episodes([with(START, [(3, "")])])),
        one(
            "903-102",
            Return {
                header: &["2,1,12/05/2010,WBRI,UN4,,"],
                ..episodes([START])
            },
        ),
        one(
            "903-over-18",
            Return {
                header: &["1,1,12/07/2005,WBRI,UN4,,"],
                ..episodes([START])
            },
        ),
        one(
            "903-rival",
            episodes([
                with(FIRST, [(7, "E4A"), (8, "")]),
                with(FIRST, [(4, "K2"), (6, "01/09/2023"), (7, "E4A"), (8, "")]),
            ]),
        ),
        one("903-565", missing(&["1,12/05/2010,,01/07/2023,03/07/2023"])),
        one("903-143", episodes([FIRST, with(SECOND, [(1, "Q")])])),
        one("903-144", episodes([with(START, [(2, "C9")])])),
        one("903-145", episodes([with(START, [(3, "N9")])])),
        one("903-146", episodes([with(START, [(4, "U9")])])),
        one("903-149", episodes([with(FIRST, [(7, "E99X")])])),
        one("903-178", episodes([with(START, [(5, "PR9")])])),
        one("903-1009", episodes([with(FIRST, [(8, "BORED")]), SECOND])),
        one(
            "903-353",
            Return {
                header: &["1,1,01/05/1991,WBRI,UN4,,"],
                ..episodes([with(FIRST, [(0, "01/06/1991"), (7, "E8"), (8, "")])])
            },
        ),
        one(
            "903-354",
            episodes([
                with(START, [(6, "01/09/2023"), (7, "E4A")]),
                with(START, [(0, "01/06/2024")]),
            ]),
        ),
        one(
            "903-385",
            episodes([
                with(START, [(6, "01/09/2023"), (7, "E4A")]),
                with(START, [(0, "01/10/2023"), (6, "02/11/2023"), (7, "E4A")]),
                with(START, [(0, "01/12/2023"), (6, "01/05/2024"), (7, "E4A")]),
            ]),
        ),
        one(
            "903-142",
            episodes([with(FIRST, [(6, ""), (7, ""), (8, "")]), SECOND]),
        ),
        one("903-357", episodes([with(START, [(1, "P")])])),
        one("903-388", episodes([FIRST])),
        one("903-431", episodes([FIRST, with(SECOND, [(1, "S")])])),
        one(
            "903-432",
            episodes([with(FIRST, [(7, "E4A")]), with(SECOND, [(0, "02/08/2023")])]),
        ),
        one(
            "903-433",
            episodes([FIRST, with(SECOND, [(0, "02/08/2023")])]),
        ),
        one("903-434", episodes([FIRST, with(SECOND, [(1, "L")])])),
        one("903-435", episodes([FIRST, with(SECOND, [(2, "C1")])])),
        one("903-436", episodes([FIRST, with(SECOND, [(1, "B")])])),
        one("903-437", episodes([with(FIRST, [(7, "E2")]), SECOND])),
        one(
            "903-501",
            episodes([FIRST, with(SECOND, [(0, "15/07/2023")])]),
        ),
        one("903-twice", episodes([FIRST, FIRST, SECOND])),
        one(
            "903-rival",
            care_leaver(&["1,01/03/2004,YES,F2,B1", "1,01/03/2004,YES,F4,B1"]),
        ),
        one("903-504", episodes([FIRST, with(SECOND, [(3, "N2")])])),
        one(
            "903-302",
            Return {
                header: &["1,1,12/07/2023,WBRI,UN4,,"],
                ..episodes([START])
            },
        ),
        one(
            "903-352",
            Return {
                header: &["1,1,12/05/2005,WBRI,UN4,,"],
                ..episodes([with(FIRST, [(7, "E8"), (8, "")])])
            },
        ),
        (
            "903-562",
            vec![
                before(episodes([OLD_CLOSED])),
                episodes([with(START, [(0, "01/10/2022")])]),
            ],
        ),
        (
            "903-noe",
            vec![
                Return {
                    header: &["2,1,12/05/2010,WBRI,UN4,,"],
                    ..before(NONE)
                },
                episodes([OLD]),
            ],
        ),
        (
            "903-503a",
            vec![
                before(episodes([with(OLD, [(0, "01/06/2021")])])),
                episodes([with(OLD, [(0, "01/06/2021"), (1, "T")])]),
            ],
        ),
        (
            "903-503b",
            vec![before(episodes([OLD])), episodes([with(OLD, [(2, "C1")])])],
        ),
        (
            "903-503c",
            vec![before(episodes([OLD])), episodes([with(OLD, [(3, "N2")])])],
        ),
        (
            "903-503d",
            vec![before(episodes([OLD])), episodes([with(OLD, [(4, "U6")])])],
        ),
        (
            "903-503e",
            vec![before(episodes([OLD])), episodes([with(OLD, [(5, "PR4")])])],
        ),
        (
            "903-503f",
            vec![
                before(episodes([with(OLD, [(10, "SC000001")])])),
                episodes([with(OLD, [(10, "SC000002")])]),
            ],
        ),
        one(
            "903-380",
            episodes([with(FIRST, [(4, "T2"), (8, "")]), with(SECOND, [])]),
        ),
        one("903-381", episodes([AWAY, with(ON_HOLIDAY, [(7, "E4A")])])),
        one(
            "903-382",
            episodes([
                AWAY,
                with(ON_HOLIDAY, [(1, "B"), (2, "V4")]),
                with(BACK, [(1, "P"), (2, "V4")]),
            ]),
        ),
        one(
            "903-383",
            episodes([AWAY, ON_HOLIDAY, with(BACK, [(9, "C")])]),
        ),
        one(
            "903-375",
            episodes([
                AWAY,
                with(ON_HOLIDAY, [(4, "T1"), (6, "05/10/2023")]),
                with(BACK, [(0, "05/10/2023")]),
            ]),
        ),
        one(
            "903-376",
            episodes([
                AWAY,
                with(ON_HOLIDAY, [(4, "T3"), (6, "05/10/2023")]),
                with(BACK, [(0, "05/10/2023")]),
            ]),
        ),
        one(
            "903-377",
            episodes([
                AWAY,
                with(ON_HOLIDAY, [(4, "T3")]),
                with(BACK, [(6, "01/09/2023"), (7, "X1")]),
                with(
                    ON_HOLIDAY,
                    [(0, "01/09/2023"), (4, "T3"), (6, "05/09/2023")],
                ),
                with(BACK, [(0, "05/09/2023"), (6, "01/10/2023"), (7, "X1")]),
                with(
                    ON_HOLIDAY,
                    [(0, "01/10/2023"), (4, "T3"), (6, "05/10/2023")],
                ),
                with(BACK, [(0, "05/10/2023")]),
            ]),
        ),
        one(
            "903-379",
            episodes([
                AWAY,
                with(ON_HOLIDAY, [(4, "T4"), (6, "05/09/2023")]),
                with(BACK, [(0, "05/09/2023")]),
            ]),
        ),
        one("903-378", episodes([with(START, [(2, "V2"), (4, "P1")])])),
        one("903-217", episodes([FIRST, with(SECOND, [(4, "A3")])])),
        one("903-225", episodes([AWAY, SECOND])),
        one("903-226", episodes([FIRST, ON_HOLIDAY, BACK])),
        one("903-233", episodes([with(START, [(8, "CARPL")])])),
        one(
            "903-234",
            Return {
                header: &["1,1,12/05/2016,WBRI,UN4,,"],
                ..episodes([with(FIRST, [(8, "CUSTOD")]), SECOND])
            },
        ),
        one("903-1004", missing(&["1,12/05/2010,M,,03/10/2023"])),
        one("903-1005", missing(&["1,12/05/2010,M,01/10/2023,soon"])),
        one(
            "903-1006",
            missing(&["1,12/05/2010,Q,01/10/2023,03/10/2023"]),
        ),
        one(
            "903-567",
            missing(&["1,12/05/2010,M,01/10/2023,03/09/2023"]),
        ),
        one("903-570", missing(&["1,12/05/2010,M,01/10/2024,"])),
        one(
            "903-571",
            missing(&["1,12/05/2010,M,01/10/2023,03/10/2024"]),
        ),
        one(
            "903-574",
            missing(&[
                "1,12/05/2010,M,01/10/2023,05/10/2023",
                "1,12/05/2010,M,03/10/2023,06/10/2023",
            ]),
        ),
        one(
            "903-575",
            Return {
                episodes: vec![FIRST, SECOND],
                ..missing(&["1,12/05/2010,M,01/07/2023,"])
            },
        ),
        (
            "903-576",
            vec![
                before(Return {
                    episodes: vec![OLD],
                    ..missing(&["1,12/05/2010,M,01/10/2022,"])
                }),
                Return {
                    header: &["1,1,12/05/2010,WBRI,UN4,,"],
                    ..episodes([OLD])
                },
            ],
        ),
        one(
            "903-577",
            Return {
                episodes: vec![with(FIRST, [(7, "E8"), (8, "")])],
                ..missing(&["1,12/05/2010,M,01/07/2023,"])
            },
        ),
        one(
            "903-578",
            missing(&["1,12/05/2010,M,01/05/2023,03/05/2023"]),
        ),
        one(
            "903-580",
            Return {
                header: &["1,1,01/08/2005,WBRI,UN4,,"],
                episodes: vec![with(FIRST, [(7, "E4A"), (8, "")])],
                ..missing(&["1,01/08/2005,M,01/07/2023,01/08/2023"])
            },
        ),
        one(
            "903-581",
            Return {
                episodes: vec![with(FIRST, [(7, "E4A"), (8, "")])],
                ..missing(&["1,12/05/2010,M,01/09/2023,03/09/2023"])
            },
        ),
        one(
            "903-586",
            Return {
                header: &["1,1,12/10/2023,WBRI,UN4,,"],
                episodes: Vec::new(),
                ..missing(&["1,,M,01/10/2023,13/10/2023"])
            },
        ),
        one("903-answer", yearly(&["1,12/05/2010,14,,0,,Y,1,1,0,,"])),
        one("903-180", yearly(&["1,12/05/2010,41,,0,,1,1,1,0,,"])),
        one("903-196", yearly(&["1,12/05/2010,,SDQ9,0,,1,1,1,0,,"])),
        one("903-158", yearly(&["1,12/05/2010,14,,0,,1,1,1,1,1,0"])),
        one("903-159", yearly(&["1,12/05/2010,14,,0,,1,1,1,1,0,"])),
        one(
            "903-190",
            Return {
                episodes: vec![START],
                ..yearly(&["1,12/05/2010,,,0,,1,1,1,0,,"])
            },
        ),
        one(
            "oc2-185",
            Return {
                episodes: vec![START],
                ..yearly(&["1,12/05/2010,14,,,,,,,,,"])
            },
        ),
        one(
            "oc2-186",
            Return {
                episodes: vec![OLD],
                ..yearly(&["1,12/05/2010,,,,,,,,,,", "8,,14,,,,,,,,,"])
            },
        ),
        one(
            "oc2-157",
            Return {
                episodes: vec![OLD],
                ..yearly(&["1,12/05/2010,,SDQ1,,,,,,,,"])
            },
        ),
        one(
            "oc2-188",
            Return {
                header: &["1,1,12/05/2021,WBRI,UN4,,"],
                ..yearly(&["1,12/05/2021,14,,,,,,,,,"])
            },
        ),
        one(
            "oc2-189",
            Return {
                header: &["1,1,12/05/2005,WBRI,UN4,,"],
                ..yearly(&["1,12/05/2005,14,,,,,,,,,"])
            },
        ),
        one("oc2-197a", yearly(&["1,12/05/2010,14,SDQ2,,,,,,,,"])),
        one(
            "oc2-197b",
            Return {
                header: &["1,1,12/05/2006,WBRI,UN4,,"],
                episodes: vec![OLD],
                ..yearly(&["1,12/05/2006,,,,,,,,,,", "8,,14,,,,,,,,,"])
            },
        ),
        one(
            "903-191",
            Return {
                episodes: vec![OLD],
                ..yearly(&["1,12/05/2010,14,,0,,1,,1,0,,"])
            },
        ),
        one(
            "903-191-row",
            Return {
                header: &["1,1,12/05/2010,WBRI,UN4,,", "2,1,12/05/2010,WBRI,UN4,,"],
                episodes: vec![OLD],
                ..yearly(&["2,12/05/2010,14,,0,,1,1,1,0,,"])
            },
        ),
        one(
            "903-545",
            Return {
                header: &["1,1,12/05/2020,WBRI,UN4,,"],
                episodes: vec![OLD],
                ..yearly(&["1,12/05/2020,,,,,1,1,1,0,,"])
            },
        ),
        one("903-192", yearly(&["1,12/05/2010,14,,0,,1,1,1,1,,"])),
        one("903-193", yearly(&["1,12/05/2010,14,,0,,1,1,1,0,0,"])),
        one(
            "903-542",
            Return {
                header: &["1,1,12/05/2016,WBRI,UN4,,"],
                ..yearly(&["1,12/05/2016,14,,0,,1,1,1,0,,"])
            },
        ),
        one("903-544", yearly(&["1,12/05/2010,14,,1,,1,,1,0,,"])),
        one("903-546", yearly(&["1,12/05/2010,14,,0,1,1,1,1,0,,"])),
        one(
            "903-547",
            Return {
                header: &["1,1,12/05/2020,WBRI,UN4,,"],
                ..yearly(&["1,12/05/2020,,,,1,1,,1,0,,"])
            },
        ),
        one("903-131", care_leaver(&["1,01/03/2004,MAYBE,F2,B1"])),
        one("903-132", care_leaver(&["1,01/03/2004,YES,F9,B1"])),
        one("903-133", care_leaver(&["1,01/03/2004,YES,F2,01"])),
        one("903-153", care_leaver(&["1,01/03/2004,YES,,B1"])),
        one("903-344", care_leaver(&["1,01/03/2004,RHOM,F2,B1"])),
        one("903-345", care_leaver(&["1,01/03/2004,YES,0,B1"])),
        one(
            "903-347",
            Return {
                header: &["1,1,01/06/2006,WBRI,UN4,,"],
                ..care_leaver(&["1,01/06/2006,YES,F2,T1"])
            },
        ),
        (
            "903-348",
            vec![
                before(care_leaver(&["1,01/03/2004,DIED,0,0"])),
                care_leaver(&["1,01/03/2004,NO,0,0"]),
            ],
        ),
        one(
            "903-391",
            Return {
                header: &["1,1,01/06/2007,WBRI,UN4,,"],
                ..care_leaver(&["1,01/06/2007,YES,F2,B1"])
            },
        ),
        one(
            "903-int11",
            Return {
                episodes: vec![START],
                ..missing(&["1,12/05/2011,M,01/10/2023,03/10/2023"])
            },
        ),
        one(
            "903-int31",
            Return {
                header: &["1,1,12/05/2010,WBRI,UN4,,", "1,1,12/05/2010,WBRI,UN4,,"],
                ..episodes([START])
            },
        ),
        one(
            "903-int21",
            Return {
                header: &["1,1,12/05/2010,WBRI,UN4,,"],
                ..episodes([START])
            },
        ),
        (
            "903-202",
            vec![
                before(episodes([OLD])),
                Return {
                    header: &["1,2,12/05/2010,WBRI,UN4,,"],
                    ..episodes([OLD])
                },
            ],
        ),
        (
            "903-203",
            vec![
                before(episodes([OLD])),
                Return {
                    header: &["1,1,13/05/2010,WBRI,UN4,,"],
                    ..episodes([OLD])
                },
            ],
        ),
        (
            "903-204",
            vec![
                before(episodes([OLD])),
                Return {
                    header: &["1,1,12/05/2010,MWBC,UN4,,"],
                    ..episodes([OLD])
                },
            ],
        ),
        (
            "903-502",
            vec![
                before(episodes([OLD])),
                episodes([with(OLD, [(0, "02/06/2022")])]),
            ],
        ),
    ]
}

fn lines(header: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn episode(row: &Row) -> String {
    let [
        start,
        rne,
        ls,
        cin,
        place,
        provider,
        dec,
        rec,
        reason,
        letter,
        urn,
    ] = row;
    format!(
        "1,{start},{rne},{ls},{cin},{place},{provider},{dec},{rec},{reason},AA1 1AA,{letter}B1 1BB,{urn}"
    )
}

/// The rules that the returns break.
fn broken(returns: &[Return], extra: &[(&str, &str)]) -> BTreeSet<String> {
    let findings = read(returns, extra).findings;
    findings.iter().map(|f| f.rule.to_string()).collect()
}

fn read(returns: &[Return], extra: &[(&str, &str)]) -> ReturnsReading {
    let folder = tempfile::tempdir().unwrap();
    for of_year in returns {
        let path = folder.path().join(of_year.year.to_string());
        fs::create_dir_all(&path).unwrap();
        let texts = |rows: &'static [&'static str]| rows.iter().map(|row| (*row).to_owned());
        let write = |name: &str, text: String, n_rows: usize| {
            if n_rows > 0 {
                fs::write(path.join(name), text).unwrap();
            }
        };
        let known = texts(&["9,1,12/05/2012,WBRI,UN4,,"]);
        write(
            "header.csv",
            lines(HEADER, texts(of_year.header).chain(known)),
            1,
        );
        // A child of whom nothing is told keeps the year of the return from being in doubt.
        let year = of_year.year - 1;
        let anchor = (0..20)
            .map(|_| format!("9,05/05/{year},S,C2,N1,U4,PR1,06/06/{year},E4A,,AA1 1AA,BB1 1BB,"));
        let rows = of_year.episodes.iter().map(episode).chain(anchor.take(1));
        write("episodes.csv", lines(EPISODES, rows), 1);
        write(
            "missing.csv",
            lines(MISSING, texts(of_year.missing)),
            of_year.missing.len(),
        );
        write("oc2.csv", lines(OC2, texts(of_year.oc2)), of_year.oc2.len());
        write("oc3.csv", lines(OC3, texts(of_year.oc3)), of_year.oc3.len());
        for (name, text) in extra {
            fs::write(path.join(name), text).unwrap();
        }
    }
    let options = ReadOptions {
        today: date(2026, 11, 1),
    };
    read_returns(&[folder.path().to_owned()], &options).unwrap()
}

#[test]
fn each_case_breaks_exactly_its_rule() {
    let mut wrong = Vec::new();
    for (rule, returns) in cases() {
        let sexes = [("uasc.csv", "CHILD,SEX,DOB,DUC\n1,2,12/05/2010,\n")];
        let extra: &[(&str, &str)] = if rule == "903-int21" { &sexes } else { &[] };
        let found = broken(&returns, extra);
        if found != BTreeSet::from([rule.to_owned()]) {
            wrong.push(format!("{rule}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rows_that_repeat_another_are_told_and_counted_by_table() {
    const ABSENCE: &str = "1,12/05/2010,A,01/10/2023,03/10/2023";
    const LEAVER: &str = "1,01/03/2004,YES,F2,B1";
    const OTHER_LEAVER: &str = "1,01/03/2004,YES,F4,B1";
    const OUTCOMES: &str = "1,12/05/2010,7,,0,,1,1,1,0,,";
    const OTHER_OUTCOMES: &str = "1,12/05/2010,7,,0,,0,1,1,0,,";
    let check = |returns: &[Return], rule: &str, n_set_aside: u64| {
        let reading = read(returns, &[]);
        let rules: Vec<&str> = reading.findings.iter().map(|f| f.rule.as_ref()).collect();
        assert!(rules.contains(&rule), "{rules:?}");
        let of_files: u64 = reading.files.iter().map(|file| file.n_set_aside).sum();
        assert_eq!(of_files, n_set_aside, "{rule} {:?}", reading.files);
        let told = reading.findings.iter().filter(|f| f.row_set_aside).count();
        assert_eq!(told as u64, n_set_aside);
        let records = &reading.records;
        let n_kept = records.episodes.len()
            + records.missing.len()
            + records.care_leavers.len()
            + records.yearly.len()
            + returns
                .iter()
                // Beside the header of the case, that of the child of whom nothing is told.
                .map(|of_year| of_year.header.len() + 1)
                .sum::<usize>();
        let n_rows: u64 = reading.files.iter().map(|file| file.n_rows).sum();
        assert_eq!(n_rows, n_kept as u64 + n_set_aside);
    };
    // Episodes are set aside where histories are made.
    check(
        &[before(episodes([OLD, OLD])), episodes([OLD])],
        "903-twice",
        0,
    );
    check(&[missing(&[ABSENCE, ABSENCE, ABSENCE])], "903-twice", 2);
    check(&[care_leaver(&[LEAVER, LEAVER])], "903-twice", 1);
    check(&[care_leaver(&[LEAVER, OTHER_LEAVER])], "903-rival", 1);
    check(&[yearly(&[OUTCOMES, OUTCOMES])], "903-twice", 1);
    check(&[yearly(&[OUTCOMES, OTHER_OUTCOMES])], "903-rival", 1);
}

#[test]
fn good_rows_break_no_rule() {
    let check = |returns: &[Return]| assert_eq!(broken(returns, &[]), BTreeSet::new());
    // Who is in an earlier return, left open, and in the next no more is due no yearly outcomes.
    let gone = Return {
        oc2: &["2,12/05/2010,14,,0,,1,1,1,0,,"],
        header: &["2,1,12/05/2010,WBRI,UN4,,"],
        ..NONE
    };
    let found = broken(&[before(episodes([OLD])), gone], &[]);
    assert!(!found.contains("903-191-row"), "{found:?}");
    check(&[episodes([FIRST, SECOND])]);
    check(&[episodes([AWAY, ON_HOLIDAY, BACK])]);
    check(&[before(episodes([OLD])), episodes([OLD])]);
    check(&[missing(&["1,12/05/2010,A,01/10/2023,03/10/2023"])]);
    check(&[care_leaver(&["1,01/03/2004,YES,F2,B1"])]);
    check(&[yearly(&["1,12/05/2010,14,,0,,1,1.0,1,1,0,1"])]);
    check(&[yearly(&["1,12/05/2010,,SDQ2,0,,1,1,1,0,,"])]);
    for years in [vec![OLD], vec![with(OLD, MOVED_IN_YEAR), SECOND]] {
        check(&[Return {
            episodes: years,
            ..yearly(&["1,12/05/2010,14,,0,,1,1,1,0,,"])
        }]);
    }
}

#[test]
fn each_rule_has_its_case() {
    let rules: BTreeSet<&str> = RETURN_RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(rules.len(), RETURN_RULES.len(), "an id stands twice");
    let cases: BTreeSet<&str> = cases()
        .iter()
        .map(|case| case.0)
        .chain(OF_FILES)
        .chain(OF_EXTRACTS)
        .collect();
    let without: Vec<_> = rules.difference(&cases).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn each_rule_is_told_in_whole_sentences_and_found_by_its_id() {
    for known in RETURN_RULES {
        assert!(known.why.ends_with('.'), "{}", known.id);
        assert!(known.help.ends_with('.'), "{}", known.id);
        assert!(!known.title.ends_with('.'), "{}", known.id);
        assert_eq!(rule(known.id), Some(known));
    }
}
