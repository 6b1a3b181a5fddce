//! A published measure over the years: England dashed, this authority as published in a solid line,
//! and the figure of this report's returns as a dot with its interval in its year. Every line is named
//! at its right end. A year that the release withholds, or that is not known, is a gap.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, PublishedMeasure, Statistic, format};

use super::axes::{LEFT, Name, RIGHT, draw_names, draw_shares, scale_note, share_range};
use super::{published_source, subject};
use crate::canvas::{Canvas, Point, Stroke, Type};
use crate::figure::{DataTable, Figure};
use crate::layout::{Scale, body_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark};
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{as_sentence, fitting_title, n_is, place_and_period, short_place};

const PUBLISHED: &str = "stability.published";
const PLOT: f64 = 130.0;
/// Room between two years below the plot.
const LABEL_GAP: f64 = 8.0;
/// Room between the plot's edges and its first and last year.
const INSET: f64 = 24.0;

/// Draws a measure over the years. `None` without official statistics, or with those of one year.
pub fn draw_care_series(release: &Release, measure: PublishedMeasure) -> Option<Figure> {
    let series = Series::of(release, measure);
    if series.years.len() < 2 {
        return None;
    }
    let (canvas, height) = series.draw();
    Some(Figure {
        id: id(measure),
        title: series.title(),
        subtitle: format!("{}, {}", subject(measure), series.span(release)),
        source: series.source(),
        alt: series.alt(),
        body: canvas.finish(height),
        table: series.table(),
    })
}

fn id(measure: PublishedMeasure) -> &'static str {
    match measure {
        PublishedMeasure::ThreeOrMoreInYear => "care-series-year",
        PublishedMeasure::ThreeOrMoreInTwoYears => "care-series-two-years",
        PublishedMeasure::SameCarerTwoYears => "care-series-same-carer",
        PublishedMeasure::SuitableAccommodation17To18 => "care-series-leavers-17-to-18",
        PublishedMeasure::SuitableAccommodation19To21 => "care-series-leavers-19-to-21",
    }
}

/// The same measure, from the returns of this report.
fn own(release: &Release, measure: PublishedMeasure) -> Reading<'_> {
    let (id, group) = match measure {
        PublishedMeasure::ThreeOrMoreInYear => {
            ("stability.three_or_more", Group::of("window", "year"))
        }
        PublishedMeasure::ThreeOrMoreInTwoYears => {
            ("stability.three_or_more", Group::of("window", "two_years"))
        }
        PublishedMeasure::SameCarerTwoYears => ("stability.same_carer_two_years", Group::all()),
        PublishedMeasure::SuitableAccommodation17To18 => {
            ("leavers.accommodation", suitable_at("17_to_18"))
        }
        PublishedMeasure::SuitableAccommodation19To21 => {
            ("leavers.accommodation", suitable_at("19_to_21"))
        }
    };
    Reading::of(release, id, &group, Statistic::Proportion)
}

fn suitable_at(age: &str) -> Group {
    Group::of("age", age).and("accommodation", "suitable")
}

struct Year<'a> {
    year: i16,
    england: Reading<'a>,
    authority: Reading<'a>,
}

struct Series<'a> {
    measure: PublishedMeasure,
    place: String,
    years: Vec<Year<'a>>,
    own: Reading<'a>,
    /// The year in which the returns of this report end.
    own_year: i16,
}

impl<'a> Series<'a> {
    fn of(release: &'a Release, measure: PublishedMeasure) -> Self {
        let of = |area: &str, year: i16| {
            let group = Group::of("of", measure.code())
                .and("area", area)
                .and("year", &year.to_string());
            Reading::of(release, PUBLISHED, &group, Statistic::Proportion)
        };
        let mut years: Vec<i16> = release
            .of(PUBLISHED)
            .filter(|released| released.group().get("of") == Some(measure.code()))
            .filter_map(|released| released.group().get("year")?.parse().ok())
            .collect();
        years.sort_unstable();
        years.dedup();
        let end = release.settings().period.end;
        Self {
            measure,
            place: short_place(release),
            years: years
                .into_iter()
                .map(|year| Year {
                    year,
                    england: of("england", year),
                    authority: of("authority", year),
                })
                .collect(),
            own: own(release, measure),
            own_year: end.year() + i16::from((end.month(), end.day()) >= (4, 1)),
        }
    }

    fn ends(&self) -> Option<(&Year<'a>, &Year<'a>)> {
        self.years.first().zip(self.years.last())
    }

