//! Text lanes (doing, thinking, free text, physical evidence) and picture lanes.

use super::cache::Same;
use super::dims::{OVERHANG, PAD};
use super::far;
use super::pen::{Align, Pen};
use super::scope::{Body, Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::Msg;
use crate::id::{Id, LaneId};
use crate::model::choice::LaneKind;
use crate::model::{Cell, Lane, Picture, sorted};
use crate::scene::{Block, Part, Placed, Rect, Shape, Stroke, pt};
use crate::theme::size::{radius, space, text};
use crate::theme::{Face, Icon};
use std::sync::Arc;

/// The maximum number of rows of a text.
const ROWS: usize = 12;
/// Maximum height of a picture.
const PICTURE: f32 = 96.0;

/// Everything that determines a cell's look beside theme and language.
#[derive(PartialEq)]
pub(super) struct CellKey {
    record: Same<Cell>,
    kind: LaneKind,
    width: f32,
}

/// Lays out a text lane: each text under its step or stage.
pub(super) fn cells(scope: &Scope<'_>, studio: &mut Studio, lane: &Lane) -> Body {
    let mut stacks = Stacks::new(scope);
    for cell in scope.journey.cells().values().filter(|cell| cell.lane == lane.id) {
        let Some((left, width)) = stacks.room(cell.at) else { continue };
        let key = CellKey { record: Same(Arc::clone(cell)), kind: lane.kind, width };
        let measure = &mut studio.measure;
        let block = studio.cells.block(cell.id, key, |key| text_block(scope, Pen::new(measure), key));
        stacks.add(cell.at, left, block);
    }
    stacks.finish()
}

fn text_block(scope: &Scope<'_>, mut pen: Pen<'_>, key: &CellKey) -> Block {
    let cell = &key.record.0;
    let theme = scope.theme;
    let room = key.width - 2.0 * space::S;
    let setting = Setting { face: Face::Regular, size: text::SMALL, room, rows: scope.rows(ROWS) };
    let paragraph = pen.set(&cell.text, setting);
    let height = paragraph.height().max(text::SMALL) + 2.0 * 7.0;
    let rect = Rect::new(0.0, 0.0, key.width, height);
    pen.rect(rect, radius::CONTROL, Some(theme.raised), Some(Stroke::solid(theme.hairline, 1.0)));
    let color = if key.kind == LaneKind::Thinking { theme.soft } else { theme.text };
    pen.paragraph(paragraph, pt(space::S, 7.0), color);
    pen.far(far::cell(rect, (theme.raised, theme.hairline, color), one_line(&cell.text)));
    pen.block(Some(cell.id.into()), Part::Cell, rect, one_line(&cell.text))
}

/// Lays out a picture lane: each picture under its step or stage.
pub(super) fn pictures(scope: &Scope<'_>, studio: &mut Studio, lane: LaneId, first: bool) -> Body {
    let mut stacks = Stacks::new(scope);
    let here = |picture: &&Arc<Picture>| picture.lane.map_or(first, |named| named == lane);
    for picture in sorted(scope.journey.pictures().values().filter(here)) {
        let Some((left, width)) = stacks.room(picture.at) else { continue };
        let block = Arc::new(picture_block(scope, Pen::new(&mut studio.measure), picture, width));
        stacks.add(picture.at, left, block);
    }
    stacks.finish()
}

fn picture_block(scope: &Scope<'_>, mut pen: Pen<'_>, picture: &Picture, room: f32) -> Block {
    let theme = scope.theme;
    let image = scope.project.images().get(&picture.image);
    let (across, down) =
        image.map_or((4.0, 3.0), |image| (image.width.max(1) as f32, image.height.max(1) as f32));
    let scale = (room / across).min(PICTURE / down);
    let rect = Rect::new(0.0, 0.0, (across * scale).max(1.0), (down * scale).max(1.0));
    if image.is_some() {
        pen.shape(Shape::Image { rect, image: picture.image });
        pen.rect(rect, 0.0, None, Some(Stroke::solid(theme.hairline, 1.0)));
    } else {
        pen.rect(rect, radius::CHIP, Some(theme.hover), Some(Stroke::solid(theme.hairline, 1.0)));
        pen.word(
            &Icon::Image.glyph().to_string(),
            (Face::Icon, text::TITLE, theme.muted),
            rect.center(),
            Align::Middle,
        );
    }
    let setting = Setting { face: Face::Regular, size: text::TINY, room, rows: scope.rows(2) };
    let caption = pen.set(&picture.title, setting);
    let bottom = pen.paragraph(caption, pt(0.0, rect.max.y + space::XS), theme.muted);
    let title = one_line(scope.title(&picture.title));
    let label = format!("{title}, {}", scope.say(Msg::Picture).to_lowercase());
    pen.block(Some(picture.id.into()), Part::Picture, Rect::new(0.0, 0.0, room, bottom), label)
}

/// Blocks under steps and stages, stacked where their columns overlap.
struct Stacks<'a, 's> {
    scope: &'a Scope<'s>,
    /// The y down to which each column is filled.
    taken: Vec<f32>,
    body: Body,
}

impl<'a, 's> Stacks<'a, 's> {
    fn new(scope: &'a Scope<'s>) -> Self {
        let taken = vec![PAD; scope.columns.all.len()];
        Self { scope, taken, body: Body { height: PAD, ..Body::default() } }
    }

    /// Returns the left end and the width of the room under a step or stage.
    fn room(&self, at: Id) -> Option<(f32, f32)> {
        let (left, right) = self.scope.columns.span(&self.scope.columns.range(at)?);
        Some((left - OVERHANG, right - left + 2.0 * OVERHANG))
    }

    fn add(&mut self, at: Id, left: f32, block: Arc<Block>) {
        let Some(range) = self.scope.columns.range(at) else { return };
        let columns = &mut self.taken[range];
        let top = columns.iter().copied().fold(PAD, f32::max);
        let bottom = top + block.bounds.max.y;
        columns.fill(bottom + space::S);
        self.body.height = self.body.height.max(bottom + PAD);
        self.body.items.push(Placed { at: pt(left, top), block });
    }

    fn finish(self) -> Body {
        self.body
    }
}
