//! Rendering of a part of a page, some blocks at a time: the parsed outlines of text take kilobytes a word,
//! so the blocks of a large page would take more memory than its picture.

use super::PngError;
use super::pictures::Pictures;
use crate::export::fonts;
use crate::export::svg::{self, SvgOptions};
use crate::id::ImageId;
use crate::model::{Image, Table};
use crate::scene::{Block, Placed, Rect, Scene, SceneShape};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Size, Tree};
use std::sync::atomic::{AtomicBool, Ordering};

/// The usual number of marks that are parsed at a time: some 20 MiB of them.
pub(super) const MARKS: usize = 30_000;

/// A page with what is needed to render any part of it.
pub(super) struct BatchRenderer<'a> {
    pub(super) scene: &'a Scene,
    pub(super) images: &'a Table<ImageId, Image>,
    pub(super) pictures: &'a Pictures,
    /// Pixels per point.
    pub(super) scale: f32,
    /// The most marks, as [`count_marks`] counts them, that are parsed at a time; one block may have more.
    pub(super) most: usize,
}

impl BatchRenderer<'_> {
    /// Renders the blocks that touch a rectangle of the page, back to front. `place` returns the transform
    /// of a page of the given size; once `stopped` is set, the rest is not drawn.
    pub(super) fn draw(
        &self,
        part: Rect,
        pixels: &mut Pixmap,
        place: impl Fn(Size) -> Transform,
        stopped: &AtomicBool,
    ) -> Result<(), PngError> {
        let reading =
            Options { image_href_resolver: self.pictures.image_resolver(), ..fonts::parser_options() };
        let writing =
            SvgOptions { finest_dash: 1.0 / self.scale, ..SvgOptions::with_bundled_fonts(self.images) };
        let mut blocks = self.scene.items_within(part).peekable();
        while blocks.peek().is_some() {
            if stopped.load(Ordering::Relaxed) {
                return Err(PngError::Cancelled);
            }
            let batch = take_batch(&mut blocks, self.most);
            let svg = svg::write_items(self.scene, &writing, &mut batch.into_iter());
            let tree = Tree::from_str(&svg, &reading)?;
            resvg::render(&tree, place(tree.size()), &mut pixels.as_mut());
        }
        Ok(())
    }
}

/// Takes blocks until they have so many marks.
fn take_batch<'s>(blocks: &mut impl Iterator<Item = &'s Placed>, most: usize) -> Vec<&'s Placed> {
    let mut marks = 0;
    let mut batch = Vec::new();
    for placed in blocks {
        marks += count_marks(&placed.block);
        batch.push(placed);
        if marks >= most {
            break;
        }
    }
    batch
}

/// Counts what a block takes once it is parsed: characters, corners of lines, and some for each shape.
fn count_marks(block: &Block) -> usize {
    let of_shape = |shape: &SceneShape| match shape {
        SceneShape::Text(row) => row.text.len(),
        SceneShape::Path { segments, .. } => segments.len(),
        SceneShape::Polygon { points, .. } | SceneShape::Band { points, .. } => points.len(),
        SceneShape::Rect { .. } | SceneShape::Circle { .. } | SceneShape::Image { .. } => 1,
    };
    block.shapes.iter().map(|shape| 4 + of_shape(shape)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{block, scene};
    use super::*;
    use crate::scene::{PageGrid, Placed, pt};
    use std::sync::Arc;

    fn pixels(scene: &Scene, most: usize) -> Vec<u8> {
        let images = Table::default();
        let pictures = Pictures::new(scene, &images, 1.5);
        let renderer = BatchRenderer { scene, images: &images, pictures: &pictures, scale: 1.5, most };
        let mut pixels = Pixmap::new(540, 450).unwrap();
        let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
        let place = |_| Transform::from_scale(1.5, 1.5);
        renderer.draw(page, &mut pixels, place, &AtomicBool::new(false)).unwrap();
        pixels.take()
    }

    #[test]
    fn batches_make_the_picture_that_is_drawn_at_once() {
        let mut scene = scene();
        // Translucent lines over one another, so that their order shows.
        let moved = |step: u8| Placed { at: pt(f32::from(step) * 7.0, 11.0), block: block() };
        scene.items.extend((0..20).map(moved));
        let whole = pixels(&scene, usize::MAX);
        assert!(whole.iter().any(|value| *value > 0), "something is drawn");
        for most in [1, 60, 200] {
            assert!(pixels(&scene, most) == whole, "{most} marks a batch");
        }
    }

    #[test]
    fn a_batch_does_not_grow_with_the_page() {
        let block = block();
        let one = count_marks(&block);
        let place = |_: usize| Placed { at: pt(0.0, 0.0), block: Arc::clone(&block) };
        let items: Vec<Placed> = (0..5_000).map(place).collect();
        let scene = Scene { size: pt(90.0, 60.0), items, grid: PageGrid::default() };
        let mut blocks = scene.items.iter().peekable();
        let mut sizes = Vec::new();
        while blocks.peek().is_some() {
            sizes.push(take_batch(&mut blocks, MARKS).len());
        }
        assert_eq!(sizes.iter().sum::<usize>(), 5_000);
        assert!(sizes.len() > 1 && sizes.iter().all(|size| size * one <= MARKS + one), "{sizes:?}");
    }

    #[test]
    fn a_stopped_picture_is_not_drawn_to_its_end() {
        let scene = scene();
        let images = Table::default();
        let pictures = Pictures::new(&scene, &images, 1.0);
        let renderer =
            BatchRenderer { scene: &scene, images: &images, pictures: &pictures, scale: 1.0, most: 1 };
        let mut pixels = Pixmap::new(400, 300).unwrap();
        let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
        let drawn = renderer.draw(page, &mut pixels, |_| Transform::default(), &AtomicBool::new(true));
        assert!(matches!(drawn, Err(PngError::Cancelled)));
        assert!(pixels.data().iter().all(|value| *value == 0));
    }
}
