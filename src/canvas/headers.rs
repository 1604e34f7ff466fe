//! Draws the frozen headers from the scene's own blocks. Their backgrounds and bars scroll with the map,
//! their words stay within the window.

use super::Canvas;
use super::camera::CameraView;
use super::io::CanvasInput;
use super::overlay;
use super::selection::Target;
use crate::app::style::to_color32;
use egui::epaint::{Mesh, RectShape};
use egui::{Color32, CornerRadius, Painter, Stroke, StrokeKind, vec2};
use engine::id::Id;
use engine::scene::{Block, Placed, Pt, Rect, Scene, ScenePart, SceneShape, TextRow, pt};
use engine::theme::{Theme, size};
use std::sync::Arc;

/// The minimum width of a stage and height of a lane that still shows words, in points of the screen.
const LEAST: egui::Vec2 = vec2(24.0, 10.0);
/// Depth of the shadow that frozen headers cast on the map.
const SHADOW: f32 = 5.0;

/// One header of the scene.
#[derive(Debug)]
struct PinnedHeader {
    /// Its placed block.
    item: Placed,
    /// The part of its bounds that stays in view: a stage's header, a lane's label.
    body: Rect,
    /// The rows of text, and their size.
    words: Arc<Block>,
    size: egui::Vec2,
    /// The axis labels of a lane.
    axis: Option<Arc<Block>>,
}

/// The headers of the current scene.
#[derive(Debug, Default)]
pub(super) struct Headers {
    scene: Option<Arc<Scene>>,
    stages: Vec<PinnedHeader>,
    lanes: Vec<PinnedHeader>,
}

impl Headers {
    /// Sets the current scene. Words are extracted from a block once, however often it moves.
    pub(super) fn set_scene(&mut self, scene: &Arc<Scene>) {
        if self.scene.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, scene)) {
            return;
        }
        let of = |part: ScenePart| scene.items.iter().filter(move |item| item.block.part == part);
        let stages = of(ScenePart::StageHeader).zip(scene.grid.stages.iter().map(|span| span.header));
        let lanes = of(ScenePart::Lane).zip(scene.grid.lanes.iter().map(|band| band.label));
        let mut known = std::mem::take(&mut self.stages).into_iter();
        self.stages = stages.map(|(item, body)| PinnedHeader::new(item, body, known.next())).collect();
        let mut known = std::mem::take(&mut self.lanes).into_iter();
        self.lanes = lanes.map(|(item, body)| PinnedHeader::new(item, body, known.next())).collect();
        self.scene = Some(Arc::clone(scene));
    }
}

impl PinnedHeader {
    fn new(item: &Placed, body: Rect, known: Option<Self>) -> Self {
        if let Some(known) = known.filter(|known| Arc::ptr_eq(&known.item.block, &item.block)) {
            return Self { item: item.clone(), body, ..known };
        }
        let rows = || item.block.shapes.iter().filter_map(text_row);
        let left = rows().map(|row| row.origin.x).fold(f32::INFINITY, f32::min);
        let is_word = |row: &&TextRow| row.origin.x < left + 1.0;
        let words: Vec<&TextRow> = rows().filter(is_word).collect();
        let width = words.iter().map(|row| row.origin.x + row.width).fold(0.0, f32::max);
        let height = words.iter().map(|row| row.origin.y).fold(0.0, f32::max);
        let axis: Vec<&TextRow> = rows().filter(|row| !is_word(row)).collect();
        Self {
            item: item.clone(),
            body,
            words: block_of(&item.block, &words),
            size: vec2(width, height) + egui::Vec2::splat(size::space::M),
            axis: (!axis.is_empty()).then(|| block_of(&item.block, &axis)),
        }
    }
}

fn text_row(shape: &SceneShape) -> Option<&TextRow> {
    match shape {
        SceneShape::Text(row) => Some(row),
        _ => None,
    }
}

/// Returns a block with some rows of another.
fn block_of(block: &Block, rows: &[&TextRow]) -> Arc<Block> {
    let shapes = rows.iter().map(|row| SceneShape::Text((*row).clone())).collect();
    Arc::new(Block {
        element: block.element,
        part: block.part,
        bounds: block.bounds,
        label: String::new(),
        shapes,
        far: None,
        cut: false,
    })
}

