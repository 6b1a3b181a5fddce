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
//! | where does a statistic lie, by draws of it? | [`bca_interval`] |
//! | below which value lie a quarter, nine tenths, …? | [`quantile`] |
//! | what values may an input have, and how likely? | [`Distribution`] |
//! | what are the means by visit, when some scores are missing? | [`mmrm::fit`] |
//! | could a change of this size be chance? | [`paired_t_test`], [`wilcoxon_signed_rank`] |
//! | how large is the change in standard deviations? | [`paired_effect_sizes`] |
//! | is one person's change more than the instrument's unsteadiness? | [`reliable_change`] |
//! | has this person crossed a cut-off, and reliably? | [`crossing`], [`clinical_change`] |
//! | how far do high scores fall by themselves? | [`expected_regression`] |
//! | did the share of yes change, person by person? | [`mcnemar`], [`paired_risk_difference`] |
//! | did the spread over bands change, person by person? | [`stuart_maxwell`], [`bhapkar`] |
//! | which shares agree with s of n, at the least? | [`clopper_pearson`] |
//! | how do the shares of two groups differ? | [`risk_difference`], [`risk_ratio`], [`odds_ratio`] |
//! | could that be chance? | [`fisher_exact`], [`barnard_exact`], [`boschloo_exact`], [`pearson_chi_square`] |
//! | how do the means of two groups differ? | [`welch_difference`], [`hedges_g`] |
//! | how far do raters, or items, agree? | [`intraclass_correlation`] |
//! | what do printed figures come to, and can they be right? | [`published`] |
//! | does one group tend to lie higher? | [`mann_whitney`] |
//! | how often does it happen in a time at risk? | [`poisson_rate`], [`poisson_rate_ratio`] |
//! | how do rates differ by covariates? | [`quasi_poisson`], [`negative_binomial`] |
//! | which of several tests stand? | [`holm`], [`benjamini_hochberg`] |
//! | how does an outcome go with covariates? | [`regression::least_squares`], [`regression::logistic`] |
//! | what is the average of several effects? | [`pool_effects`], [`pool_leaving_one_out`] |
//! | how strong would unmeasured confounding have to be? | [`e_value`] |
//! | how long until an event, and does it differ? | [`survival`] |
//! | who is a fair comparator, and are the groups alike? | [`matching`] |
//! | what did the treatment do, and how sure is that? | [`effect`] |
//! | how wrong could it be, and what could be seen at all? | [`sensitivity`] |

mod barnard;
mod bca;
mod boschloo;
mod chi_square;
mod clinical_change;
mod clopper_pearson;
mod columns;
mod confidence;
mod contrast;
mod copula;
mod distribution;
mod e_value;
pub mod effect;
mod effect_size;
mod error;
mod estimated;
mod fisher;
mod funnel;
mod hedges_g;
mod intraclass;
mod mann_whitney;
mod marginal_homogeneity;
pub mod matching;
mod matrix;
mod mcnemar;
mod mean;
mod median;
mod meta_analysis;
pub mod mmrm;
mod multiplicity;
mod newton;
mod paired;
mod paired_effect_size;
mod poisson_rate;
mod proportion;
pub mod published;
mod quantile;
mod ranks;
mod rate_regression;
pub mod regression;
mod regression_to_mean;
mod reliable_change;
mod risk_difference;
mod risk_ratio;
mod root;
mod sample;
pub mod sensitivity;
mod signed_rank;
mod stop;
pub mod survival;
mod t_test;
mod tail;
mod welch;
mod wilson;
mod wilson_clustered;
mod worst_share;

pub use barnard::barnard_exact;
pub use bca::bca_interval;
pub use boschloo::{BoschlooExact, boschloo_exact};
pub use chi_square::{PearsonChiSquare, pearson_chi_square};
pub use clinical_change::{
    ClinicalClass, Crossing, ScoreNorm, clinical_change, crossing, cut_off_a, cut_off_b, cut_off_c,
};
pub use clopper_pearson::clopper_pearson;
pub use confidence::Confidence;
pub use contrast::Contrast;
pub use copula::GaussianCopula;
pub use distribution::{Distribution, normal_below, normal_density, normal_score};
pub use e_value::{
    EValue, e_value, risk_ratio_of_hazard_ratio, risk_ratio_of_odds_ratio,
    risk_ratio_of_standardised_difference,
};
pub use effect_size::EffectSize;
pub use error::StatsError;
pub use estimated::{Estimated, Interval};
pub use fisher::{ExactRatio, FisherExact, fisher_exact};
pub use funnel::{funnel_limits, overdispersion};
pub use hedges_g::hedges_g;
pub use intraclass::{IntraclassCorrelation, Raters, intraclass_correlation};
pub use mann_whitney::{MannWhitney, mann_whitney};
pub use marginal_homogeneity::{MarginalHomogeneity, bhapkar, stuart_maxwell};
pub use mcnemar::{ChiSquareTest, McNemar, mcnemar};
pub use mean::mean;
pub use median::median;
pub use meta_analysis::{
    HartungKnapp, PooledEffect, error_of_interval, pool_effects, pool_leaving_one_out,
};
pub use multiplicity::{benjamini_hochberg, holm};
pub use paired::{paired_difference, paired_median_difference};
pub use paired_effect_size::{PairedEffectSizes, paired_effect_sizes};
pub use poisson_rate::{EventRate, RateRatio, poisson_rate, poisson_rate_ratio};
pub use proportion::Proportion;
pub use quantile::quantile;
pub use rate_regression::{CountRows, RateModel, RateTerm, negative_binomial, quasi_poisson};
pub use regression_to_mean::{expected_regression, expected_second_score};
pub use reliable_change::{ReliableChangeIndex, ReliableClass, reliable_change};
pub use risk_difference::{PairedProportions, paired_risk_difference, risk_difference};
pub use risk_ratio::{Ratio, odds_ratio, risk_ratio};
pub use sample::Sample;
pub use signed_rank::{SignedRank, ZeroRule, wilcoxon_signed_rank};
pub use stop::Stop;
pub use t_test::{TTest, paired_t_test};
pub use welch::{WelchDifference, welch_difference};
pub use wilson::wilson;
pub use wilson_clustered::{ClusteredProportion, wilson_clustered};
