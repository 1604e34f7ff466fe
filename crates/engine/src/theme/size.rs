//! The one scale of type, of space and of corners, in points.

/// Type sizes; no others are used.
pub mod text {
    /// Whiskers, axis labels, the finest notes.
    pub const TINY: f32 = 11.0;
    /// Second lines and captions.
    pub const SMALL: f32 = 12.0;
    /// The body of panels and cards.
    pub const BODY: f32 = 13.0;
    /// Titles of cards and stages.
    pub const STRONG: f32 = 14.0;
    /// Headings of a panel.
    pub const HEADING: f32 = 16.0;
    /// The title of a map.
    pub const TITLE: f32 = 22.0;
    /// The title of a page.
    pub const DISPLAY: f32 = 28.0;
    /// All sizes, small to large.
    pub const ALL: [f32; 7] = [TINY, SMALL, BODY, STRONG, HEADING, TITLE, DISPLAY];
}

/// Line height as a multiple of the type size for lines of Latin text only.
pub const LINE_LATIN: f32 = 1.3;
/// Line height as a multiple of the type size for lines with Chinese text.
pub const LINE_CHINESE: f32 = 1.5;

/// Space between and inside elements.
pub mod space {
    /// Between a mark and its text.
    pub const XS: f32 = 4.0;
    /// Inside a chip or a control.
    pub const S: f32 = 8.0;
    /// Inside a card.
    pub const M: f32 = 12.0;
    /// Between cards, inside a panel.
    pub const L: f32 = 16.0;
    /// Between groups.
    pub const XL: f32 = 24.0;
    /// Between lanes and regions.
    pub const XXL: f32 = 32.0;
    /// Around a page.
    pub const PAGE: f32 = 48.0;
}

/// Corner radii.
pub mod radius {
    /// Chips.
    pub const CHIP: f32 = 4.0;
    /// Controls.
    pub const CONTROL: f32 = 6.0;
    /// Cards and lanes.
    pub const CARD: f32 = 8.0;
}