impl Canvas {
    /// Draws the frozen headers over the map.
    pub(super) fn draw_frozen(&mut self, painter: &Painter, view: &CameraView, input: &CanvasInput<'_>) {
        let headers = std::mem::take(&mut self.headers);
        if let Some(ground) = view.lane_ground() {
            let painter = painter.with_clip_rect(painter.clip_rect().intersect(ground));
            painter.rect_filled(ground, 0.0, to_color32(input.theme().canvas));
            for header in &headers.lanes {
                self.draw_lane(&painter, view, input, header);
            }
        } else if view.frozen.stages.is_some() {
            self.draw_half_hidden_lanes(painter, view, input, &headers.lanes);
        }
        let clip = painter.clip_rect().intersect(view.part_clip_rect(ScenePart::StageHeader));
        if let Some(ground) = view.stage_ground() {
            painter.rect_filled(ground, 0.0, to_color32(input.theme().canvas));
            let painter = painter.with_clip_rect(clip.intersect(ground));
            for header in &headers.stages {
                self.draw_stage(&painter, view, input, header);
            }
        } else if view.frozen.lanes.is_some() {
            // An unfrozen stage header half beneath the lane labels shows its words beside them.
            let painter = painter.with_clip_rect(clip);
            let is_half_hidden = |header: &&PinnedHeader| {
                let shown = view.part_screen_rect(ScenePart::StageHeader, header.body).x_range();
                shown.min < clip.left() && clip.left() < shown.max
            };
            for header in headers.stages.iter().filter(is_half_hidden) {
                self.draw_stage(&painter, view, input, header);
            }
        }
        draw_edges(painter, view, input.theme());
        self.headers = headers;
    }

    fn draw_stage(
        &mut self,
        painter: &Painter,
        view: &CameraView,
        input: &CanvasInput<'_>,
        header: &PinnedHeader,
    ) {
        let clip = painter.clip_rect();
        let shown = view.part_screen_rect(ScenePart::StageHeader, header.body);
        if !clip.intersects(shown) {
            return;
        }
        let scale = view.frozen.stages.map_or(view.zoom, |edge| edge.scale);
        draw_background(painter, header, shown, vec2(view.zoom, scale));
        if shown.width() >= LEAST.x {
            // The words of a wide stage stay in view as long as any part of it does.
            let room = (shown.width() - header.size.x * scale).max(0.0);
            let inside = (clip.left() - shown.left()).clamp(0.0, room);
            let at = shown.min + vec2(inside, 0.0);
            let painter = painter.with_clip_rect(clip.intersect(shown));
            self.draw_words(&painter, view, input, (at, scale), &header.words);
        }
        overlay::mark_header(painter, shown, header.item.block.element, view.zoom.min(scale), input);
    }

    fn draw_lane(
        &mut self,
        painter: &Painter,
        view: &CameraView,
        input: &CanvasInput<'_>,
        header: &PinnedHeader,
    ) {
        let clip = painter.clip_rect();
        let shown = view.part_screen_rect(ScenePart::Lane, header.body);
        if !clip.intersects(shown) {
            return;
        }
        let scale = view.frozen.lanes.map_or(view.zoom, |edge| edge.scale);
        draw_background(painter, header, shown, egui::Vec2::splat(view.zoom));
        if shown.height() >= LEAST.y {
            // As with stages, the words of a high lane stay in view.
            let room = (shown.height() - header.size.y * scale).max(0.0);
            let at = shown.min + vec2(0.0, (clip.top() - shown.top()).clamp(0.0, room));
            let inside = painter.with_clip_rect(clip.intersect(shown));
            self.draw_words(&inside, view, input, (at, scale), &header.words);
            // Axis labels keep their places; they are left out if they would not fit beside the words.
            if let Some(axis) = header.axis.as_ref()
                && (view.zoom / scale - 1.0).abs() < 0.01
            {
                self.draw_words(&inside, view, input, (shown.min, view.zoom), axis);
            }
        }
        overlay::mark_header(painter, shown, header.item.block.element, view.zoom, input);
    }

