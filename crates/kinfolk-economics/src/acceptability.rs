//! Which of several options is best, how surely, and what certainty would be worth.

use rayon::prelude::*;

use crate::EconomicsError;

/// Draws are split into that many parts, however many threads there are, so that sums come out the
/// same and memory does not grow with the draws.
const PARTS: usize = 64;

/// Costs and effects of several options in the same draws: for each option a list with one number for
/// each draw. For money alone effects are nothing and costs are costs less benefits.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Costs by option, then by draw.
    pub costs: &'a [Vec<f64>],
    /// Effects by option, then by draw.
    pub effects: &'a [Vec<f64>],
}

/// What the draws say at one threshold, in pounds for one unit of effect.
#[derive(Debug, Clone, PartialEq)]
pub struct AtThreshold {
    /// The threshold.
    pub threshold: f64,
    /// The share of draws in which each option is best. Of options alike the first counts as best.
    pub probability_best: Vec<f64>,
    /// The mean net benefit of each option: threshold · effect − cost.
    pub mean_net_benefit: Vec<f64>,
    /// The option whose mean net benefit is highest.
    pub best: usize,
    /// The share of draws in which that option is best: the acceptability frontier. It is not the
    /// largest of the shares.
    pub frontier: f64,
    /// What it would be worth to know everything before choosing: the mean of the highest net
    /// benefit of each draw, less the highest mean.
    pub perfect_information: f64,
}

/// Acceptability, frontier and value of perfect information at every threshold.
///
/// In one draw the net benefit of each option is a straight line over the threshold, and the best is
/// their upper envelope, of at most as many pieces as there are options. Each piece adds to running
/// sums where it begins and takes away where it ends. So the work is draws · options², not draws ·
/// thresholds · options, and the memory thresholds · options.
///
/// Thresholds rise. See `docs/methods/value-uncertainty.md`.
///
/// # Errors
///
/// [`EconomicsError::Lengths`] when options or draws differ in number, or there are none;
/// [`EconomicsError::Thresholds`] when thresholds do not rise.
pub fn acceptability(
    options: &Options<'_>,
    thresholds: &[f64],
) -> Result<Vec<AtThreshold>, EconomicsError> {
    check(options, thresholds)?;
    let n = options.costs[0].len();
    let part = n.div_ceil(PARTS);
    let parts: Vec<Tally> = (0..n.div_ceil(part))
        .into_par_iter()
        .map(|at| tally(options, thresholds, at * part..((at + 1) * part).min(n)))
        .collect();
    let whole = parts.into_iter().reduce(Tally::plus);
    let whole = whole.unwrap_or_else(|| Tally::new(options.costs.len(), thresholds.len()));
    let means = |lists: &[Vec<f64>]| lists.iter().map(|list| mean(list)).collect::<Vec<_>>();
    let (costs, effects) = (means(options.costs), means(options.effects));
    Ok(whole.read(thresholds, n as f64, &costs, &effects))
}

fn mean(list: &[f64]) -> f64 {
    crate::sum::sum(list.iter().copied()) / list.len() as f64
}

fn check(options: &Options<'_>, thresholds: &[f64]) -> Result<(), EconomicsError> {
    let lengths = |what, found, expected| {
        if found == expected && found > 0 {
            Ok(())
        } else {
            Err(EconomicsError::Lengths {
                what,
                found,
                expected: expected.max(1),
            })
        }
    };
    let n_options = options.costs.len();
    lengths("lists of effects", options.effects.len(), n_options)?;
    let n = options.costs[0].len();
    for list in options.costs.iter().chain(options.effects) {
        lengths("draws", list.len(), n)?;
    }
    if let Some(threshold) = thresholds.iter().find(|threshold| !threshold.is_finite()) {
        return Err(EconomicsError::Thresholds(*threshold));
    }
    match thresholds.windows(2).find(|pair| pair[1] <= pair[0]) {
        Some(pair) => Err(EconomicsError::Thresholds(pair[1])),
        None => Ok(()),
    }
}

/// Changes, from each threshold to the next, in the number of draws that an option is best in, and in
/// the sums of effects and costs of the best.
struct Tally {
    n_options: usize,
    counts: Vec<i64>,
    effects: Vec<f64>,
    costs: Vec<f64>,
}

impl Tally {
    fn new(n_options: usize, n_thresholds: usize) -> Self {
        Self {
            n_options,
            counts: vec![0; n_options * (n_thresholds + 1)],
            effects: vec![0.0; n_thresholds + 1],
            costs: vec![0.0; n_thresholds + 1],
        }
    }

