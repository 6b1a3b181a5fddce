//! From estimates to figures that may leave the building, in five steps.

use std::collections::BTreeSet;

use kinfolk_model::{CellName, Estimates, Settings};

use crate::design::Joining;
use crate::plan::{Plan, Settled};
use crate::system::System;
use crate::{Decision, DisclosureError, Release, decision, design, profile};

/// Makes of estimates what may leave the building, by the profile that the settings name.
///
/// Rows too small to show are joined where the structure declares how, sets that may be dropped are
/// dropped rather than shown with holes, what is still too small is withheld together with what
/// would give it away, numbers are rounded as they are printed, and an audit tries to work out each
/// hidden count from everything that is printed. Settings that name one authority make a local
/// report; settings that name several, or none, make a national one.
///
/// # Errors
///
/// [`DisclosureError::Recoverable`] when the audit succeeds whatever else is hidden;
/// [`DisclosureError::NothingLeft`] when every figure about children would be withheld; the others
/// when the structure does not agree with the estimates or with itself.
///
/// ```
/// # use kinfolk_model::{Country, DisclosureProfile, Estimates, Period, Settings};
/// # let day = jiff::civil::date(2024, 4, 1);
/// # let settings = Settings {
/// #     title: String::new(), authorities: vec!["Hartwell".into()], country: Country::England,
/// #     period: Period { start: day, end: day }, synthetic: true, notice: String::new(),
/// #     confidence: 0.95, seed: 1, follow_up_days: 365, disclosure: DisclosureProfile::Internal,
/// #     sdq: Default::default(), care: Default::default(), comparison: None,
/// #     statements: Default::default(), benchmark: None,
/// # };
/// let release = kinfolk_disclosure::release(&Estimates::default(), &settings)?;
/// assert!(release.records().is_empty());
/// # Ok::<(), kinfolk_disclosure::DisclosureError>(())
/// ```
pub fn release(estimates: &Estimates, settings: &Settings) -> Result<Release, DisclosureError> {
    release_without(estimates, settings, &BTreeSet::new())
}

/// Releases, with further cells that must be hidden whatever their size.
pub(crate) fn release_without(
    estimates: &Estimates,
    settings: &Settings,
    withheld: &BTreeSet<CellName>,
) -> Result<Release, DisclosureError> {
    let profile = profile(settings.disclosure);
    let system = System::new(estimates)?;
    let design = design::choose(estimates, &system, &profile);
    let plan = Plan {
        estimates,
        system: &system,
        profile: &profile,
        base: profile.base(settings),
        design: &design,
        forced: system.places(withheld),
    };
    let settled = plan.settle()?;
    check_anything_is_left(&system, &settled)?;
    Ok(Release {
        settings: settings.clone(),
        decisions: decisions(estimates, &design.joinings, &settled),
        records: settled
            .published
            .into_iter()
            .map(|(_, released)| released)
            .collect(),
        breakdowns: design.breakdowns,
        benchmark: None,
        audit: settled.audit,
        known: settled.known,
    })
}

/// Refuses when no number about children that is more than nothing is shown, though there are some.
fn check_anything_is_left(system: &System, settled: &Settled) -> Result<(), DisclosureError> {
    let about_children = |at: usize| {
        let mut cells = system.fields[at].all().map(|cell| system.cells[cell]);
        cells.any(|cell| cell.children.is_some_and(|children| children > 0))
    };
    let figures = settled.published.iter();
    let figures = figures.filter(|(at, _)| about_children(*at));
    let (shown, withheld): (Vec<_>, Vec<_>) =
        figures.partition(|(_, released)| released.shows_a_number());
    if shown.is_empty() && !withheld.is_empty() {
        return Err(DisclosureError::NothingLeft {
            withheld: withheld.len(),
        });
    }
    Ok(())
}

fn decisions(estimates: &Estimates, joinings: &[Joining], settled: &Settled) -> Vec<Decision> {
    let sets = estimates.structure.droppable.iter().enumerate();
    let dropped = sets
        .filter(|(at, _)| settled.dropped.contains(at))
        .filter_map(|(_, (words, keys))| Some((keys.first()?, words.as_str())));
    let mut decisions = decision::joined(joinings);
    decisions.extend(decision::dropped(dropped));
    let withdrawn = settled.withdrawn.iter();
    let withdrawn = withdrawn.filter_map(|&at| estimates.records.get(at));
    decisions.extend(decision::withdrawn(
        withdrawn.map(|estimate| estimate.measure.as_str()),
    ));
    let figures = settled.published.iter();
    decisions.extend(decision::withheld(figures.map(|(_, released)| released)));
    decisions
}
