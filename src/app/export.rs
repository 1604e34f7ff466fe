//! The state of the export dialog.

use crate::analysis::changes::Compared;
use crate::analysis::chart::Chart;
use crate::exchange::Form;
use crate::export::png::POINTS_PER_INCH;
use crate::i18n::Lang;
use crate::id::JourneyId;
use crate::scene::Pt;
use crate::theme::ThemeId;
use std::path::PathBuf;
use std::sync::Arc;

/// The file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A raster picture.
    Png,
    /// A vector picture, sharp at any size.
    Svg,
    /// The figures of a chart or the content of a map, as a table.
    Csv,
    /// The content of a map, as an outline.
    Markdown,
    /// The content of a map, as a mermaid journey.
    Mermaid,
}

impl Format {
    /// Returns the file extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Mermaid => "mmd",
        }
    }

    /// Returns the format's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Mermaid => "Mermaid",
        }
    }

    /// Returns the text form of a map in this format; `None` for pictures.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Png | Self::Svg => None,
            Self::Csv => Some(Form::Table),
            Self::Markdown => Some(Form::Outline),
            Self::Mermaid => Some(Form::Mermaid),
        }
    }

    /// Returns the format named by a path's extension.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let all = [Self::Png, Self::Svg, Self::Csv, Self::Markdown, Self::Mermaid];
        all.into_iter().find(|format| format.extension() == extension)
    }
}

/// The content to export.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The map.
    Map,
    /// Two compared versions, the journey shown, and the size of its page in points.
    Changes(Arc<Compared>, JourneyId, Pt),
    /// A chart, with the size of its page in points.
    Chart(Arc<Chart>, Pt),
}

impl What {
    /// Returns the file formats available for this content.
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Self::Map => &[Format::Png, Format::Svg, Format::Csv, Format::Markdown, Format::Mermaid],
            Self::Changes(..) => &[Format::Png, Format::Svg],
            Self::Chart(..) => &[Format::Png, Format::Svg, Format::Csv],
        }
    }
}

/// The quantity from which the size in pixels follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizing {
    /// Pixels per point of the page.
    Scale,
    /// Pixels per inch of paper.
    Dpi,
    /// The width in pixels.
    Width,
}

/// The answers in the export dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportForm {
    /// The content to export.
    pub what: What,
    /// The file format.
    pub format: Format,
    /// The quantity from which the size follows.
    pub sizing: Sizing,
    /// Pixels per point; 2 by default.
    pub scale: f32,
    /// Pixels per inch; 300 by default.
    pub dpi: f32,
    /// The width in pixels; 3840 by default.
    pub width: u32,
    /// The theme of the picture.
    pub theme: ThemeId,
    /// The language of the texts that the program itself writes.
    pub lang: Lang,
    /// True if text in an SVG is converted to outlines.
    pub outlines: bool,
    /// The path to write to.
    pub path: Option<PathBuf>,
}

impl ExportForm {
    /// Returns the default: a PNG of the map, sharp enough for a slide.
    pub fn new(theme: ThemeId, lang: Lang) -> Self {
        Self {
            what: What::Map,
            format: Format::Png,
            sizing: Sizing::Scale,
            scale: 2.0,
            dpi: 300.0,
            width: 3840,
            theme,
            lang,
            outlines: false,
            path: None,
        }
    }

    /// Returns the picture's size in pixels for a page of this size in points.
    pub fn pixels(&self, page: Pt) -> (u64, u64) {
        let scale = self.factor(page);
        let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
        (side(page.x), side(page.y))
    }

    /// Returns the pixels per point for a page of this size in points.
    pub fn factor(&self, page: Pt) -> f32 {
        match self.sizing {
            Sizing::Scale => self.scale,
            Sizing::Dpi => self.dpi / POINTS_PER_INCH,
            Sizing::Width => self.width as f32 / page.x.max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::pt;

    #[test]
    fn the_three_sizings_agree_where_they_mean_the_same() {
        let page = pt(1440.0, 720.0);
        let mut form = ExportForm::new(ThemeId::Light, Lang::En);
        assert_eq!(form.pixels(page), (2880, 1440));
        form.sizing = Sizing::Dpi;
        form.dpi = 2.0 * POINTS_PER_INCH;
        assert_eq!(form.pixels(page), (2880, 1440));
        form.sizing = Sizing::Width;
        form.width = 2880;
        assert_eq!(form.pixels(page), (2880, 1440));
    }

    #[test]
    fn the_ending_names_the_format() {
        assert_eq!(Format::of("map.SVG".as_ref()), Some(Format::Svg));
        assert_eq!(Format::of("map".as_ref()), None);
    }
}