    fn span(&self, release: &Release) -> String {
        match self.ends() {
            Some((first, last)) => format!("31 March {} to {}", first.year, last.year),
            None => place_and_period(release),
        }
    }

    fn title(&self) -> String {
        let plain = format!("{} and England over the years", as_sentence(&self.place));
        let Some((_, last)) = self.ends() else {
            return plain;
        };
        let share = |reading: Reading<'_>| reading.value().map(format::share);
        match (share(last.authority), share(last.england)) {
            (Some(own), Some(england)) => fitting_title(&[
                format!(
                    "{}: {own} in {} as published, England {england}",
                    as_sentence(&self.place),
                    last.year
                ),
                plain,
            ]),
            (None, Some(england)) => match self.own_drawn() {
                Some((own, _)) => fitting_title(&[
                    format!(
                        "{}: {} in {} by these returns, England {england}",
                        as_sentence(&self.place),
                        format::share(own),
                        self.own_year
                    ),
                    plain,
                ]),
                None => fitting_title(&[format!("England: {england} in {}", last.year), plain]),
            },
            _ => plain,
        }
    }

    fn source(&self) -> String {
        let mut records = self.years.iter().filter_map(|year| year.england.0);
        let source = records
            .next_back()
            .map_or_else(String::new, published_source);
        let base = match self.own.denominator() {
            Some(n) => format!("{} children in these returns", n_is(n)),
            None => "n beside each year in the table".to_owned(),
        };
        format!(
            "{source} {base}. England is rounded to ten children; releases restate earlier years."
        )
    }

