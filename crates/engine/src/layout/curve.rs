//! A smooth curve through points from left to right that never overshoots them: between two points it stays
//! between their heights, so a feeling is never drawn stronger than it was given.
//!
//! A piecewise cubic Hermite curve; the slopes are limited as by Fritsch and Carlson (1980).

use crate::scene::{PathSegment, Pt, cubic_point, pt};

/// A curve through points of ascending x.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    points: Vec<Pt>,
    slopes: Vec<f32>,
}

impl Curve {
    /// Returns the curve through the points. A point that is not right of the previous one, or not finite, is
    /// left out.
    pub fn through_points(points: impl IntoIterator<Item = Pt>) -> Self {
        let mut kept: Vec<Pt> = Vec::new();
        for point in points {
            let ascends = kept.last().is_none_or(|last| point.x > last.x);
            if ascends && point.x.is_finite() && point.y.is_finite() {
                kept.push(point);
            }
        }
        let slopes = monotone_slopes(&kept);
        Self { points: kept, slopes }
    }

    /// Returns its points.
    pub fn points(&self) -> &[Pt] {
        &self.points
    }

    /// Returns its Bézier segments from its first point on.
    pub fn segments(&self) -> Vec<PathSegment> {
        self.spans().map(|(_, a, b, to)| PathSegment::Cubic(a, b, to)).collect()
    }

    /// Returns its height at an x between its ends.
    pub fn value_at(&self, x: f32) -> Option<f32> {
        let next = self.points.partition_point(|point| point.x < x);
        let to = self.points.get(next)?;
        if next == 0 {
            return (to.x <= x).then_some(to.y);
        }
        let (from, a, b, to) = self.span(next - 1)?;
        // Control points are at thirds, so x is linear in t.
        Some(cubic_point(from, a, b, to, (x - from.x) / (to.x - from.x)).y)
    }

    /// Returns points on the curve, `pieces` for each span: close enough to be joined by straight lines.
    pub fn to_polyline(&self, pieces: u16) -> Vec<Pt> {
        let mut line: Vec<Pt> = self.points.first().copied().into_iter().collect();
        for (from, a, b, to) in self.spans() {
            line.extend(
                (1..pieces).map(|piece| cubic_point(from, a, b, to, f32::from(piece) / f32::from(pieces))),
            );
            line.push(to);
        }
        line
    }

    fn spans(&self) -> impl Iterator<Item = (Pt, Pt, Pt, Pt)> {
        (0..self.points.len()).map_while(|index| self.span(index))
    }

    /// Returns start, two control points and end of a span.
    fn span(&self, index: usize) -> Option<(Pt, Pt, Pt, Pt)> {
        let from = *self.points.get(index)?;
        let to = *self.points.get(index + 1)?;
        let third = (to.x - from.x) / 3.0;
        let a = pt(from.x + third, from.y + third * self.slopes[index]);
        let b = pt(to.x - third, to.y - third * self.slopes[index + 1]);
        Some((from, a, b, to))
    }
}

/// Returns the slope at each point: flat at peaks, valleys and ends of level stretches, else limited to stay
/// monotone.
fn monotone_slopes(points: &[Pt]) -> Vec<f32> {
    let secants: Vec<f32> =
        points.windows(2).map(|pair| (pair[1].y - pair[0].y) / (pair[1].x - pair[0].x)).collect();
    let at = |index: usize| {
        let before = index.checked_sub(1).and_then(|index| secants.get(index));
        match (before, secants.get(index)) {
            (Some(&a), Some(&b)) if a * b > 0.0 => {
                // Not steeper than three times the flatter side, which keeps both spans monotone.
                a.signum() * f32::midpoint(a, b).abs().min(3.0 * a.abs()).min(3.0 * b.abs())
            }
            // The curve begins and ends level, as a feeling has no trend beyond its ends.
            _ => 0.0,
        }
    };
    (0..points.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn journey() -> impl Strategy<Value = Vec<Pt>> {
        let step = (1.0_f32..200.0, -2.0_f32..=2.0);
        prop::collection::vec(step, 1..30).prop_map(|steps| {
            let mut x = 0.0;
            let mut next = |(by, y): (f32, f32)| {
                x += by;
                pt(x, y)
            };
            steps.into_iter().map(&mut next).collect()
        })
    }

    proptest! {
        #[test]
        fn runs_through_its_points_and_stays_between_them(points in journey()) {
            let curve = Curve::through_points(points.clone());
            prop_assert_eq!(curve.points(), &points[..]);
            for point in &points {
                let value = curve.value_at(point.x);
                prop_assert!(value.is_some_and(|y| (y - point.y).abs() < 1e-4), "{value:?} at {point:?}");
            }
            for pair in points.windows(2) {
                let low = pair[0].y.min(pair[1].y) - 1e-4;
                let high = pair[0].y.max(pair[1].y) + 1e-4;
                for step in 0_u8..=20 {
                    let x = pair[0].x + (pair[1].x - pair[0].x) * f32::from(step) / 20.0;
                    let y = curve.value_at(x.min(pair[1].x));
                    prop_assert!(y.is_some_and(|y| (low..=high).contains(&y)), "{y:?} outside {low}…{high}");
                }
            }
        }

        #[test]
        fn polyline_lies_on_the_curve(points in journey()) {
            let curve = Curve::through_points(points.clone());
            let line = curve.to_polyline(8);
            prop_assert_eq!(line.len(), (points.len() - 1) * 8 + 1);
            for point in line {
                let x = point.x.clamp(points[0].x, points[points.len() - 1].x);
                prop_assert!(curve.value_at(x).is_some_and(|y| (y - point.y).abs() < 1e-2));
            }
        }
    }

    #[test]
    fn points_that_go_back_or_are_not_numbers_are_left_out() {
        let curve = Curve::through_points([
            pt(0.0, 1.0),
            pt(f32::NAN, 0.0),
            pt(0.0, 2.0),
            pt(5.0, 0.0),
            pt(4.0, 1.0),
        ]);
        assert_eq!(curve.points(), [pt(0.0, 1.0), pt(5.0, 0.0)]);
        assert_eq!(curve.segments().len(), 1);
        assert_eq!((curve.value_at(-0.1), curve.value_at(5.1)), (None, None));
        assert!(Curve::through_points([]).segments().is_empty());
    }
}