    /// Draws unfrozen lane labels that are half beneath the stage headers, with their words below those.
    fn draw_half_hidden_lanes(
        &mut self,
        painter: &Painter,
        view: &CameraView,
        input: &CanvasInput<'_>,
        lanes: &[PinnedHeader],
    ) {
        let clip = painter.clip_rect().intersect(view.part_clip_rect(ScenePart::Lane));
        for header in lanes {
            let shown = view.part_screen_rect(ScenePart::Lane, header.body);
            if shown.top() < clip.top() && clip.top() < shown.bottom() {
                let painter = painter.with_clip_rect(clip.intersect(shown));
                painter.rect_filled(shown, 0.0, to_color32(input.theme().canvas));
                self.draw_lane(&painter, view, input, header);
            }
        }
    }

    /// Draws rows of text at a point of the screen.
    fn draw_words(
        &mut self,
        painter: &Painter,
        view: &CameraView,
        input: &CanvasInput<'_>,
        (at, scale): (egui::Pos2, f32),
        block: &Arc<Block>,
    ) {
        let item = Placed { at: pt(at.x / scale, at.y / scale), block: Arc::clone(block) };
        self.paint.draw_items(painter, &view.with_zoom(scale), input.project, &[&item]);
    }

    /// Returns the frozen header at a point of the page.
    pub(super) fn header_at(input: &CanvasInput<'_>, part: ScenePart, at: Pt) -> Option<Target> {
        let grid = &input.scene.grid;
        let found: Option<(Id, Rect)> = if part == ScenePart::StageHeader {
            let span = grid.stages.iter().find(|span| span.header.contains(at));
            span.map(|span| (span.stage.into(), span.header))
        } else {
            let band = grid.lanes.iter().find(|band| band.label.contains(at));
            band.map(|band| (band.lane.into(), band.label))
        };
        found.map(|(id, body)| Target { id, part, body })
    }
}

/// Draws a header's background and bar, scaled as the map along the edge and as its words across.
fn draw_background(painter: &Painter, header: &PinnedHeader, shown: egui::Rect, scale: egui::Vec2) {
    for shape in &header.item.block.shapes {
        if let SceneShape::Rect { rect, radius, fill, stroke } = shape {
            let at = |p: Pt| shown.min + vec2(p.x, p.y) * scale;
            let rect = egui::Rect::from_min_max(at(rect.min), at(rect.max));
            let line = stroke.map_or(Stroke::NONE, |line| Stroke::new(line.width, to_color32(line.color)));
            let fill = fill.map_or(Color32::TRANSPARENT, to_color32);
            let radius = CornerRadius::from((radius * scale.min_elem()).min(24.0));
            painter.add(RectShape::new(rect, radius, fill, line, StrokeKind::Middle));
        }
    }
}

/// Draws hairlines along the far sides of the headers, and their soft shadow on the map.
fn draw_edges(painter: &Painter, view: &CameraView, theme: &Theme) {
    let line = Stroke::new(view.pixel, to_color32(theme.hairline));
    let content = view.content_rect();
    if let Some(ground) = view.lane_ground() {
        let clip = egui::Rect::from_x_y_ranges(content.x_range(), ground.y_range());
        let deep = egui::Rect::from_min_max(ground.right_top(), ground.right_bottom() + vec2(SHADOW, 0.0));
        draw_shadow(
            &painter.with_clip_rect(painter.clip_rect().intersect(clip)),
            deep,
            vec2(1.0, 0.0),
            theme,
        );
        painter.vline(ground.right() - view.pixel / 2.0, ground.y_range(), line);
    }
    if let Some(ground) = view.stage_ground() {
        let deep = egui::Rect::from_min_max(ground.left_bottom(), ground.right_bottom() + vec2(0.0, SHADOW));
        draw_shadow(painter, deep, vec2(0.0, 1.0), theme);
        painter.hline(ground.x_range(), ground.bottom(), line);
    }
}

/// Draws a shadow that fades in a direction.
fn draw_shadow(painter: &Painter, rect: egui::Rect, way: egui::Vec2, theme: &Theme) {
    let dark = to_color32(theme.shadow);
    let mut mesh = Mesh::default();
    for corner in [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()] {
        let depth = (corner - rect.min).dot(way);
        mesh.colored_vertex(corner, if depth > 0.0 { Color32::TRANSPARENT } else { dark });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    painter.add(mesh);
}
