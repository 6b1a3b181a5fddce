//! What is published of England's children looked after, from the files in `data/national`.

mod care;
mod sdq;

pub use care::{PublishedCare, published_care};
pub use sdq::{PublishedSdq, mean_in_england, mean_of_age_and_sex, published, year_of_ages};
