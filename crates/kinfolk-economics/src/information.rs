//! What it would be worth to know more before deciding.

use kinfolk_model::DiscountSchedule;
use kinfolk_stats::{normal_below, normal_density};

use crate::EconomicsError;
use crate::acceptability::first_highest;
use crate::discount::{Timing, annuity};
use crate::sum::sum;

/// What it would be worth to know everything, when the better of two options is better by a normal
/// variable with that mean and standard deviation: the expected loss of deciding by the mean.
///
/// See `docs/methods/value-information.md`.
pub fn normal_information(mean: f64, sd: f64) -> f64 {
    if sd <= 0.0 {
        return 0.0;
    }
    let score = mean.abs() / sd;
    sd * normal_density(score) - mean.abs() * normal_below(-score)
}

/// A planned study of an input that enters the net benefit in a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedStudy {
    /// The mean net benefit.
    pub mean: f64,
    /// The standard deviation of the net benefit that comes from the input alone.
    pub sd: f64,
    /// How many children stand behind what is known of the input.
    pub known: f64,
    /// How many more the study would have.
    pub more: f64,
}

/// What such a study would be worth: what is learned moves the mean with standard deviation
/// sd · √(more / (more + known)).
pub fn sample_information(study: &PlannedStudy) -> f64 {
    let learned = study.more / (study.more + study.known);
    normal_information(study.mean, study.sd * learned.sqrt())
}

/// What it would be worth to know one input: draws sorted by the input are cut into blocks of nearly
/// equal size, and in each the best option of its means is taken. More blocks find more, and beyond
/// some they find noise.
///
/// `net_benefits` has a list for each option. Draws with equal inputs keep their order.
///
/// # Errors
///
/// [`EconomicsError::Lengths`] when lists differ in length, or there are more blocks than draws.
pub fn partial_information(
    input: &[f64],
    net_benefits: &[Vec<f64>],
    blocks: usize,
) -> Result<f64, EconomicsError> {
    let order = order(input, net_benefits)?;
    let n = order.len();
    if blocks == 0 || blocks > n {
        return Err(EconomicsError::Lengths {
            what: "blocks",
            found: blocks,
            expected: n,
        });
    }
    let best_of_block = |block: usize| {
        let draws = &order[block * n / blocks..(block + 1) * n / blocks];
        highest(&sums(net_benefits, draws))
    };
    let informed = sum((0..blocks).map(best_of_block)) / n as f64;
    let now = highest(&sums(net_benefits, &order)) / n as f64;
    Ok((informed - now).max(0.0))
}

/// The same with the one cut of the sorted draws that finds most: a decision that switches once as
/// the input rises.
///
/// # Errors
///
/// [`EconomicsError::Lengths`] when lists differ in length.
pub fn single_cut_information(
    input: &[f64],
    net_benefits: &[Vec<f64>],
) -> Result<f64, EconomicsError> {
    let order = order(input, net_benefits)?;
    let all = sums(net_benefits, &order);
    let mut below = vec![0.0; net_benefits.len()];
    let mut most = highest(&all);
    for draw in &order {
        for (sum, net) in below.iter_mut().zip(net_benefits) {
            *sum += net[*draw];
        }
        let above: Vec<f64> = all.iter().zip(&below).map(|(all, sum)| all - sum).collect();
        most = most.max(highest(&below) + highest(&above));
    }
    Ok((most - highest(&all)).max(0.0) / order.len() as f64)
}

fn order(input: &[f64], net_benefits: &[Vec<f64>]) -> Result<Vec<usize>, EconomicsError> {
    let n = input.len();
    if let Some(list) = net_benefits.iter().find(|list| list.len() != n || n == 0) {
        return Err(EconomicsError::Lengths {
            what: "draws",
            found: list.len(),
            expected: n.max(1),
        });
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| input[*a].total_cmp(&input[*b]));
    Ok(order)
}

fn sums(net_benefits: &[Vec<f64>], draws: &[usize]) -> Vec<f64> {
    let total = |net: &Vec<f64>| sum(draws.iter().map(|draw| net[*draw]));
    net_benefits.iter().map(total).collect()
}

fn highest(values: &[f64]) -> f64 {
    values.get(first_highest(values)).copied().unwrap_or(0.0)
}

/// What information is worth to all who will be affected: so many a year, for so many years,
/// discounted by year and not continuously. Without discounting it is worth the years times as much.
pub fn population_value(
    each: f64,
    a_year: f64,
    schedule: &DiscountSchedule,
    years: u32,
    timing: Timing,
) -> f64 {
    each * a_year * annuity(schedule, years, timing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 5e-9, "{value} {expected}");
    }

    #[test]
    fn normal_theory() {
        close(normal_information(0.0, 1.0), 0.398_942_28);
        close(normal_information(0.0, 5f64.sqrt()), 0.892_062_06);
        close(normal_information(20.0, 100.0), 30.689_463_59);
        close(normal_information(-50.0, 80.0), 12.953_601_03);
        close(normal_information(3.0, 0.0), 0.0);
    }

    #[test]
    fn a_study_learns_a_part() {
        let study = |mean| PlannedStudy {
            mean,
            sd: 2.0,
            known: 50.0,
            more: 100.0,
        };
        close(sample_information(&study(0.0)), 0.651_470_02);
        close(sample_information(&study(0.5)), 0.431_771_32);
    }

    #[test]
    fn two_blocks_by_hand() {
        let input = [4.0, 1.0, 3.0, 2.0];
        let net = [vec![0.0; 4], vec![5.0, -3.0, 1.0, -1.0]];
        // Sorted gains: -3, -1, 1, 5. Now: max(0, 2)/4. Two blocks, or one cut: 6/4.
        assert_eq!(partial_information(&input, &net, 2), Ok(1.0));
        assert_eq!(single_cut_information(&input, &net), Ok(1.0));
        assert_eq!(partial_information(&input, &net, 1), Ok(0.0));
        assert!(partial_information(&input, &net, 5).is_err());
        assert!(partial_information(&input[..3], &net, 2).is_err());
    }

    #[test]
    fn years_count_when_nothing_is_discounted() {
        let flat = DiscountSchedule::flat("flat", 0.035);
        close(
            population_value(1.0, 1.0, &flat, 10, Timing::EndOfYear),
            8.316_605_322_6,
        );
        close(
            population_value(1.0, 1.0, &flat, 10, Timing::StartOfYear),
            8.607_686_508_9,
        );
        let none = DiscountSchedule::flat("none", 0.0);
        close(
            population_value(2.0, 3.0, &none, 10, Timing::EndOfYear),
            60.0,
        );
    }
}
