//! Every authority's published share by its number of children. England's share is a line; curves
//! round it show between which shares an authority of that size would lie by chance. This authority
//! is a large dot with its name above the plot; statistical neighbours are ink, all others grey;
//! nobody else is named and nobody is ranked. Authorities with ten children or fewer, and those that
//! the release withholds, are not drawn and are counted in the source.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Code, Group, PublishedMeasure, Statistic, format};

use super::axes::{LEFT, Name, RIGHT, draw_names, draw_shares, scale_note, share_range};
use super::{option, published_source, subject};
use crate::canvas::{Canvas, Point, Stroke, Type};
use crate::figure::{DataTable, Figure};
use crate::layout::{Scale, body_row, numbers_column, ticks, words_cell, words_column};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK};
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{as_sentence, fitting_title, n_is, short_place};

const AUTHORITIES: &str = "stability.authorities";
const FUNNEL: &str = "stability.funnel";
const PLOT: f64 = 190.0;
/// The band above the plot in which this authority is named.
const BAND: f64 = 26.0;

const ENGLAND: Stroke = Stroke::solid(INK, 2.0);
/// The limits: their code, and how their lines are drawn.
const LIMITS: [(&str, Stroke); 2] = [
    ("95", Stroke::solid(INK, 1.5).dashed("6 4")),
    ("99.8", Stroke::solid(INK, 1.5)),
];

/// Draws the funnel of a published measure. `None` when no official statistics stand beside the
/// study, or those of fewer than ten authorities.
pub fn draw_care_funnel(release: &Release, measure: PublishedMeasure) -> Option<Figure> {
    let funnel = Funnel::of(release, measure)?;
    let (canvas, height) = funnel.draw();
    Some(Figure {
        id: id(measure),
        title: funnel.title(),
        subtitle: funnel.subtitle(),
        source: funnel.source(),
        alt: funnel.alt(),
        body: canvas.finish(height),
        table: funnel.table(),
    })
}

fn id(measure: PublishedMeasure) -> &'static str {
    match measure {
        PublishedMeasure::ThreeOrMoreInYear => "care-funnel-year",
        PublishedMeasure::ThreeOrMoreInTwoYears => "care-funnel-two-years",
        PublishedMeasure::SameCarerTwoYears => "care-funnel-same-carer",
        PublishedMeasure::SuitableAccommodation17To18 => "care-funnel-leavers-17-to-18",
        PublishedMeasure::SuitableAccommodation19To21 => "care-funnel-leavers-19-to-21",
    }
}

/// One authority: its share as the release has it, to more places than are printed.
struct Peer<'a> {
    children: f64,
    share: f64,
    released: &'a Released,
}

/// One pair of limits, by number of children.
struct Limits {
    code: &'static str,
    stroke: Stroke,
    /// Children, lower, upper.
    points: Vec<(f64, f64, f64)>,
}

struct Funnel<'a> {
    release: &'a Release,
    measure: PublishedMeasure,
    england: f64,
    own: Option<Peer<'a>>,
    neighbours: Vec<Peer<'a>>,
    others: Vec<Peer<'a>>,
    limits: Vec<Limits>,
}

