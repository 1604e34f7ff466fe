//! Text lanes (doing, thinking, free text, physical evidence) and picture lanes.

use super::cache::Same;
use super::dims::{OVERHANG, PAD};
use super::far;
use super::pen::{Align, BlockPen};
use super::scope::{Body, Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::Msg;
use crate::id::{Id, LaneId};
use crate::model::choice::LaneKind;
use crate::model::{Cell, Lane, Picture, sort_records};
use crate::scene::{Block, Placed, Rect, ScenePart, SceneShape, Stroke, pt};
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
pub(super) fn layout_cells(scope: &Scope<'_>, studio: &mut Studio, lane: &Lane) -> Body {
    let mut stacks = Stacks::new(scope);
    for cell in scope.journey.cells().values().filter(|cell| cell.lane == lane.id) {
        let Some((left, width)) = stacks.room_under(cell.at) else { continue };
        let key = CellKey { record: Same(Arc::clone(cell)), kind: lane.kind, width };
        let measure = &mut studio.measure;
        let block =
            studio.cells.get_or_draw(cell.id, key, |key| text_block(scope, BlockPen::new(measure), key));
        stacks.add_block(cell.at, left, block);
    }
    stacks.finish()
}

fn text_block(scope: &Scope<'_>, mut pen: BlockPen<'_>, key: &CellKey) -> Block {
    let cell = &key.record.0;
    let theme = scope.theme;
    let room = key.width - 2.0 * space::S;
    let setting = Setting { face: Face::Regular, size: text::SMALL, room, rows: scope.max_rows(ROWS) };
    let paragraph = pen.break_text(&cell.text, setting);
    let height = paragraph.height().max(text::SMALL) + 2.0 * 7.0;
    let rect = Rect::new(0.0, 0.0, key.width, height);
    pen.draw_rect(rect, radius::CONTROL, Some(theme.raised), Some(Stroke::solid_line(theme.hairline, 1.0)));
    let color = if key.kind == LaneKind::Thinking { theme.soft } else { theme.text };
    pen.draw_paragraph(paragraph, pt(space::S, 7.0), color);
    pen.set_far_form(far::cell_form(rect, (theme.raised, theme.hairline, color), one_line(&cell.text)));
    pen.into_block(Some(cell.id.into()), ScenePart::Cell, rect, one_line(&cell.text))
}

/// Lays out a picture lane: each picture under its step or stage.
pub(super) fn layout_pictures(scope: &Scope<'_>, studio: &mut Studio, lane: LaneId, first: bool) -> Body {
    let mut stacks = Stacks::new(scope);
    let here = |picture: &&Arc<Picture>| picture.lane.map_or(first, |named| named == lane);
    for picture in sort_records(scope.journey.pictures().values().filter(here)) {
        let Some((left, width)) = stacks.room_under(picture.at) else { continue };
        let block = Arc::new(picture_block(scope, BlockPen::new(&mut studio.measure), picture, width));
        stacks.add_block(picture.at, left, block);
    }
    stacks.finish()
}

fn picture_block(scope: &Scope<'_>, mut pen: BlockPen<'_>, picture: &Picture, room: f32) -> Block {
    let theme = scope.theme;
    let image = scope.project.images().get(&picture.image);
    let (across, down) =
        image.map_or((4.0, 3.0), |image| (image.width.max(1) as f32, image.height.max(1) as f32));
    let scale = (room / across).min(PICTURE / down);
    let rect = Rect::new(0.0, 0.0, (across * scale).max(1.0), (down * scale).max(1.0));
    if image.is_some() {
        pen.draw_shape(SceneShape::Image { rect, image: picture.image });
        pen.draw_rect(rect, 0.0, None, Some(Stroke::solid_line(theme.hairline, 1.0)));
    } else {
        pen.draw_rect(rect, radius::CHIP, Some(theme.hover), Some(Stroke::solid_line(theme.hairline, 1.0)));
        pen.draw_text(
            &Icon::Image.glyph().to_string(),
            (Face::Icon, text::TITLE, theme.muted),
            rect.center(),
            Align::Middle,
        );
    }
    let setting = Setting { face: Face::Regular, size: text::TINY, room, rows: scope.max_rows(2) };
    let caption = pen.break_text(&picture.title, setting);
    let bottom = pen.draw_paragraph(caption, pt(0.0, rect.max.y + space::XS), theme.muted);
    let title = one_line(scope.title_or_untitled(&picture.title));
    let label = format!("{title}, {}", scope.message_text(Msg::Picture).to_lowercase());
    pen.into_block(Some(picture.id.into()), ScenePart::Picture, Rect::new(0.0, 0.0, room, bottom), label)
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
    fn room_under(&self, at: Id) -> Option<(f32, f32)> {
        let (left, right) = self.scope.columns.range_span(&self.scope.columns.column_range(at)?);
        Some((left - OVERHANG, right - left + 2.0 * OVERHANG))
    }

    fn add_block(&mut self, at: Id, left: f32, block: Arc<Block>) {
        let Some(range) = self.scope.columns.column_range(at) else { return };
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
