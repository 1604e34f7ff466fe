//! Marks of personas: a line colour and a point shape each, so that either alone distinguishes them.

/// The shape of a persona's points on the feeling curve; all have about the same weight and are convex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointShape {
    /// A circle, the only one without corners.
    Circle,
    /// A square on its side.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle pointing up.
    TriangleUp,
    /// A triangle pointing down.
    TriangleDown,
    /// A hexagon on its corner.
    Hexagon,
    /// A horizontal bar.
    Bar,
    /// A vertical bar.
    Pillar,
}

impl PointShape {
    /// All shapes, in the order in which they are assigned to personas.
    pub const ALL: [Self; 8] = [
        Self::Circle,
        Self::Square,
        Self::Diamond,
        Self::TriangleUp,
        Self::TriangleDown,
        Self::Hexagon,
        Self::Bar,
        Self::Pillar,
    ];

    /// Returns the shape of the persona at `index`; shapes repeat after eight.
    pub fn for_index(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    /// Returns the corners about (0, 0), x to the right and y down, for a point of radius 1; empty for a
    /// circle.
    pub const fn corner_points(self) -> &'static [[f32; 2]] {
        match self {
            Self::Circle => &[],
            Self::Square => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
            Self::Diamond => &[[0.0, -1.25], [1.25, 0.0], [0.0, 1.25], [-1.25, 0.0]],
            Self::TriangleUp => &[[0.0, -1.25], [1.15, 0.85], [-1.15, 0.85]],
            Self::TriangleDown => &[[-1.15, -0.85], [1.15, -0.85], [0.0, 1.25]],
            Self::Hexagon => {
                &[[0.0, -1.15], [1.0, -0.58], [1.0, 0.58], [0.0, 1.15], [-1.0, 0.58], [-1.0, -0.58]]
            }
            Self::Bar => &[[-1.3, -0.6], [1.3, -0.6], [1.3, 0.6], [-1.3, 0.6]],
            Self::Pillar => &[[-0.6, -1.3], [0.6, -1.3], [0.6, 1.3], [-0.6, 1.3]],
        }
    }
}
