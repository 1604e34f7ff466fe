//! A scene as an SVG document: the same primitives, flat, one group for each block, named after its element.

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
use crate::scene::{Placed, Rect, Scene};
use name::Names;
use outline::Outlines;
use std::collections::BTreeSet;
use xml::Xml;

pub(in crate::export) use image::{pictures, readable};

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextMode {
    /// As text, with the bundled fonts' glyphs that it needs embedded: looks right and can be searched and edited.
    #[default]
    Embedded,
    /// As outlines of glyphs: looks right in any program, whatever it makes of fonts.
    Outlines,
    /// As text for a renderer that has the bundled fonts; without names and titles, which no pixel shows.
    Bundled,
}

/// In what the page's size is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PageSize {
    /// So many CSS pixels a point.
    Pixels(f32),
    /// Millimetres, a point being 1/72 inch.
    Millimetres,
}

/// What an SVG document is made with besides its scene.
#[derive(Debug, Clone, Copy)]
pub struct SvgOptions<'a> {
    /// How text is written.
    pub text: TextMode,
    /// In what the page's size is written.
    pub size: PageSize,
    /// The document's title; none if empty.
    pub title: &'a str,
    /// What the picture shows; nothing if empty.
    pub description: &'a str,
    /// The language of the texts, such as "en" or "zh-CN".
    pub language: &'a str,
    /// The project's images.
    pub images: &'a Table<ImageId, Image>,
    /// Points below which the dashes of a line can't be told apart: they are drawn as a paler line. 0 where the
    /// picture can be looked at from any near.
    pub finest_dash: f32,
}

impl<'a> SvgOptions<'a> {
    /// What a renderer with the bundled fonts needs, and no more. It asks for images by their ids.
    pub fn bundled(images: &'a Table<ImageId, Image>) -> Self {
        let size = PageSize::Pixels(1.0);
        let (title, description, language) = ("", "", "");
        Self { text: TextMode::Bundled, size, title, description, language, images, finest_dash: 0.0 }
    }
}

/// The scene as an SVG document.
pub fn write(scene: &Scene, options: &SvgOptions) -> String {
    write_items(scene, options, &mut scene.items.iter())
}

/// The scene with only those blocks that touch a part of the page.
pub(in crate::export) fn write_within(scene: &Scene, options: &SvgOptions, part: Rect) -> String {
    write_items(scene, options, &mut scene.within(part))
}

fn write_items(scene: &Scene, options: &SvgOptions, items: &mut dyn Iterator<Item = &Placed>) -> String {
    let mut writer = Writer {
        xml: Xml::default(),
        names: Names::default(),
        text: options.text,
        images: options.images,
        fonts: Choosers::default(),
        outlines: Outlines::default(),
        finest_dash: options.finest_dash,
        shared: BTreeSet::new(),
    };
    writer.head(scene, options);
    for item in items {
        writer.item(item);
    }
    writer.xml.close("svg");
    writer.xml.finish()
}

/// A document being written.
struct Writer<'a> {
    xml: Xml,
    names: Names,
    text: TextMode,
    images: &'a Table<ImageId, Image>,
    fonts: Choosers,
    outlines: Outlines,
    finest_dash: f32,
    /// The images that stand on the page more than once: each is written once, and named where it stands.
    shared: BTreeSet<ImageId>,
}

impl Writer<'_> {
    /// Everything before the first block. What most shapes share stands on the root, so that no shape repeats it.
    fn head(&mut self, scene: &Scene, options: &SvgOptions) {
        let (factor, unit) = match options.size {
            PageSize::Pixels(scale) => (scale, ""),
            PageSize::Millimetres => (25.4 / 72.0, "mm"),
        };
        let xml = &mut self.xml;
        xml.open("svg").attr("xmlns", "http://www.w3.org/2000/svg").attr("version", "1.1");
        if image::is_on(scene) {
            // Most programs know links by their older name only.
            xml.attr("xmlns:xlink", "http://www.w3.org/1999/xlink");
        }
        for (name, length) in [("width", scene.size.x), ("height", scene.size.y)] {
            xml.raw(" ").raw(name).raw("=\"").value(length * factor).raw(unit).raw("\"");
        }
        xml.raw(" viewBox=\"0 0 ").value(scene.size.x).raw(" ").value(scene.size.y).raw("\"");
        xml.attr("fill", "none").attr("stroke-linejoin", "round");
        text::root_attributes(xml);
        if !options.language.is_empty() {
            xml.attr("xml:lang", options.language).attr("role", "img");
        }
        xml.body().raw("\n").leaf("title", options.title).leaf("desc", options.description);
        if self.text == TextMode::Embedded {
            xml.leaf("style", &embed::font_faces(scene));
        }
        if self.text != TextMode::Bundled {
            self.define_shared(scene);
        }
    }

    /// One block, in a group at its place.
    fn item(&mut self, item: &Placed) {
        let block = &item.block;
        self.xml.open("g");
        if self.text != TextMode::Bundled {
            self.xml.attr("id", &self.names.of(block)).attr("class", name::class(block.part));
        }
        if item.at != crate::scene::pt(0.0, 0.0) {
            self.xml.raw(" transform=\"translate(").value(item.at.x).raw(" ").value(item.at.y).raw(")\"");
        }
        self.xml.body();
        if self.text != TextMode::Bundled {
            self.xml.leaf("title", &block.label);
        }
        for shape in &block.shapes {
            self.shape(shape);
        }
        self.xml.close("g");
    }
}

#[cfg(test)]
mod tests;
