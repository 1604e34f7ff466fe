//! Stage headers and lane labels stay at the window's edges while the map scrolls beneath them, as in a
//! spreadsheet.
//!
//! Each of the two is frozen once its own place would leave the window. It is then drawn at the edge, and
//! pointing at it there means its own place on the page.

use super::camera::{COMFORTABLE, CameraView};
use egui::{Pos2, Vec2, pos2, vec2};
use engine::scene::{PageGrid, Pt, Rect, ScenePart, pt};
use engine::theme::size;

/// Space between the window's edge and a frozen header.
const MARGIN: f32 = size::space::S;
/// The background's extent beyond the stage headers. The lane labels have none: the first column begins where
/// they end.
const PAD: f32 = 6.0;
/// The largest share of the window, or of a small map, that frozen headers take.
const SHARE: f32 = 0.25;
/// Minimum scale of frozen headers, so that stage names can be read at a small zoom.
const READABLE: f32 = COMFORTABLE / size::text::STRONG;

/// Below this scale headers are not frozen: the window is too small.
const LEAST: f32 = 0.2;

/// A frozen edge: the headers' extent on the page across it, and their place on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// The headers' near and far side on the page.
    own: (f32, f32),
    /// The headers' far side on the screen.
    far: f32,
    /// The background's extent beyond them.
    pad: f32,
    /// Points of the screen for a point of the headers.
    pub(super) scale: f32,
}

impl Edge {
    /// Returns the edge if the headers would leave the window there: `near` is the window's edge, `far` is
    /// where the headers end at their own place.
    fn new(own: (f32, f32), (scale, pad): (f32, f32), near: f32, far: f32) -> Option<Self> {
        let kept = near + MARGIN + (own.1 - own.0) * scale;
        let is_readable = own.1 > own.0 && scale >= LEAST;
        (is_readable && far < kept - 0.5).then_some(Self { own, far: kept, pad, scale })
    }

    /// Returns the far side of the background beneath the headers.
    pub(super) fn background_end(&self) -> f32 {
        self.far + self.pad
    }

    /// Converts a page coordinate across the edge to the screen.
    fn page_to_screen(&self, own: f32) -> f32 {
        self.far + (own - self.own.1) * self.scale
    }

    /// Converts a screen coordinate across the edge to the page.
    fn screen_to_page(&self, shown: f32) -> f32 {
        (self.own.1 + (shown - self.far) / self.scale).clamp(self.own.0, self.own.1)
    }
}

/// The headers that are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Frozen {
    /// The stages' headers, at the top.
    pub(super) stages: Option<Edge>,
    /// The lanes' labels, at the left.
    pub(super) lanes: Option<Edge>,
    /// The vertical extent on the page of the background beneath the labels.
    down: (f32, f32),
}

/// The area of the window that a point is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// The map.
    Map,
    /// The frozen headers of the stages.
    Stages,
    /// The frozen labels of the lanes.
    Lanes,
    /// The corner where both meet; it is empty.
    Corner,
}

/// Returns the scale of frozen headers `length` deep, for a zoom and the sizes of window and page across the
/// edge.
fn header_scale(zoom: f32, length: f32, window: f32, page: f32) -> f32 {
    let afar = READABLE.min(SHARE * page * zoom / length.max(1.0));
    zoom.max(afar).min(SHARE * window / length.max(1.0))
}

/// Returns the extents across the edge of the stage headers and of the lane labels, which are each all the
/// same.
fn header_extents(grid: &PageGrid) -> [(f32, f32); 2] {
    let stages = grid.stages.first().map_or((0.0, 0.0), |span| (span.header.min.y, span.header.max.y));
    let lanes = grid.lanes.first().map_or((0.0, 0.0), |band| (band.label.min.x, band.label.max.x));
    [stages, lanes]
}

/// Returns the width and height that frozen headers cover at the window's left and top at a zoom.
pub(super) fn covered_size(grid: &PageGrid, page: Pt, window: Vec2, zoom: f32) -> Vec2 {
    let [stages, lanes] = header_extents(grid);
    let end = |side: (f32, f32), window: f32, page: f32, pad: f32| {
        let length = side.1 - side.0;
        if length > 0.0 { MARGIN + length * header_scale(zoom, length, window, page) + pad } else { 0.0 }
    };
    vec2(end(lanes, window.x, page.x, 0.0), end(stages, window.y, page.y, PAD))
}

