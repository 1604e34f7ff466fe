//! Writes a scene as an SVG document: the same primitives, flat, one group per block, named after its
//! element.

mod embed;
mod image;
mod name;
mod outline;
mod shape;
mod text;
mod xml;

use crate::export::fonts::Choosers;
use crate::id::ImageId;
use crate::model::Image;
use crate::model::Table;
use crate::scene::{Placed, Scene};
use name::SvgIds;
use outline::Outlines;
use std::collections::BTreeSet;
use xml::XmlWriter;

pub(in crate::export) use image::{images_with_rects, to_png_or_jpeg};

/// The way in which text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextMode {
    /// As text, with the required glyphs of the bundled fonts embedded: looks right and can be searched and
    /// edited.
    #[default]
    Embedded,
    /// As outlines of glyphs: looks right in any program, regardless of its font support.
    Outlines,
    /// As text for a renderer that has the bundled fonts; without names and titles, which are invisible.
    Bundled,
}

/// The unit of the page's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PageSize {
    /// CSS pixels, this many per point.
    Pixels(f32),
    /// Millimetres, a point being 1/72 inch.
    Millimetres,
}

/// The options of an SVG document.
#[derive(Debug, Clone, Copy)]
pub struct SvgOptions<'a> {
    /// The way in which text is written.
    pub text: TextMode,
    /// The unit of the page's size.
    pub size: PageSize,
    /// The document's title; none if empty.
    pub title: &'a str,
    /// The description of the picture; none if empty.
    pub description: &'a str,
    /// The language of the texts, such as "en" or "zh-CN".
    pub language: &'a str,
    /// The project's images.
    pub images: &'a Table<ImageId, Image>,
    /// The length in points below which the dashes of a line are indistinguishable: it is then drawn as a
    /// paler solid line. 0 if the picture can be zoomed.
    pub finest_dash: f32,
}

impl<'a> SvgOptions<'a> {
    /// The options for our own renderer, which has the bundled fonts and resolves images by their ids.
    pub fn with_bundled_fonts(images: &'a Table<ImageId, Image>) -> Self {
        let size = PageSize::Pixels(1.0);
        let title = "";
        let description = "";
        let language = "";
        Self { text: TextMode::Bundled, size, title, description, language, images, finest_dash: 0.0 }
    }
}

/// Returns the scene as an SVG document.
pub fn write_scene(scene: &Scene, options: &SvgOptions) -> String {
    write_items(scene, options, &mut scene.items.iter())
}

/// Returns an SVG document with only these blocks of the page.
pub(in crate::export) fn write_items(
    scene: &Scene,
    options: &SvgOptions,
    items: &mut dyn Iterator<Item = &Placed>,
) -> String {
    let mut writer = SvgWriter {
        xml: XmlWriter::default(),
        names: SvgIds::default(),
        text: options.text,
        images: options.images,
        fonts: Choosers::default(),
        outlines: Outlines::default(),
        finest_dash: options.finest_dash,
        shared: BTreeSet::new(),
    };
    writer.write_head(scene, options);
    for item in items {
        writer.write_item(item);
    }
    writer.xml.close_element("svg");
    writer.xml.finish()
}

/// A document in progress.
struct SvgWriter<'a> {
    xml: XmlWriter,
    names: SvgIds,
    text: TextMode,
    images: &'a Table<ImageId, Image>,
    fonts: Choosers,
    outlines: Outlines,
    finest_dash: f32,
    /// The images that are on the page more than once: each is written once and then referenced.
    shared: BTreeSet<ImageId>,
}

impl SvgWriter<'_> {
    /// Writes everything before the first block. Attributes that most shapes share are on the root element,
    /// so that no shape repeats them.
    fn write_head(&mut self, scene: &Scene, options: &SvgOptions) {
        let (factor, unit) = match options.size {
            PageSize::Pixels(scale) => (scale, ""),
            PageSize::Millimetres => (25.4 / 72.0, "mm"),
        };
        let xml = &mut self.xml;
        xml.open_element("svg")
            .add_attribute("xmlns", "http://www.w3.org/2000/svg")
            .add_attribute("version", "1.1");
        if image::is_on(scene) {
            // Most programs know links only by their older name.
            xml.add_attribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
        }
        for (name, length) in [("width", scene.size.x), ("height", scene.size.y)] {
            xml.add_raw(" ")
                .add_raw(name)
                .add_raw("=\"")
                .add_number(length * factor)
                .add_raw(unit)
                .add_raw("\"");
        }
        xml.add_raw(" viewBox=\"0 0 ")
            .add_number(scene.size.x)
            .add_raw(" ")
            .add_number(scene.size.y)
            .add_raw("\"");
        xml.add_attribute("fill", "none").add_attribute("stroke-linejoin", "round");
        text::root_attributes(xml);
        if !options.language.is_empty() {
            xml.add_attribute("xml:lang", options.language).add_attribute("role", "img");
        }
        xml.begin_content()
            .add_raw("\n")
            .add_element("title", options.title)
            .add_element("desc", options.description);
        if self.text == TextMode::Embedded {
            xml.add_element("style", &embed::font_faces(scene));
        }
        if self.text != TextMode::Bundled {
            self.define_shared(scene);
        }
    }

    /// Writes one block as a group at its place.
    fn write_item(&mut self, item: &Placed) {
        let block = &item.block;
        self.xml.open_element("g");
        if self.text != TextMode::Bundled {
            self.xml
                .add_attribute("id", &self.names.unique_id(block))
                .add_attribute("class", name::part_class(block.part));
        }
        if item.at != crate::scene::pt(0.0, 0.0) {
            self.xml
                .add_raw(" transform=\"translate(")
                .add_number(item.at.x)
                .add_raw(" ")
                .add_number(item.at.y)
                .add_raw(")\"");
        }
        self.xml.begin_content();
        if self.text != TextMode::Bundled {
            self.xml.add_element("title", &block.label);
        }
        for shape in &block.shapes {
            self.write_shape(shape);
        }
        self.xml.close_element("g");
    }
}

#[cfg(test)]
mod tests;
