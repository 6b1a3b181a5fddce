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
//! | what values may an input have, and how likely? | [`Distribution`] |
//! | could a change of this size be chance? | [`paired_t_test`], [`wilcoxon_signed_rank`] |
//! | how large is the change in standard deviations? | [`paired_effect_sizes`] |
//! | is one person's change more than the instrument's unsteadiness? | [`reliable_change`] |
//! | has this person crossed a cut-off, and reliably? | [`crossing`], [`clinical_change`] |
//! | how far do high scores fall by themselves? | [`expected_regression`] |
//! | did the share of yes change, person by person? | [`mcnemar`] |
//! | did the spread over bands change, person by person? | [`stuart_maxwell`], [`bhapkar`] |

mod cholesky;
mod clinical_change;
mod confidence;
mod copula;
mod effect_size;
mod distribution;
mod error;
mod estimated;
mod marginal_homogeneity;
mod matrix;
mod mcnemar;
mod mean;
mod median;
pub mod mmrm;
mod paired;
mod paired_effect_size;
mod proportion;
mod quantile;
mod ranks;
mod regression_to_mean;
mod reliable_change;
mod sample;
mod signed_rank;
pub mod survival;
mod t_test;
mod tail;
mod wilson;
mod wilson_clustered;

pub use clinical_change::{
    ClinicalClass, Crossing, ScoreNorm, clinical_change, crossing, cut_off_a, cut_off_b, cut_off_c,
};
pub use confidence::Confidence;
pub use effect_size::EffectSize;
pub use copula::GaussianCopula;
pub use distribution::{Distribution, normal_below, normal_density, normal_score};
pub use error::StatsError;
pub use estimated::{Estimated, Interval};
pub use marginal_homogeneity::{MarginalHomogeneity, bhapkar, stuart_maxwell};
pub use mcnemar::{ChiSquareTest, McNemar, mcnemar};
pub use mean::mean;
pub use median::median;
pub use paired::{paired_difference, paired_median_difference};
pub use paired_effect_size::{PairedEffectSizes, paired_effect_sizes};
pub use proportion::Proportion;
pub use quantile::quantile;
pub use regression_to_mean::{expected_regression, expected_second_score};
pub use reliable_change::{ReliableChangeIndex, ReliableClass, reliable_change};
pub use sample::Sample;
pub use signed_rank::{SignedRank, ZeroRule, wilcoxon_signed_rank};
pub use t_test::{TTest, paired_t_test};
pub use wilson::wilson;
pub use wilson_clustered::{ClusteredProportion, wilson_clustered};