impl Frozen {
    /// Selects the headers to freeze in a view of a page.
    fn new(grid: &PageGrid, page: Pt, view: &CameraView) -> Self {
        let [stages, lanes] = header_extents(grid);
        let window = view.rect;
        let far = view.page_to_screen(pt(lanes.1, stages.1));
        let rows = header_scale(view.zoom, stages.1 - stages.0, window.height(), page.y);
        let columns = header_scale(view.zoom, lanes.1 - lanes.0, window.width(), page.x);
        let top = if stages.1 > stages.0 { stages.0 } else { f32::INFINITY };
        let first = grid.lanes.first().map_or(top, |band| band.rect.min.y);
        let last = grid.lanes.last().map_or(top, |band| band.rect.max.y);
        Self {
            stages: Edge::new(stages, (rows, PAD), window.top(), far.y),
            lanes: Edge::new(lanes, (columns, 0.0), window.left(), far.x),
            down: (top.min(first), last),
        }
    }
}

impl CameraView {
    /// Freezes the headers that would leave the window.
    pub(super) fn freeze_headers(mut self, grid: &PageGrid, page: Pt) -> Self {
        self.frozen = Frozen::new(grid, page, &self);
        self
    }

    /// Returns the part of the window that no frozen header covers.
    pub(super) fn content_rect(&self) -> egui::Rect {
        let left = self.frozen.lanes.map_or(self.rect.left(), |edge| edge.background_end());
        let top = self.frozen.stages.map_or(self.rect.top(), |edge| edge.background_end());
        egui::Rect::from_min_max(pos2(left, top).min(self.rect.max), self.rect.max)
    }

    /// Returns the background beneath the frozen stage headers.
    pub(super) fn stage_ground(&self) -> Option<egui::Rect> {
        let edge = self.frozen.stages?;
        Some(self.rect.with_max_y(edge.background_end().min(self.rect.bottom())))
    }

    /// Returns the background beneath the frozen lane labels.
    pub(super) fn lane_ground(&self) -> Option<egui::Rect> {
        let edge = self.frozen.lanes?;
        let (top, bottom) = self.frozen.down;
        let top = (self.page_to_screen(pt(0.0, top)).y - PAD).max(self.content_rect().top());
        let bottom = (self.page_to_screen(pt(0.0, bottom)).y + self.pixel).min(self.rect.bottom());
        let ground = egui::Rect::from_min_max(
            pos2(self.rect.left(), top),
            pos2(edge.background_end().min(self.rect.right()), bottom),
        );
        ground.is_positive().then_some(ground)
    }

    /// Returns the area of the window that a point of the screen is in.
    pub(super) fn zone_at(&self, at: Pos2) -> Zone {
        let over_stages = self.stage_ground().is_some_and(|ground| ground.contains(at));
        let over_lanes = self.lane_ground().is_some_and(|ground| ground.contains(at));
        let beside = self.frozen.lanes.is_some_and(|edge| at.x < edge.background_end());
        match (over_stages, over_lanes) {
            (true, _) if beside => Zone::Corner,
            (true, _) => Zone::Stages,
            (false, true) => Zone::Lanes,
            (false, false) => Zone::Map,
        }
    }

    /// Converts a point of the screen to the page; in a frozen header, to the header's own place.
    pub(super) fn screen_to_part(&self, at: Pos2) -> Pt {
        let page = self.screen_to_page(at);
        match (self.zone_at(at), self.frozen.stages, self.frozen.lanes) {
            (Zone::Stages, Some(edge), _) => pt(page.x, edge.screen_to_page(at.y)),
            (Zone::Lanes, _, Some(edge)) => pt(edge.screen_to_page(at.x), page.y),
            _ => page,
        }
    }

    /// Converts a point in a part of an element to the screen, frozen headers included.
    pub(super) fn part_to_screen(&self, part: ScenePart, at: Pt) -> Pos2 {
        let own = self.page_to_screen(at);
        match part {
            ScenePart::StageHeader => {
                pos2(own.x, self.frozen.stages.map_or(own.y, |edge| edge.page_to_screen(at.y)))
            }
            ScenePart::Lane => pos2(self.frozen.lanes.map_or(own.x, |edge| edge.page_to_screen(at.x)), own.y),
            _ => own,
        }
    }

    /// Converts the body of a part of an element to the screen: a stage header, a lane label, or anything
    /// else.
    pub(super) fn part_screen_rect(&self, part: ScenePart, body: Rect) -> egui::Rect {
        egui::Rect::from_min_max(self.part_to_screen(part, body.min), self.part_to_screen(part, body.max))
    }