    /// One option is best from one threshold up to, and without, another.
    fn piece(&mut self, option: usize, from: usize, to: usize, cost: f64, effect: f64) {
        self.counts[from * self.n_options + option] += 1;
        self.counts[to * self.n_options + option] -= 1;
        self.effects[from] += effect;
        self.effects[to] -= effect;
        self.costs[from] += cost;
        self.costs[to] -= cost;
    }

    fn plus(mut self, other: Self) -> Self {
        add(&mut self.counts, &other.counts);
        add(&mut self.effects, &other.effects);
        add(&mut self.costs, &other.costs);
        self
    }

    fn read(
        &self,
        thresholds: &[f64],
        n: f64,
        mean_costs: &[f64],
        mean_effects: &[f64],
    ) -> Vec<AtThreshold> {
        let mut counts = vec![0i64; self.n_options];
        let (mut effects, mut costs) = (0.0, 0.0);
        let at_threshold = |(at, &threshold): (usize, &f64)| {
            add(
                &mut counts,
                &self.counts[at * self.n_options..][..self.n_options],
            );
            effects += self.effects[at];
            costs += self.costs[at];
            let net: Vec<f64> = (mean_effects.iter().zip(mean_costs))
                .map(|(effect, cost)| threshold * effect - cost)
                .collect();
            let best = first_highest(&net);
            let share: Vec<f64> = counts.iter().map(|count| *count as f64 / n).collect();
            AtThreshold {
                threshold,
                best,
                frontier: share[best],
                // Sums may differ in the last digit; information is never worth less than nothing.
                perfect_information: ((threshold * effects - costs) / n - net[best]).max(0.0),
                probability_best: share,
                mean_net_benefit: net,
            }
        };
        thresholds.iter().enumerate().map(at_threshold).collect()
    }
}

fn add<T: Copy + std::ops::AddAssign>(to: &mut [T], more: &[T]) {
    for (value, more) in to.iter_mut().zip(more) {
        *value += *more;
    }
}

/// The first of the highest.
pub(crate) fn first_highest(values: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = at;
        }
    }
    best
}

fn tally(options: &Options<'_>, thresholds: &[f64], draws: std::ops::Range<usize>) -> Tally {
    let n_options = options.costs.len();
    let mut tally = Tally::new(n_options, thresholds.len());
    let mut lines = vec![Line::default(); n_options];
    for draw in draws {
        for (option, line) in lines.iter_mut().enumerate() {
            line.cost = options.costs[option][draw];
            line.effect = options.effects[option][draw];
        }
        walk(&lines, thresholds, &mut tally);
    }
    tally
}

/// The net benefit of an option in one draw, over the threshold.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    effect: f64,
    cost: f64,
}

impl Line {
    fn at(self, threshold: f64) -> f64 {
        threshold * self.effect - self.cost
    }
}

/// Walks along the upper envelope of the lines and books its pieces.
fn walk(lines: &[Line], thresholds: &[f64], tally: &mut Tally) {
    let mut from = 0;
    while from < thresholds.len() {
        let best = best_at(lines, thresholds[from]);
        let to = end_of_piece(lines, best, thresholds, from);
        tally.piece(best, from, to, lines[best].cost, lines[best].effect);
        from = to;
    }
}

fn best_at(lines: &[Line], threshold: f64) -> usize {
    let mut best = 0;
    let mut highest = lines[0].at(threshold);
    for (option, line) in lines.iter().enumerate().skip(1) {
        let net = line.at(threshold);
        if net > highest {
            (best, highest) = (option, net);
        }
    }
    best
}

/// The first threshold after `from` at which another option is best. Only steeper lines overtake; the
/// crossing says about where, and the nets at the thresholds beside it decide.
fn end_of_piece(lines: &[Line], best: usize, thresholds: &[f64], from: usize) -> usize {
    let now = lines[best];
    let steeper = lines.iter().filter(|line| line.effect > now.effect);
    let crossing = steeper
        .map(|line| (line.cost - now.cost) / (line.effect - now.effect))
        .fold(f64::INFINITY, f64::min);
    let last = thresholds.len();
    if crossing > thresholds[last - 1] {
        return settle(lines, best, thresholds, last, from);
    }
    let near = from + thresholds[from..].partition_point(|threshold| *threshold < crossing);
    settle(lines, best, thresholds, near, from)
}

/// Moves a guess of the end of a piece to where the best option really changes.
fn settle(lines: &[Line], best: usize, thresholds: &[f64], guess: usize, from: usize) -> usize {
    let mut end = guess.max(from + 1);
    while end > from + 1 && best_at(lines, thresholds[end - 1]) != best {
        end -= 1;
    }
    while end < thresholds.len() && best_at(lines, thresholds[end]) == best {
        end += 1;
    }
    end
}
