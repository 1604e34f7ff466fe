//! Spatial index of a scene: a grid of buckets over the items' bounds.

use engine::scene::{Placed, Pt, Rect, Scene, pt};

/// Side of a bucket in points of the page; larger on pages that would need too many.
const SIDE: f32 = 256.0;
/// The maximum number of buckets.
const MOST: f32 = 65_536.0;
/// Items that span more buckets than this, such as lanes and the page, are tested on every query.
const WIDE: usize = 48;

/// The items of one scene by place.
#[derive(Debug, Default)]
pub(super) struct SceneIndex {
    side: f32,
    columns: usize,
    rows: usize,
    buckets: Vec<Vec<u32>>,
    wide: Vec<u32>,
}

impl SceneIndex {
    /// Sorts a scene's items into buckets.
    pub(super) fn new(scene: &Scene) -> Self {
        let page = pt(scene.size.x.clamp(1.0, 1e7), scene.size.y.clamp(1.0, 1e7));
        let side = SIDE.max((page.x * page.y / MOST).sqrt());
        let columns = (page.x / side) as usize + 1;
        let rows = (page.y / side) as usize + 1;
        let mut index =
            Self { side, columns, rows, buckets: vec![Vec::new(); columns * rows], wide: Vec::new() };
        for (place, item) in scene.items.iter().enumerate() {
            index.add_item(place as u32, item.bounds());
        }
        index
    }

    fn add_item(&mut self, place: u32, bounds: Rect) {
        let [left, top, right, bottom] = self.bucket_span(bounds);
        if (right - left + 1) * (bottom - top + 1) > WIDE {
            self.wide.push(place);
            return;
        }
        for row in top..=bottom {
            for column in left..=right {
                self.buckets[row * self.columns + column].push(place);
            }
        }
    }

    /// Returns the first and last bucket columns and rows that a rectangle touches.
    fn bucket_span(&self, rect: Rect) -> [usize; 4] {
        let cell = |at: f32, count: usize| ((at / self.side).max(0.0) as usize).min(count - 1);
        [
            cell(rect.min.x, self.columns),
            cell(rect.min.y, self.rows),
            cell(rect.max.x, self.columns),
            cell(rect.max.y, self.rows),
        ]
    }

    /// Returns the items that touch a rectangle, back to front.
    pub(super) fn items_in<'a>(&self, scene: &'a Scene, rect: Rect) -> Vec<&'a Placed> {
        if self.buckets.is_empty() {
            return Vec::new();
        }
        let [left, top, right, bottom] = self.bucket_span(rect);
        let mut places = self.wide.clone();
        for row in top..=bottom {
            for bucket in &self.buckets[row * self.columns + left..=row * self.columns + right] {
                places.extend_from_slice(bucket);
            }
        }
        places.sort_unstable();
        places.dedup();
        let items = places.into_iter().filter_map(|place| scene.items.get(place as usize));
        items.filter(|item| are_touching(item.bounds(), rect)).collect()
    }

    /// Returns the topmost element at a point: the last drawn whose block covers it. Lines (flows and curves)
    /// are hit only within `reach` of their path.
    pub(super) fn item_at<'a>(&self, scene: &'a Scene, point: Pt, reach: f32) -> Option<&'a Placed> {
        let around = Rect { min: point, max: point }.grow_by(reach);
        self.items_in(scene, around).into_iter().rev().find(|item| item.is_hit(point, reach))
    }
}

/// True if two rectangles touch; borders and empty rectangles count.
fn are_touching(a: Rect, b: Rect) -> bool {
    a.min.x <= b.max.x && b.min.x <= a.max.x && a.min.y <= b.max.y && b.min.y <= a.max.y
}