    /// Converts a rectangle that may be a stage header's to the screen.
    pub(super) fn guide_screen_rect(&self, rect: Rect) -> egui::Rect {
        let is_header = self.frozen.stages.is_some_and(|edge| edge.own == (rect.min.y, rect.max.y));
        self.part_screen_rect(if is_header { ScenePart::StageHeader } else { ScenePart::Page }, rect)
    }

    /// Returns the part of the window in which a part of an element may be drawn over the map.
    pub(super) fn part_clip_rect(&self, part: ScenePart) -> egui::Rect {
        match part {
            ScenePart::StageHeader => self.rect.with_min_x(self.content_rect().left()),
            ScenePart::Lane => self.rect.with_min_y(self.content_rect().top()),
            _ => self.content_rect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::camera::Camera;
    use engine::id::{IdSource, LaneId, StageId};
    use engine::model::choice::LaneKind;
    use engine::scene::{LaneBand, StageSpan};

    const PAGE: Pt = pt(3000.0, 1500.0);

    fn grid() -> PageGrid {
        let mut source = IdSource::from_seed(1);
        let header = Rect::new(170.0, 100.0, 900.0, 60.0);
        let rect = Rect::new(24.0, 180.0, 2900.0, 700.0);
        let label = Rect::new(24.0, 180.0, 144.0, 700.0);
        let lane = LaneId::new(&mut source);
        let kind = LaneKind::Touchpoints;
        PageGrid {
            stages: vec![StageSpan { stage: StageId::new(&mut source), header, span: (176.0, 1064.0) }],
            lanes: vec![LaneBand { lane, kind, rect, label, row: None }],
            ..PageGrid::default()
        }
    }

    fn view(x: f32, y: f32, zoom: f32, window: Vec2) -> CameraView {
        let rect = egui::Rect::from_min_size(pos2(10.0, 20.0), window);
        CameraView::new(Camera { origin: pt(x, y), zoom }, rect, 1.0).freeze_headers(&grid(), PAGE)
    }

    #[test]
    fn headers_are_frozen_once_their_own_places_would_leave_the_window_and_no_sooner() {
        let window = vec2(1280.0, 800.0);
        assert_eq!(view(-24.0, -24.0, 1.0, window).frozen.stages, None);
        let mut last = f32::INFINITY;
        for step in 0..200_u8 {
            let view = view(0.0, f32::from(step), 1.0, window);
            let shown = view.part_screen_rect(ScenePart::StageHeader, grid().stages[0].header);
            let own = view.screen_rect(grid().stages[0].header);
            assert!(
                shown.top() >= own.top() && shown.top() >= 20.0 && shown.top() <= last,
                "no jump at {step}"
            );
            assert!((shown.left() - own.left()).abs() < 0.01 && (shown.height() - 60.0).abs() < 0.01);
            last = shown.top();
        }
        assert!((last - 28.0).abs() < 0.01, "{last}");
    }

    #[test]
    fn every_point_of_the_window_means_one_thing() {
        for (zoom, window) in
            [(1.0, vec2(1280.0, 800.0)), (0.3, vec2(1280.0, 800.0)), (4.0, vec2(640.0, 400.0))]
        {
            let view = view(600.0, 400.0, zoom, window);
            let corner = view.rect.min + vec2(4.0, 4.0);
            assert_eq!(view.zone_at(corner), Zone::Corner);
            let content = view.content_rect();
            let header = grid().stages[0].header;
            assert!(content.width() > 0.6 * window.x && content.height() > 0.6 * window.y, "{content}");
            let over = pos2(content.left() + 5.0, content.top() - PAD - 4.0);
            assert_eq!(view.zone_at(over), Zone::Stages);
            assert!((header.min.y..=header.max.y).contains(&view.screen_to_part(over).y));
            let meant = view.screen_to_part(over).x;
            let page = view.screen_to_page(over).x;
            assert!((meant - page).abs() < 0.01, "the map is followed sideways");
            let inside = content.min + vec2(30.0, 30.0);
            assert_eq!(
                (view.zone_at(inside), view.screen_to_part(inside)),
                (Zone::Map, view.screen_to_page(inside))
            );
        }
    }

    #[test]
    fn no_window_is_too_small() {
        for window in [Vec2::ZERO, vec2(1.0, 1.0), vec2(30.0, 900.0), vec2(900.0, 12.0)] {
            let view = view(600.0, 400.0, 0.02, window);
            assert!(view.content_rect().is_finite() && view.screen_to_part(view.rect.center()).x.is_finite());
        }
    }
}