    fn alt(&self) -> String {
        let line = |name: &str, pick: fn(&Year<'a>) -> Reading<'a>| {
            let told: Vec<String> = self
                .years
                .iter()
                .filter_map(|year| {
                    let share = format::share(pick(year).value()?);
                    Some(format!("{share} in {}", year.year))
                })
                .collect();
            (!told.is_empty()).then(|| format!("{name}: {}", told.join(", ")))
        };
        let own = self
            .own
            .sound_share()
            .map(|share| format!("In the returns of this report: {}", format::share(share)));
        let told: Vec<String> = [
            line("England", |year| year.england),
            line(&as_sentence(&self.place), |year| year.authority),
            own,
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("Lines over the years. {}.", told.join(". "))
    }

    /// The own figure where it has a year in the plot.
    fn own_drawn(&self) -> Option<(f64, Option<(f64, f64)>)> {
        let has_year = self.years.iter().any(|year| year.year == self.own_year);
        let share = self.own.sound_share().filter(|_| has_year)?;
        Some((share, self.own.interval()))
    }

    fn draw(&self) -> (Canvas, f64) {
        let mut canvas = Canvas::chart(id(self.measure));
        let top = match self.own_drawn() {
            Some(_) => {
                let words = format!("{}, by these returns, with 95% interval", self.place);
                let key = [(Mark::Interval, words.as_str())];
                marks::key(&mut canvas, (0.0, 8.0), &key).height + 8.0
            }
            None => 12.0,
        };
        let bottom = top + PLOT;
        let levels = self.levels();
        let up = Scale {
            from: bottom,
            to: top,
            low: levels.first().copied().unwrap_or_default(),
            high: levels.last().copied().unwrap_or(1.0),
        };
        draw_shares(&mut canvas, &levels, up);
        let across = self.across();
        canvas.group("years", |canvas| {
            let mut free_until = f64::INFINITY;
            for year in self.years.iter().rev() {
                let x = across.at(f64::from(year.year));
                canvas.rule((x, bottom), (x, bottom + 5.0), Stroke::BASE);
                let label = year.year.to_string();
                let half = Type::LABEL.width(&label) / 2.0;
                // The last year is named, and every year before it that has room.
                if x + half + LABEL_GAP <= free_until {
                    let at = (x, bottom + LEADING + 4.0);
                    canvas.text(at, &label, Type::LABEL.middle());
                    free_until = x - half;
                }
            }
        });
        self.draw_lines(&mut canvas, (across, up));
        let mut height = bottom + LEADING + 12.0;
        if let Some(note) = scale_note(&levels) {
            height += LEADING;
            canvas.text((LEFT, height - 6.0), &note, Type::LABEL);
        }
        (canvas, height)
    }

    fn levels(&self) -> Vec<f64> {
        let published = self.years.iter().flat_map(|year| {
            [year.england.value(), year.authority.value()]
                .into_iter()
                .flatten()
        });
        let own = self.own_drawn().into_iter().flat_map(|(share, ends)| {
            let (low, high) = ends.unwrap_or((share, share));
            [low, high]
        });
        let all: Vec<f64> = published.chain(own).collect();
        let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
        share_range(lowest, all.iter().copied().fold(0.0, f64::max))
    }

    fn across(&self) -> Scale {
        let (low, high) = self.ends().map_or((0.0, 1.0), |(first, last)| {
            (first.year.into(), last.year.into())
        });
        Scale {
            from: LEFT + INSET,
            to: RIGHT - INSET,
            low,
            high,
        }
    }

    /// The years with a share, parted where one is missing between them.
    fn runs(&self, pick: fn(&Year<'a>) -> Reading<'a>) -> Vec<Vec<(i16, f64)>> {
        let known = self.years.iter();
        let known: Vec<(i16, f64)> = known
            .filter_map(|year| Some((year.year, pick(year).value()?)))
            .collect();
        let runs = known.chunk_by(|one, next| next.0 == one.0 + 1);
        runs.map(<[(i16, f64)]>::to_vec).collect()
    }

    fn draw_lines(&self, canvas: &mut Canvas, (across, up): (Scale, Scale)) {
        let mut names = Vec::new();
        let mut line = |canvas: &mut Canvas,
                        (code, name, style): (&str, &str, Type),
                        stroke: Stroke,
                        pick: fn(&Year<'a>) -> Reading<'a>| {
            let mut last = None;
            canvas.group(code, |canvas| {
                for run in self.runs(pick) {
                    let at =
                        |(year, share): &(i16, f64)| (across.at(f64::from(*year)), up.at(*share));
                    let points: Vec<Point> = run.iter().map(at).collect();
                    last = points.last().copied().or(last);
                    match points.as_slice() {
                        [] => {}
                        // A year between two gaps.
                        [alone] => canvas.disc(*alone, 3.5, stroke.colour()),
                        _ => canvas.line(points, stroke),
                    }
                }
            });
            let shown = |year: &&Year<'a>| pick(year).value().is_some();
            let named = self.years.iter().rev().find(shown).zip(last);
            names.extend(named.map(|(year, end)| Name {
                words: format!("{name} {}", pick(year).share_text()),
                y: end.1,
                style,
            }));
        };
        let england = ("england", "England", Type::LABEL);
        line(canvas, england, marks::NATIONAL, |year| year.england);
        let name = if Type::FOCUS.width(&self.place) < 80.0 {
            self.place.as_str()
        } else {
            "Here"
        };
        let authority = ("authority", name, Type::FOCUS);
        line(canvas, authority, marks::PUBLISHED, |year| year.authority);
        draw_names(canvas, names, (up.to, up.from));
        let Some((share, ends)) = self.own_drawn() else {
            return;
        };
        canvas.group("own", |canvas| {
            let x = across.at(f64::from(self.own_year));
            if let Some((low, high)) = ends {
                canvas.rule((x, up.at(low)), (x, up.at(high)), Stroke::INTERVAL);
            }
            marks::programme(canvas, (x, up.at(share)));
        });
    }

    /// England's years, the authority's beside them where the statistics name it, and under both the
    /// figure of these returns.
    fn table(&self) -> DataTable {
        let pair = |reading: Reading<'_>| [reading.share_cell(), reading.cell(reading.base_text())];
        let named = self.years.iter().any(|year| year.authority.0.is_some());
        let own = self.own.value().map(|_| pair(self.own));
        let mut columns = vec![
            words_column("31 March"),
            numbers_column("England"),
            numbers_column("n of N"),
        ];
        if named || own.is_some() {
            columns.push(numbers_column(&as_sentence(&self.place)));
            columns.push(numbers_column("n of N"));
        }
        let mut rows: Vec<_> = self
            .years
            .iter()
            .map(|year| {
                let mut cells = vec![words_cell(year.year.to_string())];
                cells.extend(pair(year.england));
                if named {
                    cells.extend(pair(year.authority));
                }
                cells.resize_with(columns.len(), || words_cell(""));
                body_row(cells)
            })
            .collect();
        if let Some(own) = own {
            let mut cells = vec![words_cell(format!("{}, by these returns", self.own_year))];
            cells.resize_with(3, || words_cell(""));
            cells.extend(own);
            rows.push(body_row(cells));
        }
        DataTable { columns, rows }
    }
}