impl<'a> Funnel<'a> {
    fn of(release: &'a Release, measure: PublishedMeasure) -> Option<Self> {
        let peers = |role: &str| -> Vec<Peer<'a>> {
            release
                .of(AUTHORITIES)
                .filter(|released| is_of(released, measure))
                .filter(|released| released.group().get("role") == Some(role))
                .filter_map(peer)
                .collect()
        };
        let limits: Vec<Limits> = LIMITS
            .iter()
            .map(|(code, stroke)| Limits {
                code,
                stroke: *stroke,
                points: points(release, measure, code),
            })
            .collect();
        let mut curves = release.of(FUNNEL).filter(|released| {
            is_of(released, measure) && released.statistic() == Statistic::Amount
        });
        Some(Self {
            release,
            measure,
            england: curves.next()?.value().figure()?,
            own: peers("own").pop(),
            neighbours: peers("neighbour"),
            others: peers("other"),
            limits,
        })
    }

    fn peers(&self) -> impl Iterator<Item = &Peer<'a>> {
        self.others.iter().chain(&self.neighbours).chain(&self.own)
    }

    fn count(&self, lies: &str) -> u64 {
        let group = Group::of("of", self.measure.code()).and("lies", lies);
        let count = Reading::of(self.release, AUTHORITIES, &group, Statistic::Count);
        count.value().map_or(0, |count| count.round() as u64)
    }

    /// This authority at the head of a line.
    fn name(&self) -> String {
        as_sentence(&short_place(self.release))
    }

    /// The year in which the statistics end.
    fn year(&self) -> Option<&'a str> {
        option(self.any()?, "year")
    }

    fn any(&self) -> Option<&'a Released> {
        let found = self.own.as_ref().or(self.others.first());
        found.map(|peer| peer.released)
    }

    fn title(&self) -> String {
        let lies = self.own.as_ref().map(|own| own.released.note());
        match lies.filter(|lies| !lies.is_empty()) {
            Some(lies) => fitting_title(&[
                format!("{} lies {lies} round England\u{2019}s share", self.name()),
                format!("This authority lies {lies} round England\u{2019}s share"),
            ]),
            None => "Where authorities lie round England\u{2019}s share".to_owned(),
        }
    }

    fn subtitle(&self) -> String {
        let n = format::count(self.peers().count() as u64);
        let year = self
            .year()
            .map(|year| format!(", year to 31 March {year}"))
            .unwrap_or_default();
        format!(
            "{}, by number of children, {n} authorities{year}",
            subject(self.measure)
        )
    }

    fn source(&self) -> String {
        let source = self.any().map_or_else(String::new, published_source);
        let children: f64 = self.peers().map(|peer| peer.children).sum();
        let base = match &self.own {
            Some(own) => format!(
                "{} children in {}",
                n_is(own.children as u64),
                short_place(self.release)
            ),
            None => format!("{} children", n_is(children as u64)),
        };
        let (withheld, small) = (self.count("withheld"), self.count("too_few_children"));
        let undrawn = match withheld + small {
            0 => String::new(),
            1 => " One authority is withheld or too small to draw.".to_owned(),
            n => format!(
                " {} authorities are withheld or too small to draw.",
                format::count(n)
            ),
        };
        format!("{source} {base}.{undrawn} Not a ranking: children differ between authorities.")
    }

    fn alt(&self) -> String {
        let own = match &self.own {
            Some(own) => format!(
                "{}, {} ({}), lies {}",
                self.name(),
                Reading(Some(own.released)).share_text(),
                Reading(Some(own.released)).base_text(),
                own.released.note()
            ),
            None => "This authority has no published number".to_owned(),
        };
        format!(
            "A funnel plot: limits round England\u{2019}s share of {} narrow as the number of children \
             grows. {own}; {} of {} authorities lie beyond the 99.8% limits.",
            format::share(self.england),
            format::count(self.count("beyond_99.8")),
            format::count(self.peers().count() as u64),
        )
    }

    fn draw(&self) -> (Canvas, f64) {
        let mut canvas = Canvas::chart(id(self.measure));
        let key = marks::key(&mut canvas, (0.0, 8.0), &self.key());
        let top = key.height + BAND;
        let bottom = top + PLOT;
        let shares = || self.peers().map(|peer| peer.share).chain([self.england]);
        let lowest = shares().fold(f64::INFINITY, f64::min);
        let highest = shares().fold(0.0, f64::max);
        let levels = share_range(lowest, highest);
        let up = Scale {
            from: bottom,
            to: top,
            low: levels.first().copied().unwrap_or_default(),
            high: levels.last().copied().unwrap_or(1.0),
        };
        draw_shares(&mut canvas, &levels, up);
        let most = self.peers().map(|peer| peer.children).fold(0.0, f64::max);
        let sizes = ticks(most);
        let last = sizes.last().copied().unwrap_or(most);
        let across = Scale::up_to(last, LEFT, RIGHT);
        canvas.group("sizes", |canvas| {
            for size in &sizes {
                let at = (across.at(*size), bottom + LEADING);
                canvas.text(at, &format::count(*size as u64), Type::LABEL.middle());
            }
            let middle = ((LEFT + RIGHT) / 2.0, bottom + 2.0 * LEADING + 2.0);
            canvas.text(middle, "children in the statistics", Type::LABEL.middle());
        });
        self.draw_lines(&mut canvas, (across, up));
        self.draw_peers(&mut canvas, (across, up), top);
        let note = scale_note(&levels);
        if let Some(note) = &note {
            canvas.text((LEFT, bottom + 3.0 * LEADING + 4.0), note, Type::LABEL);
        }
        let lines = if note.is_some() { 3.0 } else { 2.0 };
        (canvas, bottom + lines * LEADING + 10.0)
    }

    fn key(&self) -> Vec<(Mark, &'static str)> {
        let near = (Mark::Neighbour, "statistical neighbours");
        let others = match self.neighbours.is_empty() {
            true => (Mark::Other, "other authorities"),
            false => (Mark::Other, "all others"),
        };
        (!self.neighbours.is_empty())
            .then_some(near)
            .into_iter()
            .chain([others])
            .collect()
    }

    fn draw_lines(&self, canvas: &mut Canvas, (across, up): (Scale, Scale)) {
        let mut names = vec![Name {
            words: format!("England {}", format::share(self.england)),
            y: up.at(self.england),
            style: Type::HEAD,
        }];
        canvas.group("limits", |canvas| {
            for limits in &self.limits {
                for pick in [|p: &(f64, f64, f64)| p.1, |p: &(f64, f64, f64)| p.2] {
                    let within = |share: f64| (up.low..=up.high).contains(&share);
                    let line: Vec<Point> = limits
                        .points
                        .iter()
                        .filter(|point| within(pick(point)))
                        .map(|point| (across.at(point.0), up.at(pick(point))))
                        .collect();
                    names.extend(line.last().map(|end| Name {
                        words: format!("{}% limit", limits.code),
                        y: end.1,
                        style: Type::LABEL,
                    }));
                    if line.len() > 1 {
                        canvas.line(line, limits.stroke);
                    }
                }
            }
            let y = up.at(self.england);
            canvas.rule((LEFT, y), (RIGHT, y), ENGLAND);
            draw_names(canvas, names, (up.to, up.from));
        });
    }

    fn draw_peers(&self, canvas: &mut Canvas, (across, up): (Scale, Scale), top: f64) {
        let at = |peer: &Peer<'_>| (across.at(peer.children), up.at(peer.share));
        canvas.group("others", |canvas| {
            for peer in &self.others {
                marks::other(canvas, at(peer));
            }
        });
        canvas.group("neighbours", |canvas| {
            for peer in &self.neighbours {
                marks::neighbour(canvas, at(peer));
            }
        });
        let Some(own) = &self.own else { return };
        canvas.group("own", |canvas| {
            let (x, y) = at(own);
            let share = Reading(Some(own.released)).share_text();
            let words = format!("{} {share}", self.name());
            let half = Type::FOCUS.width(&words) / 2.0;
            let middle = x.max(LEFT + half).min(RIGHT - half);
            canvas.rule((x, top - 8.0), (x, y), Stroke::BASE);
            canvas.text((middle, top - 12.0), &words, Type::FOCUS.middle());
            canvas.disc((x, y), 8.0, DARK_BLUE);
        });
    }

    fn table(&self) -> DataTable {
        let of = || Group::of("of", self.measure.code());
        let areas = [
            ("authority", self.name()),
            ("neighbours", "Statistical neighbours together".to_owned()),
            ("region", "The region".to_owned()),
            ("england", "England".to_owned()),
        ];
        let areas = areas.into_iter().filter_map(|(area, label)| {
            let group = of().and("area", area);
            let share = Reading::of(
                self.release,
                "stability.published",
                &group,
                Statistic::Proportion,
            );
            share.0?;
            Some(body_row(vec![
                words_cell(label),
                share.numerator_cell(),
                share.denominator_cell(),
                share.share_cell(),
            ]))
        });
        let limits = LIMITS.iter().filter_map(|(code, _)| {
            let group = of().and("limit", code);
            let limits = Reading::of(self.release, FUNNEL, &group, Statistic::Proportion);
            limits.interval()?;
            Some(body_row(vec![
                words_cell(format!("{code}% limits for so many children")),
                words_cell(""),
                limits.denominator_cell(),
                limits.interval_cell(),
            ]))
        });
        DataTable {
            columns: vec![
                words_column("Area"),
                numbers_column("Children who count"),
                numbers_column("Out of"),
                numbers_column("Share"),
            ],
            rows: areas.chain(limits).collect(),
        }
    }
}

fn is_of(released: &Released, measure: PublishedMeasure) -> bool {
    released.group().get("of") == Some(measure.code())
}

/// Published numbers are public in full, so a dot stands where they put it, not at the whole per cent.
fn peer(released: &Released) -> Option<Peer<'_>> {
    let reading = Reading(Some(released));
    let (count, children) = (reading.numerator()? as f64, reading.denominator()? as f64);
    (children > 0.0).then(|| Peer {
        children,
        share: count / children,
        released,
    })
}

fn points(release: &Release, measure: PublishedMeasure, code: &str) -> Vec<(f64, f64, f64)> {
    let mut points: Vec<(f64, f64, f64)> = release
        .of(FUNNEL)
        .filter(|released| is_of(released, measure))
        .filter(|released| released.statistic() == Statistic::Amount)
        .filter(|released| released.group().get("limit") == Some(code))
        .filter_map(|released| {
            let (low, high) = released.interval().figure()?;
            Some((released.denominator().figure()? as f64, low, high))
        })
        .collect();
    points.sort_by(|one, two| one.0.total_cmp(&two.0));
    points
}
