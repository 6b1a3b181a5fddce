//! How far an input would have to move for the answer to change.

use crate::plan::Plan;
use crate::totals::{Case, totals};

/// How often the interval is halved: more than a number has digits.
const HALVINGS: usize = 200;
/// How far, in times the central value, a switching value is looked for where the kind of number
/// sets no end.
const FARTHEST: f64 = 1000.0;

/// The value of an input at which benefits equal costs while all others keep theirs: the end of the
/// argument for or against. `None` when no value that such a number may have does it.
///
/// Where benefits less costs are linear in the input, the root is exact; otherwise it is bracketed
/// between the central value and each end, and halved.
///
/// See `docs/methods/value-sensitivity.md`.
pub fn switching_value(plan: &Plan, case: Case, input: usize) -> Option<f64> {
    let central = plan.central();
    let value = central[input];
    let net = |x: f64| {
        let mut values = central.clone();
        values[input] = x;
        totals(plan, &values).net(plan, case)
    };
    if net(value) == 0.0 {
        return Some(value);
    }
    let (least, most) = plan.inputs[input].kind.range();
    let far = FARTHEST * value.abs().max(1.0);
    let ends = (least.max(-far), most.min(far));
    let found = straight(&net, value).or_else(|| {
        let below = bisect(&net, ends.0, value);
        below.or_else(|| bisect(&net, value, ends.1))
    })?;
    (found >= least && found <= most).then_some(found)
}

/// The root of a straight line through the central value; `None` when the line is level or bends.
fn straight(net: &impl Fn(f64) -> f64, value: f64) -> Option<f64> {
    let step = if value == 0.0 { 0.5 } else { value / 2.0 };
    let (here, near, far) = (net(value), net(value - step), net(value - 2.0 * step));
    let slope = (here - near) / step;
    let bend = (here - 2.0 * near + far).abs();
    let scale = here.abs().max(near.abs()).max(far.abs());
    let is_straight = bend <= 1e-9 * scale && (here - near).abs() > 1e-12 * scale;
    is_straight.then(|| value - here / slope)
}

fn bisect(net: &impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut low, mut high) = (low, high);
    let sign = net(low).signum();
    if sign == net(high).signum() || low >= high {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if net(middle).signum() == sign {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}
