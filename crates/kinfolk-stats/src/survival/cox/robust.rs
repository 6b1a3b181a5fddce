//! Standard errors from clusters: how much each cluster pulls at the coefficients.

use super::event_time::EventTime;
use super::sorted::Sorted;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::survival::risk_sets::Step;

/// The clusters' pulls, summed.
pub(super) struct RobustParts {
    /// The derivative of the log likelihood.
    total: Vec<f64>,
    /// The sum over clusters of the square of each one's part in it.
    pub(super) spread: Matrix,
}

impl RobustParts {
    /// `None` with fewer clusters than covariates.
    pub(super) fn score_test(&self) -> Option<f64> {
        let cholesky = Cholesky::of(&self.spread)?;
        Some(dot(&cholesky.solve(&self.total), &self.total))
    }
}

/// Walks the risk sets once: a subject's part is what it meets between its entry and its exit, which is how
/// far running sums have moved between the two.
pub(super) fn robust_parts(sorted: &Sorted, clusters: &[u32], coefficients: &[f64]) -> RobustParts {
    let predictors = sorted.predictors(coefficients);
    let mut pulls = Pulls::new(sorted, &predictors, clusters);
    sorted.walk(&predictors, |step, event_time| pulls.meet(step, event_time));
    pulls.end();
    pulls.summed()
}

/// A sum with what rounding has cut off it: where hazards of a few late rows are large, what early rows meet
/// is a small difference of large sums.
#[derive(Clone, Copy, Default)]
struct Sum {
    sum: f64,
    cut_off: f64,
}

impl Sum {
    fn plus(self, term: f64) -> Self {
        let sum = self.sum + term;
        let added = sum - self.sum;
        let cut_off = (self.sum - (sum - added)) + (term - added);
        Self {
            sum,
            cut_off: self.cut_off + cut_off,
        }
    }

    fn since(self, earlier: Self) -> f64 {
        (self.sum - earlier.sum) + (self.cut_off - earlier.cut_off)
    }
}

/// Running sums over the event times met so far, and the pull of each cluster.
struct Pulls<'a> {
    sorted: &'a Sorted,
    predictors: &'a [f64],
    /// The cluster of each row in the order of joining.
    clusters: Vec<u32>,
    /// Cluster by cluster, one value a covariate.
    pulls: Vec<f64>,
    /// After each event time: the hazard, and the hazard times the mean of each covariate.
    sums: Vec<Sum>,
    /// How many rows of sums there were when a subject joined.
    joined: Vec<usize>,
    stratum: Option<u32>,
    stratum_begins: usize,
}

impl<'a> Pulls<'a> {
    fn new(sorted: &'a Sorted, predictors: &'a [f64], clusters: &[u32]) -> Self {
        let rows = sorted.sets().joining();
        let (clusters, n_clusters) = numbered(rows.iter().map(|&row| clusters[row as usize]));
        Self {
            sorted,
            predictors,
            clusters,
            pulls: vec![0.0; n_clusters * sorted.n_covariates()],
            sums: vec![Sum::default(); sorted.n_covariates() + 1],
            joined: vec![0; rows.len()],
            stratum: None,
            stratum_begins: 0,
        }
    }

    fn meet(&mut self, step: &Step, event_time: Option<&EventTime>) {
        let sorted = self.sorted;
        let leaving = step
            .leaving
            .clone()
            .map(|leaving| sorted.place_of_leaving(leaving));
        leaving.for_each(|place| self.pull_of_time(place));
        if self.stratum.replace(step.stratum) != Some(step.stratum) {
            self.end_stratum(step.joining.start);
        }
        let so_far = self.n_sums();
        self.joined[step.joining.clone()].fill(so_far);
        if let Some(event_time) = event_time {
            for place in step.joining.clone().filter(|&place| sorted.event(place)) {
                self.pull_of_event(place, event_time);
            }
            self.add(event_time);
        }
    }

    fn end(&mut self) {
        let sets = self.sorted.sets();
        let met = sets.steps().last().map_or(0, |step| step.leaving.end);
        for leaving in met..sets.leaving().len() {
            self.pull_of_time(self.sorted.place_of_leaving(leaving));
        }
        self.end_stratum(sets.joining().len());
    }

    /// Subjects who are watched from the start stay until the end of their stratum.
    fn end_stratum(&mut self, next_begins: usize) {
        if self.sorted.sets().leaving().is_empty() {
            let begins = self.stratum_begins;
            (begins..next_begins).for_each(|place| self.pull_of_time(place));
        }
        self.stratum_begins = next_begins;
    }

    /// How many rows of sums there are.
    fn n_sums(&self) -> usize {
        self.sums.len() / (self.sorted.n_covariates() + 1)
    }

    fn add(&mut self, event_time: &EventTime) {
        let width = self.sorted.n_covariates() + 1;
        let last = self.sums.len() - width;
        let next = |at: usize| {
            let term = match at.checked_sub(1) {
                None => event_time.hazard(),
                Some(covariate) => event_time.hazard_mean(covariate),
            };
            self.sums[last + at].plus(term)
        };
        let row: Vec<Sum> = (0..width).map(next).collect();
        self.sums.extend(row);
    }

    /// How far the sums have moved since a subject joined, as it feels them.
    fn pull_of_time(&mut self, place: usize) {
        let risk = self.sorted.weight(place) * self.predictors[place].exp();
        let width = self.sorted.n_covariates() + 1;
        let (then, now) = ((self.joined[place] - 1) * width, self.sums.len() - width);
        let moved = |at: usize| self.sums[now + at].since(self.sums[then + at]);
        let (hazard, begin) = (moved(0), self.begin(place));
        for (covariate, x) in self.sorted.row(place).iter().enumerate() {
            let pull = risk * (x * hazard - moved(covariate + 1));
            self.pulls[begin + covariate] -= pull;
        }
    }

    fn pull_of_event(&mut self, place: usize, event_time: &EventTime) {
        let weight = self.sorted.weight(place);
        let risk = weight * self.predictors[place].exp();
        let begin = self.begin(place);
        let spared = event_time.hazard_spared();
        for (covariate, x) in self.sorted.row(place).iter().enumerate() {
            let from_mean = x - event_time.mean(covariate);
            let spared_part = x * spared - event_time.hazard_mean_spared(covariate);
            self.pulls[begin + covariate] += weight * from_mean + risk * spared_part;
        }
    }

    fn begin(&self, place: usize) -> usize {
        self.clusters[place] as usize * self.sorted.n_covariates()
    }

    fn summed(&self) -> RobustParts {
        let n = self.sorted.n_covariates();
        let mut total = vec![0.0; n];
        let mut spread = Matrix::zeros(n, n);
        for pull in self.pulls.chunks_exact(n) {
            for (row, &one) in pull.iter().enumerate() {
                total[row] += one;
                for (column, &other) in pull.iter().enumerate() {
                    spread[(row, column)] += one * other;
                }
            }
        }
        RobustParts { total, spread }
    }
}

/// Labels as numbers from 0 without gaps, and how many there are.
fn numbered(labels: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, usize) {
    let mut distinct: Vec<u32> = labels.clone().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let number = |label: u32| distinct.partition_point(|&other| other < label) as u32;
    (labels.map(number).collect(), distinct.len())
}
