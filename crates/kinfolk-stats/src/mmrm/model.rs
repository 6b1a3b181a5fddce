//! What is fitted.

/// Whether something has one value for all visits, or one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// One value.
    Common,
    /// One value for each visit.
    PerVisit,
}

/// How the scores of one subject go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covariance {
    /// Each visit its own variance, each pair of visits its own covariance.
    Unstructured,
    /// Each visit its own variance; visits equally far apart have the same correlation.
    HeterogeneousToeplitz,
    /// One variance; visits equally far apart have the same covariance.
    Toeplitz,
    /// One variance; the correlation falls by the same factor with each step between visits.
    Autoregressive,
    /// One variance, and one covariance for all pairs of visits.
    CompoundSymmetry,
}

impl Covariance {
    /// From the freest to the plainest.
    pub const LADDER: [Self; 5] = [
        Self::Unstructured,
        Self::HeterogeneousToeplitz,
        Self::Toeplitz,
        Self::Autoregressive,
        Self::CompoundSymmetry,
    ];

    /// Its name for readers, e.g. "unstructured".
    pub fn name(self) -> &'static str {
        match self {
            Self::Unstructured => "unstructured",
            Self::HeterogeneousToeplitz => "heterogeneous Toeplitz",
            Self::Toeplitz => "Toeplitz",
            Self::Autoregressive => "first-order autoregressive",
            Self::CompoundSymmetry => "compound symmetry",
        }
    }
}

/// What the parameters of the covariance maximise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    /// The restricted likelihood (REML), which allows for the means that are estimated too.
    Restricted,
    /// The full likelihood (ML); its standard errors are too small in small samples.
    Full,
}

/// Which means, which covariance, which likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The means of visits: one for each visit, or one for all.
    pub means: Effect,
    /// For each covariate of the [`Panel`](super::Panel), in order: one slope, or one for each visit. An arm coded 0
    /// and 1 with a slope for each visit is the interaction of arm and visit.
    pub covariates: Vec<Effect>,
    /// The covariances to try, in order; the first that can be fitted is used.
    pub ladder: Vec<Covariance>,
    /// What is maximised.
    pub likelihood: Likelihood,
}

impl Default for Model {
    /// A mean for each visit, no covariates, the whole ladder from unstructured down, restricted
    /// likelihood.
    fn default() -> Self {
        Self {
            means: Effect::PerVisit,
            covariates: Vec::new(),
            ladder: Covariance::LADDER.to_vec(),
            likelihood: Likelihood::Restricted,
        }
    }
}
