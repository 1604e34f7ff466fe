//! Themes: named colour roles, sizes, fonts and icons. No other module defines a colour.

mod chooser;
mod color;
pub mod fallback;
mod font;
mod icon;
mod persona;
pub mod size;

pub use chooser::{Chooser, FontRun};
pub use color::Color;
pub use font::{Face, Font, unpack_ahead};
pub use icon::{ICON_ASCENT, Icon};
pub use persona::PointShape;

use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A theme's identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeId {
    /// Dark text on light backgrounds.
    #[default]
    Light,
    /// Light text on dark backgrounds.
    Dark,
    /// For paper: white background, darker text, no shadows, hatches for pale fills.
    Print,
}

impl ThemeId {
    /// All themes, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// Returns the name in settings and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }

    /// Returns the theme itself.
    pub fn theme(self) -> &'static Theme {
        static LIGHT: LazyLock<Theme> =
            LazyLock::new(|| parse_theme(include_str!("../../../../assets/themes/light.ron")));
        static DARK: LazyLock<Theme> =
            LazyLock::new(|| parse_theme(include_str!("../../../../assets/themes/dark.ron")));
        static PRINT: LazyLock<Theme> =
            LazyLock::new(|| parse_theme(include_str!("../../../../assets/themes/print.ron")));
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::Print => &PRINT,
        }
    }
}

/// Parses a bundled theme file. A test reads all of them, so the plain black fallback is never seen.
fn parse_theme(text: &str) -> Theme {
    ron::from_str(text).unwrap_or_default()
}

impl fmt::Display for ThemeId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// An unknown theme name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected light, dark or print, found {0:?}")]
pub struct UnknownTheme(
    /// The name.
    pub String,
);

impl FromStr for ThemeId {
    type Err = UnknownTheme;

    fn from_str(text: &str) -> Result<Self, UnknownTheme> {
        Self::ALL.into_iter().find(|id| id.name() == text).ok_or_else(|| UnknownTheme(text.to_owned()))
    }
}

/// The colours of one kind of element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ink {
    /// Marks, edges and words in the kind's own colour, on its background or on any other.
    pub ink: Color,
    /// Its pale background, on which `text` and `soft` are readable.
    pub ground: Color,
    /// Text on a badge filled with `ink`.
    pub on_ink: Color,
}

/// One step of the score ramp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RampStep {
    /// The colour of a bar or chip.
    pub fill: Color,
    /// The colour of text on it.
    pub text: Color,
}

/// A theme: one colour for each role on the screen or the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// True if backgrounds are dark.
    pub dark: bool,
    /// True if pale fills are drawn as hatches in their ink.
    pub hatched: bool,
    /// The background of the map.
    pub canvas: Color,
    /// Bars, panels and lanes.
    pub surface: Color,
    /// Cards and floating surfaces.
    pub raised: Color,
    /// The background of a control under the pointer.
    pub hover: Color,
    /// The background of a pressed control, and the unfilled part of a bar.
    pub pressed: Color,
    /// The background of a selected list entry.
    pub selected: Color,
    /// The hairline between areas.
    pub hairline: Color,
    /// The outline of a control that must be visible, such as a text field.
    pub outline: Color,
    /// Text.
    pub text: Color,
    /// Second lines; the faintest text allowed on a pale background.
    pub soft: Color,
    /// Captions and axis labels on canvas, surface or raised.
    pub muted: Color,
    /// The accent: the main button, links, switches.
    pub accent: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// The ring round the focused or selected element.
    pub focus: Color,
    /// A flow that is neither hovered nor of the selected card.
    pub flow: Color,
    /// A flow of the selected card, or under the pointer.
    pub flow_strong: Color,
    /// The shadow below floating surfaces.
    pub shadow: Color,
    /// Errors and destructive actions.
    pub danger: Ink,
    /// Pain points, and flows that lead back.
    pub pain: Ink,
    /// Gains.
    pub gain: Ink,
    /// Opportunities.
    pub opportunity: Ink,
    /// Solutions.
    pub solution: Ink,
    /// Moments of truth.
    pub moment: Ink,
    /// Needs.
    pub need: Ink,
    /// Quotes.
    pub quote: Ink,
    /// Questions.
    pub question: Ink,
    /// Notes.
    pub note: Ink,
    /// Elements that a version adds to an older one.
    pub added: Ink,
    /// Elements that it lacks.
    pub removed: Ink,
    /// Elements at another place in it.
    pub moved: Ink,
    /// Elements with another content in it.
    pub changed: Ink,
    /// Scores, low to high: orange to blue, which are distinct for colour-blind eyes.
    pub ramp: [RampStep; 7],
    /// The edge of a bar or chip, which keeps the pale steps visible, and of its hatching.
    pub ramp_edge: Color,
    /// Lines of personas, each with its own shape (see [`PointShape`]).
    pub personas: [Color; 8],
    /// Accents of stage headers.
    pub stages: [Color; 8],
}

impl Theme {
    /// Returns the step of the ramp for a score at `share` (0 to 1, clamped) of its domain; the middle one
    /// for NaN.
    pub fn ramp_step(&self, share: f64) -> RampStep {
        let share = if share.is_nan() { 0.5 } else { share.clamp(0.0, 1.0) };
        let last = self.ramp.len() - 1;
        self.ramp[((share * self.ramp.len() as f64) as usize).min(last)]
    }

    /// Returns the line colour of the persona at `index`; colours repeat after eight.
    pub fn persona_color(&self, index: usize) -> Color {
        self.personas[index % self.personas.len()]
    }

    /// Returns the header accent of the stage at `index`; colours repeat after eight.
    pub fn stage_color(&self, index: usize) -> Color {
        self.stages[index % self.stages.len()]
    }
}

#[cfg(test)]
mod tests;
