//! Charts of placements, from returns and from official statistics.

mod axes;
mod definitions;
mod first_years;
mod funnel;
mod moves;
mod series;

pub use definitions::draw_care_definitions;
pub use first_years::draw_care_first_years;
pub use funnel::draw_care_funnel;
pub use moves::draw_care_moves;
pub use series::draw_care_series;

use kinfolk_disclosure::Released;
use kinfolk_model::PublishedMeasure;

/// Where the figures of returns come from, as sources name it.
const RECORDS: &str = "statutory returns on children looked after (SSDA903)";

/// Who publishes the official statistics.
const PUBLISHER: &str = "Department for Education, children looked after in England";

/// An option of a figure's method: `year` of `release=2025;year=2025`.
fn option<'a>(released: &'a Released, name: &str) -> Option<&'a str> {
    released
        .options()
        .split(';')
        .find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
}

/// `Source: Department for Education, children looked after in England, release 2025.`
fn published_source(released: &Released) -> String {
    match option(released, "release").filter(|release| !release.is_empty()) {
        Some(release) => format!("Source: {PUBLISHER}, release {release}."),
        None => format!("Source: {PUBLISHER}."),
    }
}

/// What is measured, to stand before `, 151 authorities`.
fn subject(measure: PublishedMeasure) -> &'static str {
    match measure {
        PublishedMeasure::ThreeOrMoreInYear => {
            "Children looked after with three or more placements in the year"
        }
        PublishedMeasure::ThreeOrMoreInTwoYears => {
            "Children looked after with three or more placements in two years"
        }
        PublishedMeasure::SameCarerTwoYears => {
            "Children in care for two and a half years, with the same carer for two"
        }
        PublishedMeasure::SuitableAccommodation17To18 => {
            "Care leavers of 17 and 18 in suitable accommodation"
        }
        PublishedMeasure::SuitableAccommodation19To21 => {
            "Care leavers of 19 to 21 in suitable accommodation"
        }
    }
}
