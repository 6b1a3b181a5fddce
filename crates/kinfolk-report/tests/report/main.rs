//! The document and its web page, from estimates on.

mod homes;
mod page;
mod prose;
mod sdq;
mod support;
mod value;
