//! Tracks: lines that share a corridor or a gap are side by side, the shorter nested inside the longer.

use super::Planned;
use super::course::Course;
use crate::scene::Pt;

/// Height of a track without a label.
const LEVEL: f32 = 12.0;
/// Height of a label's track beyond the label's own.
const LABEL_ROOM: f32 = 4.0;
/// Width of a track in a gap.
pub(super) const TRACK: f32 = 8.0;
/// Maximum length that ranks distinguish.
const FAR: u32 = u32::MAX / 2;

/// The tracks of all corridors, or of all gaps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tracks {
    /// Start of each line's tracks in `sizes`, and the end of the last.
    starts: Vec<u32>,
    /// Size of each track, line by line.
    sizes: Vec<f32>,
}

impl Tracks {
    /// Returns the total size of a line's tracks; `None` if it has none.
    pub(super) fn total_size(&self, line: usize) -> Option<f32> {
        let sizes = self.track_sizes(line);
        (!sizes.is_empty()).then(|| sizes.iter().sum())
    }

    /// Returns the sizes of a line's tracks.
    pub(super) fn track_sizes(&self, line: usize) -> &[f32] {
        let bounds = self.starts.get(line).zip(self.starts.get(line + 1));
        bounds.and_then(|(&start, &end)| self.sizes.get(start as usize..end as usize)).unwrap_or(&[])
    }

    /// Returns the distance of a track's middle from the line's beginning.
    pub(super) fn track_middle(&self, line: usize, track: u16) -> f32 {
        let sizes = self.track_sizes(line);
        let track = usize::from(track).min(sizes.len().saturating_sub(1));
        sizes[..track].iter().sum::<f32>() + sizes.get(track).map_or(0.0, |size| size / 2.0)
    }
}

/// A stretch of a line that one flow needs for itself; sorts by precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TrackRequest {
    line: u32,
    rank: u32,
    low: u32,
    high: u32,
    flow: u32,
    part: u8,
}

/// Assigns each flow its tracks in the corridors; corridor 2·row is above a row and 2·row + 1 below it.
pub(super) fn assign_levels(planned: &mut [Option<Planned>], lines: usize) -> Tracks {
    let mut wishes = Vec::new();
    for (flow, planned) in (0_u32..).zip(planned.iter()) {
        let Some(planned) = planned else { continue };
        let wish = |part, (line, low, high): (u32, u32, u32)| TrackRequest {
            line,
            rank: high - low,
            low,
            high,
            flow,
            part,
        };
        let stretches = level_stretches(planned);
        wishes.extend((0_u8..).zip(stretches).filter_map(|(part, it)| Some(wish(part, it?))));
    }
    stack_tracks(wishes, lines, |wish, track| {
        let Some(planned) = &mut planned[wish.flow as usize] else { return LEVEL };
        planned.levels[usize::from(wish.part)] = track;
        let label = if label_part(planned) == wish.part { planned.flow.label } else { None };
        label.map_or(LEVEL, |label: Pt| (label.y.ceil() + LABEL_ROOM).max(LEVEL))
    })
}

/// Assigns each flow its tracks in the gaps, from left to right.
pub(super) fn assign_gaps(planned: &mut [Option<Planned>], lines: usize) -> Tracks {
    let mut wishes = Vec::new();
    for (flow, planned) in (0_u32..).zip(planned.iter()) {
        let Some(planned) = planned else { continue };
        // Long flows out turn off first, long flows in turn in last, so that their lines don't cross.
        let wish = |part, (line, a, b, enters): (u32, u32, u32, bool)| {
            let low = a.min(b);
            let high = a.max(b);
            let length = (high - low).min(FAR);
            TrackRequest {
                line,
                rank: if enters { FAR + length } else { FAR - length },
                low,
                high,
                flow,
                part,
            }
        };
        let stretches = gap_stretches(planned);
        wishes.extend((0_u8..).zip(stretches).filter_map(|(part, it)| Some(wish(part, it?))));
    }
    stack_tracks(wishes, lines, |wish, track| {
        if let Some(planned) = &mut planned[wish.flow as usize] {
            planned.tracks[usize::from(wish.part)] = track;
        }
        TRACK
    })
}

/// Returns the index of the flow's corridor that holds its label.
pub(super) fn label_part(planned: &Planned) -> u8 {
    match planned.course {
        Course::Around { from_row, to_row, .. } => u8::from(to_row > from_row),
        _ => 0,
    }
}

/// Returns the gap in whose middle the label of a flow back is placed.
pub(super) fn label_gap(planned: &Planned) -> u32 {
    (planned.cells.0.column + planned.cells.1.column).div_ceil(2)
}

