//! Scorers that look at one row at a time: series of arguments to one series.
//!
//! An argument may have one value for all rows. Numbers come as 64-bit floating point.

use kinfolk::model::{Code, Informant, SdqForm, parse_code};
use kinfolk::sdq::{BandSystem, ImpactColumns, ItemColumns, MISSING, Scale, ScoreColumns, band};
use kinfolk::stages::reliable_code;
use kinfolk::stats::reliable_change;
use polars::error::{PolarsError, PolarsResult};
use polars::prelude::{NamedFrom, Series};

const N_ITEMS: usize = 25;
/// The highest answer to an item.
const HIGHEST_ANSWER: u8 = 2;
/// The highest answer to a question about impact.
const HIGHEST_IMPACT_ANSWER: u8 = 3;
/// The highest score of any scale.
const HIGHEST_SCORE: u8 = 40;

const SCALES: [(&str, Scale); 9] = [
    ("emotional", Scale::Emotional),
    ("conduct", Scale::Conduct),
    ("hyperactivity", Scale::Hyperactivity),
    ("peer", Scale::Peer),
    ("prosocial", Scale::Prosocial),
    ("total", Scale::Total),
    ("externalising", Scale::Externalising),
    ("internalising", Scale::Internalising),
    ("impact", Scale::Impact),
];
const SYSTEMS: [(&str, BandSystem); 2] = [("three", BandSystem::Three), ("four", BandSystem::Four)];

/// The scale, then the 25 items: the score of each row.
pub(crate) fn sdq_score(arguments: &[Series]) -> PolarsResult<Series> {
    let arguments = Arguments::new(arguments, 1 + N_ITEMS)?;
    let scale = arguments.one_of(0, "scale", &SCALES)?;
    let items = (1..=N_ITEMS)
        .map(|at| arguments.digits(at, HIGHEST_ANSWER))
        .collect::<PolarsResult<Vec<_>>>()?;
    let columns = ItemColumns::new(std::array::from_fn(|item| items[item].as_slice()));
    let scores = columns.map_err(refused)?.score();
    Ok(arguments.scores(of_scale(&scores, scale)?))
}

fn of_scale(scores: &ScoreColumns, scale: Scale) -> PolarsResult<&[u8]> {
    let [emotional, conduct, hyperactivity, peer, prosocial] = &scores.scales;
    Ok(match scale {
        Scale::Emotional => &emotional.score,
        Scale::Conduct => &conduct.score,
        Scale::Hyperactivity => &hyperactivity.score,
        Scale::Peer => &peer.score,
        Scale::Prosocial => &prosocial.score,
        Scale::Total => &scores.total,
        Scale::Externalising => &scores.externalising,
        Scale::Internalising => &scores.internalising,
        Scale::Impact => return Err(refused("impact has questions of its own: use sdq_impact")),
    })
}

/// Who answered, then difficulties, distress, home, friends, classroom, leisure: the impact score.
pub(crate) fn sdq_impact(arguments: &[Series]) -> PolarsResult<Series> {
    let arguments = Arguments::new(arguments, 7)?;
    let informants: Vec<Option<Informant>> = arguments.codes(0)?;
    let questions = (1..=6)
        .map(|at| arguments.digits(at, HIGHEST_IMPACT_ANSWER))
        .collect::<PolarsResult<Vec<_>>>()?;
    let question = |at: usize| questions.get(at).map(Vec::as_slice);
    let columns = ImpactColumns {
        difficulties: question(0),
        distress: question(1),
        home: question(2),
        friends: question(3),
        classroom: question(4),
        leisure: question(5),
    };
    let asked: Vec<Informant> = informants
        .iter()
        .map(|informant| informant.unwrap_or(Informant::ParentCarer))
        .collect();
    let mut scores = columns.score(&asked);
    for (score, informant) in scores.iter_mut().zip(&informants) {
        // Which questions count depends on who answered.
        if informant.is_none() {
            *score = MISSING;
        }
    }
    Ok(arguments.scores(&scores))
}

/// The score, then the scale, who answered, the form and the cut points: the band of the score.
pub(crate) fn sdq_band(arguments: &[Series]) -> PolarsResult<Series> {
    let arguments = Arguments::new(arguments, 5)?;
    let scores = arguments.digits(0, HIGHEST_SCORE)?;
    let scale = arguments.one_of(1, "scale", &SCALES)?;
    let informants: Vec<Option<Informant>> = arguments.codes(2)?;
    let forms: Vec<Option<SdqForm>> = arguments.codes(3)?;
    let system = arguments.one_of(4, "system", &SYSTEMS)?;
    let rows = scores.into_iter().zip(informants).zip(forms);
    let bands = rows.map(|((score, informant), form)| {
        let found = band(system, scale, informant?, form?, score)?;
        Some(found.code_for(scale))
    });
    Ok(arguments.texts_of(bands.collect()))
}

