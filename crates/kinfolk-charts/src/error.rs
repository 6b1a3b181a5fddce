//! What can go wrong.

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The renderer refused the SVG.
    #[error("figure `{id}` is no valid picture: {reason}")]
    Render {
        /// The figure.
        id: &'static str,
        /// What the renderer said.
        reason: String,
    },
    /// The scale gives a picture that is empty or too large to hold in memory.
    #[error("figure `{id}` cannot be drawn at scale {scale}: {width} by {height} pixels")]
    Size {
        /// The figure.
        id: &'static str,
        /// The scale that was asked for.
        scale: f32,
        /// The width that it gives.
        width: u32,
        /// The height that it gives.
        height: u32,
    },
}
