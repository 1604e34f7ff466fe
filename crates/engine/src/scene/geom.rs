//! Points and rectangles in points of the page: x to the right, y downward, origin at the page's top left.

/// A point or a distance.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pt {
    /// To the right.
    pub x: f32,
    /// Downward.
    pub y: f32,
}

/// Shorthand for [`Pt`].
pub const fn pt(x: f32, y: f32) -> Pt {
    Pt { x, y }
}

impl std::ops::Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        pt(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        pt(self.x - other.x, self.y - other.y)
    }
}

/// An axis-parallel rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Top left.
    pub min: Pt,
    /// Bottom right.
    pub max: Pt,
}

impl Rect {
    /// A rectangle by its top left corner and its size.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { min: pt(x, y), max: pt(x + width, y + height) }
    }

    /// Returns the smallest rectangle around two points.
    pub fn from_two_points(a: Pt, b: Pt) -> Self {
        Self { min: pt(a.x.min(b.x), a.y.min(b.y)), max: pt(a.x.max(b.x), a.y.max(b.y)) }
    }

    /// Returns the width.
    pub fn width(self) -> f32 {
        self.max.x - self.min.x
    }

    /// Returns the height.
    pub fn height(self) -> f32 {
        self.max.y - self.min.y
    }

    /// Returns the centre.
    pub fn center(self) -> Pt {
        pt(f32::midpoint(self.min.x, self.max.x), f32::midpoint(self.min.y, self.max.y))
    }

    /// True if the point is inside, borders included.
    pub fn contains(self, point: Pt) -> bool {
        (self.min.x..=self.max.x).contains(&point.x) && (self.min.y..=self.max.y).contains(&point.y)
    }

    /// True if the other rectangle is inside, borders included.
    pub fn contains_rect(self, other: Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// True if the two share more than a border.
    pub fn overlaps_rect(self, other: Self) -> bool {
        self.min.x < other.max.x
            && other.min.x < self.max.x
            && self.min.y < other.max.y
            && other.min.y < self.max.y
    }

    /// Returns the rectangle moved by a distance.
    #[must_use]
    pub fn shift_by(self, by: Pt) -> Self {
        Self { min: self.min + by, max: self.max + by }
    }

    /// Returns the rectangle grown on all sides; shrunk if `by` is negative.
    #[must_use]
    pub fn grow_by(self, by: f32) -> Self {
        Self { min: self.min - pt(by, by), max: self.max + pt(by, by) }
    }

    /// Returns the smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: pt(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: pt(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }
}
