//! Every authority's published share by its number of children, and the limits within which chance
//! alone would keep them: what a funnel plot is drawn from. Nobody is ranked.

use kinfolk_model::{Estimate, Group, PublishedShare, Statistic, Unit};
use kinfolk_stats::{Confidence, Interval, Proportion, funnel_limits};

use super::published::{Beside, known};
use crate::estimate::entry::PUBLISHED;

const AUTHORITIES: &str = "stability.authorities";
/// Authorities with so many children or fewer say nothing of their own.
const TOO_FEW: u64 = 10;
/// With fewer authorities than this, limits around their common share mean little.
const FEWEST_AUTHORITIES: usize = 10;
/// Points of each limit from the smallest authority to the largest.
const N_POINTS: u32 = 24;
/// The limits: code and level.
const LIMITS: [(&str, f64); 2] = [("95", 0.95), ("99.8", 0.998)];

/// One authority with numbers.
struct Peer<'p> {
    code: &'p str,
    role: &'static str,
    share: Proportion,
}

impl Beside<'_> {
    /// Shares of all authorities, how many lie outside the limits, and the limits by size; nothing
    /// where there are too few authorities or no numbers of England.
    pub(super) fn write_peers(&self, records: &mut Vec<Estimate>) {
        let all = self.authorities();
        let mut peers: Vec<Peer<'_>> = all.iter().filter_map(|share| self.peer(share)).collect();
        let Some(chance) = self.chance().filter(|_| peers.len() >= FEWEST_AUTHORITIES) else {
            return;
        };
        peers.sort_by_key(|peer| (peer.share.trials(), peer.code));
        let (drawn, small): (Vec<&Peer<'_>>, Vec<&Peer<'_>>) =
            peers.iter().partition(|peer| peer.share.trials() > TOO_FEW);
        records.extend(drawn.iter().map(|peer| self.of_peer(peer, chance)));
        let beyond = |level| {
            let is_beyond = |peer: &&&Peer<'_>| is_beyond(peer.share, chance, level);
            drawn.iter().filter(is_beyond).count()
        };
        let [outside, far_outside] = LIMITS.map(|(_, level)| beyond(level));
        for (lies, n) in [
            ("within_95", drawn.len() - outside),
            ("within_99.8", outside - far_outside),
            ("beyond_99.8", far_outside),
            ("too_few_children", small.len()),
            ("withheld", all.len() - peers.len()),
        ] {
            records.push(self.count_of(lies, n));
        }
        let ends = drawn.first().zip(drawn.last());
        let sizes = ends.map(|(least, most)| sizes(least.share.trials(), most.share.trials()));
        for (code, level) in LIMITS {
            let at = sizes.iter().flatten();
            records.extend(at.map(|size| self.limits_at((code, level), *size, chance)));
        }
    }

    fn peer<'s>(&self, share: &'s PublishedShare) -> Option<Peer<'s>> {
        let code = share.area.authority_code()?;
        Some(Peer {
            code,
            role: self.role_of(code),
            share: known(share)?,
        })
    }

    fn of_peer(&self, peer: &Peer<'_>, chance: f64) -> Estimate {
        let group = self.group("role", peer.role).and("authority", peer.code);
        Estimate {
            value: peer.share.share(),
            numerator: Some(peer.share.successes()),
            denominator: Some(peer.share.trials()),
            note: match peer.role {
                "own" => place(peer.share, chance),
                _ => String::new(),
            },
            ..self.blank(AUTHORITIES, group, PUBLISHED)
        }
    }

    fn count_of(&self, lies: &str, n: usize) -> Estimate {
        Estimate {
            statistic: Statistic::Count,
            unit: Unit::Authorities,
            value: Some(n as f64),
            ..self.blank(AUTHORITIES, self.group("lies", lies), "funnel/1")
        }
    }

    /// An amount rather than a share, since a curve needs more than whole per cents.
    fn limits_at(&self, (code, level): (&str, f64), size: u64, chance: f64) -> Estimate {
        let group: Group = self.group("limit", code).and("children", &size.to_string());
        let limits = limits(size, chance, level);
        Estimate {
            statistic: Statistic::Amount,
            value: Some(chance),
            lower: limits.map(|limits| limits.lower),
            upper: limits.map(|limits| limits.upper),
            level: Some(level),
            denominator: Some(size),
            ..self.blank("stability.funnel", group, "funnel/1")
        }
    }
}

fn limits(trials: u64, chance: f64, level: f64) -> Option<Interval> {
    funnel_limits(chance, trials, Confidence::new(level).ok()?)
}

fn is_beyond(share: Proportion, chance: f64, level: f64) -> bool {
    let value = share.share().unwrap_or_default();
    limits(share.trials(), chance, level)
        .is_some_and(|limits| value < limits.lower || limits.upper < value)
}

/// Where a share lies, in words: `within the 95% limits`, `above the 99.8% limits`.
fn place(share: Proportion, chance: f64) -> String {
    let side = match share.share() {
        Some(value) if value > chance => "above",
        _ => "below",
    };
    let beyond = LIMITS
        .iter()
        .rev()
        .find(|(_, level)| is_beyond(share, chance, *level));
    match beyond {
        Some((code, _)) => format!("{side} the {code}% limits"),
        None => "within the 95% limits".to_owned(),
    }
}