/// The first score, the last score, the standard deviation and the reliability: the class of change.
pub(crate) fn reliable_class(arguments: &[Series]) -> PolarsResult<Series> {
    let arguments = Arguments::new(arguments, 4)?;
    let (first, last) = (arguments.numbers(0)?, arguments.numbers(1)?);
    let index = reliable_change(
        arguments.number(2, "sd")?,
        arguments.number(3, "reliability")?,
    );
    let index = index.map_err(refused)?;
    let classes = first.into_iter().zip(last).map(|(first, last)| {
        let change = (last? - first?).is_finite().then_some(last? - first?)?;
        Some(reliable_code(index.class(change)))
    });
    Ok(arguments.texts_of(classes.collect()))
}

fn refused(reason: impl ToString) -> PolarsError {
    PolarsError::ComputeError(reason.to_string().into())
}

/// Series of one length, or of one value.
struct Arguments<'a> {
    series: &'a [Series],
    n_rows: usize,
}

impl<'a> Arguments<'a> {
    fn new(series: &'a [Series], expected: usize) -> PolarsResult<Self> {
        if series.len() != expected {
            let found = series.len();
            return Err(refused(format!("{found} arguments instead of {expected}")));
        }
        let lengths = || series.iter().map(|one| one.len());
        let n_rows = match lengths().min() {
            Some(0) => 0,
            _ => lengths().max().unwrap_or(0),
        };
        match series
            .iter()
            .find(|one| one.len() > 1 && one.len() != n_rows)
        {
            Some(one) => {
                let (name, found) = (one.name(), one.len());
                Err(refused(format!(
                    "{name} has {found} rows instead of {n_rows}"
                )))
            }
            None => Ok(Self { series, n_rows }),
        }
    }

    fn numbers(&self, at: usize) -> PolarsResult<Vec<Option<f64>>> {
        let cells = self.series[at].f64()?;
        Ok(self.spread(cells.iter().collect()))
    }

    /// One number for all rows.
    fn number(&self, at: usize, option: &str) -> PolarsResult<f64> {
        let numbers = self.series[at].f64()?;
        match (numbers.len(), numbers.get(0)) {
            (1, Some(number)) => Ok(number),
            _ => Err(refused(format!("{option} is to be one number"))),
        }
    }

    /// Whole numbers from 0 to the highest.
    fn digits(&self, at: usize, highest: u8) -> PolarsResult<Vec<u8>> {
        let series = &self.series[at];
        let digits = series.f64()?.iter().map(|cell| {
            let Some(number) = cell else {
                return Ok(MISSING);
            };
            let is_digit = number.fract() == 0.0 && (0.0..=f64::from(highest)).contains(&number);
            is_digit.then_some(number as u8).ok_or_else(|| {
                let name = series.name();
                refused(format!(
                    "{name}: {number} is no whole number from 0 to {highest}"
                ))
            })
        });
        Ok(self.spread(digits.collect::<PolarsResult<_>>()?))
    }

    fn codes<C: Code>(&self, at: usize) -> PolarsResult<Vec<Option<C>>> {
        let texts = self.series[at].str()?;
        let codes = texts
            .iter()
            .map(|text| text.map(parse_code).transpose().map_err(refused));
        Ok(self.spread(codes.collect::<PolarsResult<_>>()?))
    }

    /// One of the names, for all rows.
    fn one_of<T: Copy>(&self, at: usize, option: &str, names: &[(&str, T)]) -> PolarsResult<T> {
        let texts = self.series[at].str()?;
        let text = texts.get(0).unwrap_or_default();
        let found = names.iter().find(|(name, _)| *name == text);
        found.map(|(_, member)| *member).ok_or_else(|| {
            let all: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let all = all.join(", ");
            refused(format!("{option}: `{text}` is none of {all}"))
        })
    }

    /// One value for all rows, where there is one.
    fn spread<T: Copy>(&self, cells: Vec<T>) -> Vec<T> {
        match cells.as_slice() {
            [one] => vec![*one; self.n_rows],
            _ if self.n_rows == 0 => Vec::new(),
            _ => cells,
        }
    }

    fn scores(&self, scores: &[u8]) -> Series {
        let scores: Vec<Option<i64>> = scores
            .iter()
            .map(|&score| (score != MISSING).then_some(score.into()))
            .collect();
        Series::new(self.series[0].name().clone(), scores)
    }

    fn texts_of(&self, texts: Vec<Option<&str>>) -> Series {
        Series::new(self.series[0].name().clone(), texts)
    }
}
