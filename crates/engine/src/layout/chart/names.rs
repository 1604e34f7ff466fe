//! Places the names of a chart's points: beside their points, without overlap.

use crate::scene::{Pt, Rect, pt};

/// Height of a name, and the gap between it and its point.
const HEIGHT: f32 = 14.0;
const GAP: f32 = 8.0;

/// Returns the left middle of each name; `None` if no place beside its point is free. Earlier points choose
/// first.
pub fn place_names(points: &[Pt], widths: &[f32], room: Rect) -> Vec<Option<Pt>> {
    let around = |at: &Pt| Rect::from_two_points(*at - pt(5.0, 5.0), *at + pt(5.0, 5.0));
    let mut taken: Vec<Rect> = points.iter().map(around).collect();
    let place = |(own, (at, width)): (usize, (&Pt, &f32))| {
        let half = width / 2.0;
        let up = HEIGHT / 2.0 + GAP;
        let tries = [
            pt(at.x + GAP, at.y),
            pt(at.x - GAP - width, at.y),
            pt(at.x - half, at.y - up),
            pt(at.x - half, at.y + up),
        ];
        let found = tries.into_iter().find(|start| {
            let rect = name_rect(*start, *width);
            let inside = room.contains(rect.min) && room.contains(rect.max);
            inside && taken.iter().enumerate().all(|(other, held)| other == own || !held.overlaps_rect(rect))
        })?;
        taken.push(name_rect(found, *width));
        Some(found)
    };
    points.iter().zip(widths).enumerate().map(place).collect()
}

fn name_rect(start: Pt, width: f32) -> Rect {
    Rect::new(start.x, start.y - HEIGHT / 2.0, width, HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_beside_their_points_and_apart_from_each_other() {
        let room = Rect::new(0.0, 0.0, 400.0, 200.0);
        let points = [pt(200.0, 100.0), pt(202.0, 101.0), pt(198.0, 99.0), pt(201.0, 100.0), pt(395.0, 10.0)];
        let found = place_names(&points, &[80.0; 5], room);
        let rects: Vec<Rect> = found.iter().flatten().map(|at| name_rect(*at, 80.0)).collect();
        assert!(rects.len() >= 3 && found[4].is_some_and(|at| at.x < 395.0));
        for (index, one) in rects.iter().enumerate() {
            assert!(rects[..index].iter().all(|other| !one.overlaps_rect(*other)));
        }
    }
}
