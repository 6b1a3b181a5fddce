//! Which of several options are worth their extra cost.

/// An option: its name, what it costs and what it achieves.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionMeans {
    /// Its name; results carry it, so that order never decides what is compared with what.
    pub name: String,
    /// Its mean cost.
    pub cost: f64,
    /// Its mean effect.
    pub effect: f64,
}

/// How an option stands among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// The cheapest of those that count: nothing to compare it with.
    Reference,
    /// Each further unit of effect costs so much, against the next cheaper option that counts.
    Costs(f64),
    /// Another costs no more and achieves as much.
    Dominated,
    /// A mixture of two others costs no more and achieves as much.
    ExtendedDominated,
}

/// The options from the cheapest, each with how it stands: incremental cost-effectiveness. Options
/// that another beats are dropped first; then, again and again, the one whose extra unit costs more
/// than that of the next.
///
/// See `docs/methods/value-information.md`.
pub fn frontier(options: &[OptionMeans]) -> Vec<(OptionMeans, Standing)> {
    let mut sorted = options.to_vec();
    sorted.sort_by(|a, b| {
        let by_cost = a.cost.total_cmp(&b.cost);
        by_cost.then(b.effect.total_cmp(&a.effect))
    });
    let mut kept: Vec<usize> = Vec::new();
    let mut standing = vec![Standing::Dominated; sorted.len()];
    for (at, option) in sorted.iter().enumerate() {
        if kept
            .last()
            .is_none_or(|last| option.effect > sorted[*last].effect)
        {
            kept.push(at);
        }
    }
    while let Some(place) = first_bend(&sorted, &kept) {
        standing[kept.remove(place)] = Standing::ExtendedDominated;
    }
    if let Some(first) = kept.first() {
        standing[*first] = Standing::Reference;
    }
    for pair in kept.windows(2) {
        standing[pair[1]] = Standing::Costs(extra(&sorted, pair[0], pair[1]));
    }
    sorted.into_iter().zip(standing).collect()
}

/// What a further unit of effect costs from one option to another.
fn extra(options: &[OptionMeans], from: usize, to: usize) -> f64 {
    (options[to].cost - options[from].cost) / (options[to].effect - options[from].effect)
}

/// The first option between two others whose unit costs more than that of the next.
fn first_bend(options: &[OptionMeans], kept: &[usize]) -> Option<usize> {
    let bends =
        |three: &[usize]| extra(options, three[0], three[1]) >= extra(options, three[1], three[2]);
    kept.windows(3).position(bends).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Standing::{Costs, Dominated, ExtendedDominated, Reference};

    fn check(options: &[(&str, f64, f64)], expected: &[(&str, Standing)]) {
        let options: Vec<OptionMeans> = options
            .iter()
            .map(|(name, cost, effect)| OptionMeans {
                name: (*name).to_owned(),
                cost: *cost,
                effect: *effect,
            })
            .collect();
        let found = frontier(&options);
        assert_eq!(found.len(), expected.len());
        for ((option, standing), (name, wanted)) in found.iter().zip(expected) {
            assert_eq!(option.name, *name);
            match (standing, wanted) {
                (Costs(found), Costs(wanted)) => {
                    assert!((found / wanted - 1.0).abs() < 1e-6, "{name} {found}");
                }
                _ => assert_eq!(standing, wanted, "{name}"),
            }
        }
    }

    #[test]
    fn six_options() {
        check(
            &[
                ("E", 55e3, 5.0),
                ("D", 35e3, 4.0),
                ("C", 25e3, 3.0),
                ("B", 10e3, 2.0),
                ("A", 12e3, 1.5),
                ("UC", 5e3, 1.0),
            ],
            &[
                ("UC", Reference),
                ("B", Costs(5e3)),
                ("A", Dominated),
                ("C", ExtendedDominated),
                ("D", Costs(12.5e3)),
                ("E", Costs(20e3)),
            ],
        );
    }

    #[test]
    fn screening_by_interval() {
        let years = |months: f64| months / 12.0;
        check(
            &[
                ("none", 26e3, years(277.25)),
                ("once", 27e3, years(277.57)),
                ("5-yearly", 28_020.0, years(277.78)),
                ("3-yearly", 28_440.0, years(277.83)),
                ("annual", 29_440.0, years(277.76)),
            ],
            &[
                ("none", Reference),
                ("once", Costs(37_500.0)),
                ("5-yearly", Costs(58_285.714_285_7)),
                ("3-yearly", Costs(100_800.0)),
                ("annual", Dominated),
            ],
        );
    }

    #[test]
    fn one_option_and_none() {
        check(&[("only", 5.0, 1.0)], &[("only", Reference)]);
        check(&[], &[]);
        check(
            &[("b", 5.0, 1.0), ("a", 5.0, 1.0)],
            &[("b", Reference), ("a", Dominated)],
        );
    }
}
