//! The state of the export dialog.

use engine::analysis::changes::Compared;
use engine::analysis::chart::Chart;
use engine::exchange::ExchangeFormat;
use engine::export::png::POINTS_PER_INCH;
use engine::i18n::Lang;
use engine::id::JourneyId;
use engine::scene::Pt;
use engine::theme::ThemeId;
use std::path::PathBuf;
use std::sync::Arc;

/// The file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
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

impl ExportFormat {
    /// Returns the file extension, without a dot.
    pub fn file_extension(self) -> &'static str {
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
    pub fn text_form(self) -> Option<ExchangeFormat> {
        match self {
            Self::Png | Self::Svg => None,
            Self::Csv => Some(ExchangeFormat::Table),
            Self::Markdown => Some(ExchangeFormat::Outline),
            Self::Mermaid => Some(ExchangeFormat::Mermaid),
        }
    }

    /// Returns the format named by a path's extension.
    pub fn from_path(path: &std::path::Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let all = [Self::Png, Self::Svg, Self::Csv, Self::Markdown, Self::Mermaid];
        all.into_iter().find(|format| format.file_extension() == extension)
    }
}

/// The content to export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportContent {
    /// The map.
    Map,
    /// Two compared versions, the journey shown, and the size of its page in points.
    Changes(Arc<Compared>, JourneyId, Pt),
    /// A chart, with the size of its page in points.
    Chart(Arc<Chart>, Pt),
}

impl ExportContent {
    /// Returns the file formats available for this content.
    pub fn available_formats(&self) -> &'static [ExportFormat] {
        match self {
            Self::Map => &[
                ExportFormat::Png,
                ExportFormat::Svg,
                ExportFormat::Csv,
                ExportFormat::Markdown,
                ExportFormat::Mermaid,
            ],
            Self::Changes(..) => &[ExportFormat::Png, ExportFormat::Svg],
            Self::Chart(..) => &[ExportFormat::Png, ExportFormat::Svg, ExportFormat::Csv],
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
    pub what: ExportContent,
    /// The file format.
    pub format: ExportFormat,
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
            what: ExportContent::Map,
            format: ExportFormat::Png,
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
    pub fn pixel_size(&self, page: Pt) -> (u64, u64) {
        let scale = self.pixels_per_point(page);
        let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
        (side(page.x), side(page.y))
    }

    /// Returns the pixels per point for a page of this size in points.
    pub fn pixels_per_point(&self, page: Pt) -> f32 {
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
    use engine::scene::pt;

    #[test]
    fn the_three_sizings_agree_where_they_mean_the_same() {
        let page = pt(1440.0, 720.0);
        let mut form = ExportForm::new(ThemeId::Light, Lang::En);
        assert_eq!(form.pixel_size(page), (2880, 1440));
        form.sizing = Sizing::Dpi;
        form.dpi = 2.0 * POINTS_PER_INCH;
        assert_eq!(form.pixel_size(page), (2880, 1440));
        form.sizing = Sizing::Width;
        form.width = 2880;
        assert_eq!(form.pixel_size(page), (2880, 1440));
    }

    #[test]
    fn the_ending_names_the_format() {
        assert_eq!(ExportFormat::from_path("map.SVG".as_ref()), Some(ExportFormat::Svg));
        assert_eq!(ExportFormat::from_path("map".as_ref()), None);
    }
}
