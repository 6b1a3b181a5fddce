//! Statistical methods on slices: numbers in, numbers out.
//!
//! Each method answers one question and has a page in `docs/methods/`. Input that no data can give
//! (more successes than trials, a number that is not finite) is an error; a sample too small or too
//! even for a method gives a result without an interval, and never a number that is not finite.
//!
//! | question | method |
//! |---|---|
//! | which shares agree with s of n? | [`wilson`] |
//! | the same, where several trials belong to one child | [`wilson_clustered`] |
//! | which means agree with this sample? | [`mean`] |
//! | how large is the change, pair by pair? | [`paired_difference`] |
//! | where does the middle of the distribution lie? | [`median`], [`paired_median_difference`] |
//! | below which value lie a quarter, nine tenths, …? | [`quantile`] |

mod confidence;
mod error;
mod estimated;
mod mean;
mod median;
mod paired;
mod proportion;
mod quantile;
mod sample;
mod wilson;
mod wilson_clustered;

pub use confidence::Confidence;
pub use error::StatsError;
pub use estimated::{Estimated, Interval};
pub use mean::mean;
pub use median::median;
pub use paired::{paired_difference, paired_median_difference};
pub use proportion::Proportion;
pub use quantile::quantile;
pub use sample::Sample;
pub use wilson::wilson;
pub use wilson_clustered::{ClusteredProportion, wilson_clustered};