/// Numbers of children at which limits are stated: denser where they are small, as the limits narrow
/// with the root of the number.
fn sizes(least: u64, most: u64) -> Vec<u64> {
    let (from, to) = ((least as f64).sqrt(), (most as f64).sqrt());
    let mut sizes: Vec<u64> = (0..=N_POINTS)
        .map(|at| from + (to - from) * f64::from(at) / f64::from(N_POINTS))
        .map(|root| (root * root).round() as u64)
        .collect();
    sizes.dedup();
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::stability::{PublishedOptions, estimate_published};
    use kinfolk_model::{Neighbours, PublishedArea, PublishedMeasure};

    fn share(area: PublishedArea, numerator: Option<u64>, denominator: u64) -> PublishedShare {
        PublishedShare {
            year: 2025,
            area,
            measure: PublishedMeasure::ThreeOrMoreInYear,
            numerator,
            denominator: Some(denominator),
        }
    }

    fn authority(code: usize) -> PublishedArea {
        PublishedArea::Authority {
            code: code.to_string(),
            name: format!("Authority {code}"),
            region: "North".to_owned(),
        }
    }

    /// Authorities of 100 children around England's one in ten, with these numbers; the first is the
    /// one that is reported on, the second its neighbour.
    fn records(numbers: &[Option<u64>]) -> Vec<Estimate> {
        let mut shares = vec![share(PublishedArea::England, Some(8000), 80_000)];
        let numbers = numbers.iter().enumerate();
        shares.extend(numbers.map(|(code, number)| share(authority(code), *number, 100)));
        shares.push(share(authority(99), Some(1), 10));
        let neighbours = [Neighbours {
            code: "0".to_owned(),
            neighbours: vec!["1".to_owned()],
        }];
        let options = PublishedOptions {
            authority: "Authority 0".to_owned(),
            year: 2025,
            release: "2025".to_owned(),
        };
        estimate_published(&shares, &neighbours, &options)
    }

    const NUMBERS: [Option<u64>; 12] = [
        Some(17),
        Some(10),
        Some(9),
        Some(11),
        Some(10),
        Some(8),
        Some(12),
        Some(10),
        Some(10),
        Some(4),
        Some(30),
        None,
    ];

    #[test]
    fn authorities_are_counted_by_where_they_lie() {
        let records = records(&NUMBERS);
        let count = |lies: &str| {
            let group = format!("of=three_or_more_in_year;lies={lies}");
            let mut all = records.iter();
            let found = all.find(|r| r.measure == AUTHORITIES && r.group.to_string() == group);
            found.and_then(|record| record.value)
        };
        // By R's qbinom, 5 to 16 and 2 to 20 of 100.
        assert_eq!(count("within_95"), Some(8.0));
        assert_eq!(count("within_99.8"), Some(2.0));
        assert_eq!(count("beyond_99.8"), Some(1.0));
        assert_eq!(count("withheld"), Some(1.0));
        assert_eq!(count("too_few_children"), Some(1.0));
    }

    #[test]
    fn every_authority_has_its_role_and_only_the_own_one_its_place() {
        let records = records(&NUMBERS);
        let peers: Vec<&Estimate> = records
            .iter()
            .filter(|r| r.measure == AUTHORITIES && r.group.get("role").is_some())
            .collect();
        assert_eq!(peers.len(), 11, "neither the withheld nor the small one");
        let role = |code: &str| {
            let mut all = peers.iter();
            all.find(|r| r.group.get("authority") == Some(code))
                .copied()
        };
        let own = role("0").unwrap();
        assert_eq!(own.group.get("role"), Some("own"));
        assert_eq!(own.note, "above the 95% limits");
        assert_eq!(role("1").unwrap().group.get("role"), Some("neighbour"));
        assert_eq!(role("2").unwrap().group.get("role"), Some("other"));
        assert!(role("2").unwrap().note.is_empty());
    }

    #[test]
    fn fewer_than_ten_authorities_make_no_funnel() {
        let records = records(&NUMBERS[..8]);
        assert!(records.iter().all(|record| record.measure != AUTHORITIES));
    }

    #[test]
    fn sizes_run_from_the_smallest_to_the_largest() {
        let found = sizes(11, 1700);
        assert_eq!((found.first(), found.last()), (Some(&11), Some(&1700)));
        assert!(found.is_sorted() && found.len() == 25);
        assert_eq!(sizes(40, 40), [40]);
    }

    #[test]
    fn a_share_at_the_limit_is_not_beyond_it() {
        // By R's qbinom, 95% of authorities of 100 children lie from 5 to 16 around one in ten.
        let check = |successes, expected| {
            let share = Proportion::new(successes, 100).unwrap();
            assert_eq!(is_beyond(share, 0.1, 0.95), expected, "{successes}");
        };
        check(4, true);
        check(5, false);
        check(16, false);
        check(17, true);
    }

    #[test]
    fn a_share_beyond_both_limits_is_said_to_be_beyond_the_wider() {
        let check = |successes, expected| {
            let share = Proportion::new(successes, 100).unwrap();
            assert_eq!(place(share, 0.1), expected, "{successes}");
        };
        check(10, "within the 95% limits");
        check(4, "below the 95% limits");
        check(17, "above the 95% limits");
        // By R's qbinom, the wider limits are 2 and 20.
        check(20, "above the 95% limits");
        check(21, "above the 99.8% limits");
        check(1, "below the 99.8% limits");
    }
}
