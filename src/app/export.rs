//! What the export dialog asks, and the job that does it.

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

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// Lines and text that stay sharp at any size.
    Svg,
    /// The figures of a chart or the content of a map, as a table.
    Csv,
    /// The content of a map, as an outline.
    Markdown,
    /// The content of a map, as a mermaid journey.
    Mermaid,
}

impl Format {
    /// The ending of such files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Mermaid => "mmd",
        }
    }

    /// The format's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Mermaid => "Mermaid",
        }
    }

    /// The form in which such files hold a map; none for pictures.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Png | Self::Svg => None,
            Self::Csv => Some(Form::Table),
            Self::Markdown => Some(Form::Outline),
            Self::Mermaid => Some(Form::Mermaid),
        }
    }

    /// The format that a file's ending names.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let all = [Self::Png, Self::Svg, Self::Csv, Self::Markdown, Self::Mermaid];
        all.into_iter().find(|format| format.extension() == extension)
    }
}

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The map.
    Map,
    /// Two versions compared, the journey of them, and the size of its page.
    Changes(Arc<Compared>, JourneyId, Pt),
    /// A chart, with the size of its page.
    Chart(Arc<Chart>, Pt),
}

impl What {
    /// The kinds of file it can be written as.
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Self::Map => &[Format::Png, Format::Svg, Format::Csv, Format::Markdown, Format::Mermaid],
            Self::Changes(..) => &[Format::Png, Format::Svg],
            Self::Chart(..) => &[Format::Png, Format::Svg, Format::Csv],
        }
    }
}

/// What decides the size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizing {
    /// Pixels for each point of the page.
    Scale,
    /// Pixels for each inch of paper.
    Dpi,
    /// Pixels across.
    Width,
}

/// What the export dialog asks.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportForm {
    /// What is written.
    pub what: What,
    /// The kind of file.
    pub format: Format,
    /// What decides the size.
    pub sizing: Sizing,
    /// Pixels for each point.
    pub scale: f32,
    /// Pixels for each inch.
    pub dpi: f32,
    /// Pixels across.
    pub width: u32,
    /// The colours.
    pub theme: ThemeId,
    /// The language of what the program itself writes.
    pub lang: Lang,
    /// Whether an SVG's text becomes outlines.
    pub outlines: bool,
    /// Where to.
    pub path: Option<PathBuf>,
}

impl ExportForm {
    /// The usual choice: a PNG sharp enough for a slide.
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

    /// The picture's size in pixels for a page of this size.
    pub fn pixels(&self, page: Pt) -> (u64, u64) {
        let scale = self.factor(page);
        let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
        (side(page.x), side(page.y))
    }

    /// Pixels for each point for a page of this size.
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
