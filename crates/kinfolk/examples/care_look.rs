use jiff::civil::date;
use kinfolk_ingest::ReadOptions;
use kinfolk_ingest::plain::published::{read_neighbours, read_published};
use kinfolk_ingest::returns::read_returns;
use kinfolk_model::care::ShortBreakStarts;
use kinfolk_model::*;
use kinfolk_outcomes::care::*;
use kinfolk_outcomes::{PublishedOptions, estimate_care, estimate_published};
use kinfolk_report::{Inputs, Provenance, compose};
use std::error::Error;
use std::path::Path;

fn rows(measure: &str, key: &str, code: &str, n: u64) -> Estimate {
    Estimate {
        measure: measure.into(),
        population: "rows of the returns".into(),
        arm: String::new(),
        group: Group::of(key, code),
        statistic: Statistic::Count,
        value: Some(n as f64),
        lower: None,
        upper: None,
        level: None,
        unit: Unit::Rows,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: "count/1".into(),
        options: String::new(),
        note: String::new(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let (returns, published, neighbours, out) = (&args[1], &args[2], &args[3], Path::new(&args[4]));
    let with_demo = args.get(5).is_some_and(|a| a == "demo");
    let on = date(2025, 3, 31);
    let read = ReadOptions {
        today: date(2025, 6, 1),
    };
    let records = read_returns(&[returns.into()], &read)?.records;
    let care = derive_care(
        &records,
        CareOptions {
            stability: StabilityOptions {
                on,
                short_break_starts: ShortBreakStarts::LeftOut,
            },
            rule: MoveRule::default(),
            same_home: SameHomeOptions::up_to(on, 365),
            country: Country::England,
        },
    );
    let opened = kinfolk::open(Path::new("data/demo"), &read)?;
    let mut estimates = if with_demo {
        kinfolk::analyse(&opened)
    } else {
        Estimates::default()
    };
    let more = estimate_care(&care, 0.95);
    estimates.records.extend(more.records);
    estimates.structure.extend(more.structure);
    if !published.is_empty() {
        let shares = read_published(Path::new(published))?;
        let near = read_neighbours(Path::new(neighbours))?;
        estimates.records.extend(estimate_published(
            &shares,
            &near,
            &PublishedOptions {
                authority: "Hartwell".into(),
                year: 2025,
                release: "2025".into(),
            },
        ));
    }
    let a = &care.account;
    estimates
        .records
        .push(rows("stability.rows", "became", "read", a.n_rows));
    estimates
        .records
        .push(rows("stability.rows", "became", "used", a.n_used));
    for r in SetAside::ALL {
        estimates
            .records
            .push(rows("stability.rows", "became", r.code(), a.n_set_aside(r)));
    }
    for r in Repair::ALL {
        estimates.records.push(rows(
            "stability.repairs",
            "repair",
            r.code(),
            a.n_repairs(r),
        ));
    }
    let mut settings = opened.study.settings.clone();
    if args.get(6).is_some_and(|a| a == "internal") {
        settings.disclosure = DisclosureProfile::Internal;
    }
    let release = kinfolk_disclosure::release(&estimates, &settings)?;
    for d in release.decisions() {
        eprintln!("{:?} {}", d.action, d.what);
    }
    std::fs::create_dir_all(out)?;
    if std::env::var("RECORDS").is_ok() {
        for r in release.records() {
            println!(
                "{} = {:?} {:?} {:?}/{:?} [{}] {}",
                r.key(),
                r.value(),
                r.interval(),
                r.numerator(),
                r.denominator(),
                r.options(),
                r.note()
            );
        }
    }
    let document = compose(&Inputs {
        release: &release,
        voices: &opened.study.voices,
        words: &opened.study.words,
        provenance: Provenance {
            version: "0".into(),
            run: "x".into(),
        },
    });
    for block in document.blocks() {
        if let kinfolk_report::document::Block::Figure(f) = block {
            std::fs::write(
                out.join(format!("{}.png", f.figure.id)),
                f.figure.to_png(1.0)?,
            )?;
        }
    }
    std::fs::write(
        out.join("report.html"),
        kinfolk_report::render_html(&document),
    )?;
    std::fs::write(
        out.join("report.pdf"),
        kinfolk_report::render_pdf(&document, &[])?,
    )?;
    std::fs::write(
        out.join("tables.xlsx"),
        kinfolk_report::render_workbook(&document)?,
    )?;
    Ok(())
}