/// Returns corridor and stretch; a column counts as three: gap, left half, right half.
fn level_stretches(planned: &Planned) -> [Option<(u32, u32, u32)>; 2] {
    let (from, to) = planned.cells;
    let leaves = from.column * 3 + 1;
    let enters = to.column * 3 + 2;
    let labelled = planned.flow.label.is_some();
    // A label needs room beside a short line.
    let roomy = |low: u32, high: u32, gap: u32| {
        if labelled { (low.min((gap * 3).saturating_sub(2)), high.max(gap * 3 + 2)) } else { (low, high) }
    };
    match planned.course {
        Course::Straight | Course::Drop => [None, None],
        Course::Turn { gap } | Course::Beside { gap } => {
            let (low, high) = roomy(gap * 3, gap * 3, gap);
            [labelled.then_some((from.row.max(to.row) * 2, low, high)), None]
        }
        Course::Over { row, first, last } => [Some((row * 2, first * 3, last * 3)), None],
        Course::Under { row } if from.column == to.column => {
            [Some((row * 2 + 1, from.column * 3, from.column * 3 + 3)), None]
        }
        Course::Under { row } => {
            let (low, high) = roomy(enters, leaves, label_gap(planned));
            [Some((row * 2 + 1, low, high)), None]
        }
        Course::Around { from_row, gap, to_row } => {
            let mut ends = [(gap * 3, leaves), (enters.min(gap * 3), enters.max(gap * 3))];
            ends[0] = (ends[0].0.min(ends[0].1), ends[0].0.max(ends[0].1));
            let part = usize::from(label_part(planned));
            ends[part] = roomy(ends[part].0, ends[part].1, label_gap(planned));
            [Some((from_row * 2 + 1, ends[0].0, ends[0].1)), Some((to_row * 2 + 1, ends[1].0, ends[1].1))]
        }
    }
}

/// Returns gap, two heights (a row counts as three: corridor above, middle, corridor below), and true if the
/// flow enters its card here.
fn gap_stretches(planned: &Planned) -> [Option<(u32, u32, u32, bool)>; 2] {
    let (from, to) = planned.cells;
    let start = from.row * 3 + 1;
    let end = to.row * 3 + 1;
    match planned.course {
        Course::Straight | Course::Drop | Course::Under { .. } => [None, None],
        Course::Turn { gap } => [Some((gap, start, end, gap > from.column + 1)), None],
        Course::Beside { gap } => [Some((gap, start, end, false)), None],
        Course::Over { row, first, last } => {
            [Some((first, start, row * 3, false)), Some((last, row * 3, end, true))]
        }
        Course::Around { from_row, gap, to_row } => {
            [Some((gap, from_row * 3 + 2, to_row * 3 + 2, false)), None]
        }
    }
}

/// Assigns each wish the next free track along its stretch. `take` stores the track and returns its size.
fn stack_tracks(
    mut wishes: Vec<TrackRequest>,
    lines: usize,
    mut take: impl FnMut(&TrackRequest, u16) -> f32,
) -> Tracks {
    wishes.sort_unstable();
    let mut tracks = Tracks { starts: vec![0; lines + 1], sizes: Vec::new() };
    let mut next = 0;
    for group in wishes.chunk_by(|a, b| a.line == b.line) {
        let line = group[0].line as usize;
        if line >= lines {
            continue;
        }
        let start = tracks.sizes.len();
        tracks.starts[next..=line].fill(start as u32);
        next = line + 1;
        let mut heights = Heights::new(group);
        for wish in group {
            let track = heights.assign_track(wish);
            let size = take(wish, u16::try_from(track).unwrap_or(u16::MAX));
            let at = start + track as usize;
            if at >= tracks.sizes.len() {
                tracks.sizes.resize(at + 1, 0.0);
            }
            tracks.sizes[at] = tracks.sizes[at].max(size);
        }
    }
    tracks.starts[next..].fill(tracks.sizes.len() as u32);
    tracks
}

/// The number of assigned tracks along a line: a segment tree over the ends of stretches.
struct Heights {
    places: Vec<u32>,
    /// The maximum anywhere below a node.
    most: Vec<u32>,
    /// The number assigned to all of a node.
    all: Vec<u32>,
}

impl Heights {
    fn new(group: &[TrackRequest]) -> Self {
        let mut places: Vec<u32> = group.iter().flat_map(|wish| [wish.low, wish.high]).collect();
        places.sort_unstable();
        places.dedup();
        let size = places.len().next_power_of_two() * 2;
        Self { places, most: vec![0; size], all: vec![0; size] }
    }

    /// Assigns the next track on a stretch and returns it.
    fn assign_track(&mut self, wish: &TrackRequest) -> u32 {
        let place = |value| self.places.partition_point(|&place| place < value);
        let range = (place(wish.low), place(wish.high));
        let whole = (0, self.places.len().next_power_of_two() - 1);
        let track = self.highest_in_range(1, whole, range);
        self.raise_range(1, whole, range, track + 1);
        track
    }

    fn highest_in_range(&self, node: usize, span: (usize, usize), range: (usize, usize)) -> u32 {
        if span.1 < range.0 || range.1 < span.0 {
            return 0;
        }
        if range.0 <= span.0 && span.1 <= range.1 {
            return self.most[node];
        }
        let middle = usize::midpoint(span.0, span.1);
        let left = self.highest_in_range(node * 2, (span.0, middle), range);
        let right = self.highest_in_range(node * 2 + 1, (middle + 1, span.1), range);
        left.max(right).max(self.all[node])
    }

    fn raise_range(&mut self, node: usize, span: (usize, usize), range: (usize, usize), value: u32) {
        if span.1 < range.0 || range.1 < span.0 {
            return;
        }
        self.most[node] = self.most[node].max(value);
        if range.0 <= span.0 && span.1 <= range.1 {
            self.all[node] = self.all[node].max(value);
            return;
        }
        let middle = usize::midpoint(span.0, span.1);
        self.raise_range(node * 2, (span.0, middle), range, value);
        self.raise_range(node * 2 + 1, (middle + 1, span.1), range, value);
    }
}
