//! The repeated-measures model on made-up children whose means are known, and who are lost the
//! likelier, the higher their last score.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::mmrm::{Contrast, DegreesMethod, Inference, Model, Panel, fit};

const N_STUDIES: u64 = 300;
const N_CHILDREN: u64 = 30;
const N_VISITS: usize = 4;
/// The mean falls by this much from visit to visit.
const FALL: f64 = 0.5;
const BETWEEN: f64 = 5.0;
const WITHIN: f64 = 3.0;

/// A number above 0 and below 1, by multiplications that mix the bits.
fn uniform(child: u64, draw: u64) -> f64 {
    let mut mixed = (child * 64 + draw + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / 2.0_f64.powi(53) + 2.0_f64.powi(-54)
}

/// Box and Muller.
fn normal(child: u64, draw: u64) -> f64 {
    let radius = (-2.0 * uniform(child, 20 + 2 * draw).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(child, 21 + 2 * draw)).cos()
}

fn scores(child: u64) -> [Option<f64>; N_VISITS] {
    let level = 16.0 + BETWEEN * normal(child, 0);
    let score =
        |visit: usize| level - FALL * visit as f64 + WITHIN * normal(child, 1 + visit as u64);
    let mut lost = false;
    std::array::from_fn(|visit| {
        if visit > 0 {
            let chance = if score(visit - 1) > 17.0 { 0.3 } else { 0.1 };
            lost |= uniform(child, visit as u64) < chance;
        }
        (!lost).then(|| score(visit))
    })
}

fn change(study: u64, degrees: DegreesMethod) -> Contrast {
    let mut panel = Panel::new(N_VISITS);
    for child in 0..N_CHILDREN {
        panel.push(&scores(study * N_CHILDREN + child)).unwrap();
    }
    let inference = Inference {
        degrees,
        ..Inference::default()
    };
    let fitted = fit(&panel, &Model::default()).unwrap();
    fitted
        .fit
        .unwrap()
        .change(0, N_VISITS - 1, inference)
        .unwrap()
}

#[test]
fn intervals_cover_the_truth_and_estimates_centre_on_it() {
    let truth = -FALL * (N_VISITS - 1) as f64;
    let found: Vec<Contrast> = (0..N_STUDIES)
        .map(|study| change(study, DegreesMethod::KenwardRoger))
        .collect();
    let covers = |found: &&Contrast| found.interval.lower <= truth && truth <= found.interval.upper;
    let coverage = found.iter().filter(covers).count() as f64 / N_STUDIES as f64;
    // Four standard errors of a share of 0.95 among the studies.
    assert!((coverage - 0.95).abs() < 0.05, "{coverage}");
    let mean = found.iter().map(|found| found.value).sum::<f64>() / N_STUDIES as f64;
    let error = found[0].standard_error / (N_STUDIES as f64).sqrt();
    assert!((mean - truth).abs() < 4.0 * error, "{mean}");
}
