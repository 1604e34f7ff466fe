//! One column of answers: its counts by group and slot. The slots are: missing, each reason of rejection,
//! each answer.

use super::counter::FoundColumn;
use super::roles::merge_lines;
use super::{ANSWERS, CountGroup, Counted, FastMap, LINES, Rejection};
use crate::model::counts::{Answer, Histogram, WeightSum};
use crate::survey::cell::{CellReader, CellReading, Reject};
use crate::survey::source::TableRow;
use std::collections::BTreeMap;

/// The most spellings of cells remembered per column, so that each is read once.
const SPELLINGS: usize = 4096;
/// Marks a one-byte cell that was not read yet.
const UNREAD: u16 = u16::MAX;
const MISSING: usize = 0;
const FIRST_ANSWER: usize = 1 + REASONS.len();
const REASONS: [Reject; 4] = [Reject::NotANumber, Reject::OffScale, Reject::RaggedRow, Reject::TooMany];
/// Answers are scaled to thousandths where products are summed.
const THOUSANDTHS: f64 = 1000.0;
/// The largest absolute answer, in thousandths, that is summed: no survey uses such scales.
pub(super) const FURTHEST: i64 = 1_000_000_000;

/// The groups that a row counts for.
#[derive(Debug, Clone, Copy)]
pub(super) enum GroupIndices<'a> {
    /// A combination of groups, by its index.
    Combination(usize),
    /// Several groups, by their indices.
    Groups(&'a [usize]),
}

/// The weight of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowWeight {
    /// The number of respondents that it stands for.
    pub(super) people: u64,
    /// The sum of their weights; `None` if the import is unweighted.
    pub(super) weight: Option<WeightSum>,
}

/// Counts by group and slot in one block, which grows in both directions.
#[derive(Debug)]
struct CountGrid<T> {
    cells: Vec<T>,
    width: usize,
}

impl<T: Copy + Default> CountGrid<T> {
    fn new() -> Self {
        Self { cells: Vec::new(), width: FIRST_ANSWER + 7 }
    }

    fn slot_mut(&mut self, group: usize, slot: usize) -> Option<&mut T> {
        if slot >= self.width {
            self.widen_slots(slot + 1);
        }
        let rows = group + 1;
        if self.cells.len() < rows * self.width {
            self.cells.resize(rows * self.width, T::default());
        }
        self.cells.get_mut(group * self.width + slot)
    }

    #[cold]
    fn widen_slots(&mut self, least: usize) {
        // Less than doubled: the counts of all questions and groups should fit into the processor's cache.
        let width = least.max(self.width + self.width / 3);
        let mut wider = vec![T::default(); self.cells.len() / self.width * width];
        for (from, to) in self.cells.chunks(self.width).zip(wider.chunks_mut(width)) {
            from.iter().zip(to).for_each(|(from, to)| *to = *from);
        }
        (self.cells, self.width) = (wider, width);
    }

    fn slots_of(&self, group: usize) -> &[T] {
        self.cells.get(group * self.width..(group + 1) * self.width).unwrap_or_default()
    }
}

/// Respondents and their weights, by group or combination and slot.
#[derive(Debug)]
struct WeightCells {
    /// Small integers, so that more of them fit into the processor's cache.
    counts: CountGrid<u16>,
    /// Counts that overflow these, by place and slot.
    carried: BTreeMap<(usize, usize), u64>,
    weights: Option<CountGrid<WeightSum>>,
}

impl WeightCells {
    fn new(weighted: bool) -> Self {
        Self { counts: CountGrid::new(), carried: BTreeMap::new(), weights: weighted.then(CountGrid::new) }
    }

    fn add_people(&mut self, place: usize, slot: usize, row: RowWeight) {
        if let Some(count) = self.counts.slot_mut(place, slot) {
            match u16::try_from(row.people).ok().and_then(|people| count.checked_add(people)) {
                Some(sum) => *count = sum,
                None => *self.carried.entry((place, slot)).or_default() += row.people,
            }
        }
        if let Some((weights, weight)) = self.weights.as_mut().zip(row.weight)
            && let Some(sum) = weights.slot_mut(place, slot)
        {
            sum.add_weight(weight);
        }
    }

    /// Returns the respondents of each slot of a place.
    fn counts_of(&self, place: usize) -> impl Iterator<Item = u64> {
        let carried = move |slot| self.carried.get(&(place, slot)).copied().unwrap_or(0);
        let counts = self.counts.slots_of(place).iter().enumerate();
        counts.map(move |(slot, count)| u64::from(*count) + carried(slot))
    }

    /// Adds a place of `others` to one of these; `slots` maps their slots to ours.
    fn merge_place(&mut self, place: usize, others: &Self, other: usize, slots: &[usize]) {
        for (slot, people) in others.counts_of(other).enumerate().filter(|(_, people)| *people > 0) {
            let weights = others.weights.as_ref();
            let weight =
                weights.map(|weights| weights.slots_of(other).get(slot).copied().unwrap_or_default());
            if let Some(slot) = slots.get(slot) {
                self.add_people(place, *slot, RowWeight { people, weight });
            }
        }
    }
}

/// A column of answers being counted.
pub(super) struct AnswerCounter {
    /// Its index in the mapping.
    pub(super) index: usize,
    /// Its index in the table.
    place: usize,
    reader: CellReader,
    /// The lowest answer of the scale.
    pub(super) lowest: Option<Answer>,
    /// Slots of one-byte cells, as most answers are.
    short: [u16; 256],
    spellings: FastMap<String, usize>,
    answers: Vec<Answer>,
    /// For each slot, the answer in thousandths.
    thousandths: Vec<Option<i64>>,
    by_group: WeightCells,
    by_combination: WeightCells,
    /// For each group, the shares of answers in millionths, if the table states no numbers of respondents.
    shares: BTreeMap<usize, BTreeMap<Answer, u64>>,
    /// For each group, the respondents in millionths, if the table states shares and the number of
    /// respondents.
    parts: BTreeMap<usize, BTreeMap<Answer, u64>>,
    lines: [Vec<u64>; REASONS.len()],
    /// True if there were more than [`ANSWERS`] different answers.
    pub(super) overflows: bool,
}

impl AnswerCounter {
    pub(super) fn new(found: &FoundColumn<'_>, weighted: bool) -> Self {
        Self {
            index: found.index,
            place: found.place,
            reader: CellReader::new(found.column_rule()),
            lowest: Answer::new(found.column_rule().low),
            short: [UNREAD; 256],
            spellings: FastMap::default(),
            answers: Vec::new(),
            thousandths: vec![None; FIRST_ANSWER],
            by_group: WeightCells::new(weighted),
            by_combination: WeightCells::new(weighted),
            shares: BTreeMap::new(),
            parts: BTreeMap::new(),
            lines: std::array::from_fn(|_| Vec::new()),
            overflows: false,
        }
    }

    /// Counts the cell of a row in each of the row's groups. Returns the answer in thousandths.
    pub(super) fn add_cell_of(
        &mut self,
        row: &TableRow<'_>,
        groups: GroupIndices<'_>,
        weight: RowWeight,
    ) -> Option<i64> {
        let cell = (!row.is_ragged()).then(|| row.cell(self.place));
        self.add_cell(cell, row.line_number(), groups, weight)
    }

    /// Counts a cell in each of its row's groups; `None` is the cell of a ragged row. Returns the answer in
    /// thousandths.
    pub(super) fn add_cell(
        &mut self,
        cell: Option<&str>,
        line: u64,
        groups: GroupIndices<'_>,
        row: RowWeight,
    ) -> Option<i64> {
        let slot = cell.map_or(reason_slot(Reject::RaggedRow), |cell| self.slot_of_cell(cell));
        self.add_slot(slot, line, groups, row)
    }

    /// Counts the lowest answer of the scale in each of a row's groups.
    pub(super) fn add_lowest(&mut self, line: u64, groups: GroupIndices<'_>, row: RowWeight) {
        let slot = self.lowest.map_or(MISSING, |answer| self.answer_slot(answer));
        self.add_slot(slot, line, groups, row);
    }

    fn add_slot(&mut self, slot: usize, line: u64, groups: GroupIndices<'_>, row: RowWeight) -> Option<i64> {
        if (1..FIRST_ANSWER).contains(&slot) {
            let lines = &mut self.lines[slot - 1];
            if lines.len() < LINES {
                lines.push(line);
            }
        }
        match groups {
            GroupIndices::Combination(place) => self.by_combination.add_people(place, slot, row),
            GroupIndices::Groups(groups) => {
                for group in groups {
                    self.by_group.add_people(*group, slot, row);
                }
            }
        }
        self.thousandths.get(slot).copied().flatten()
    }

    /// Adds the respondents who gave an answer, in millionths, to each of a row's groups.
    pub(super) fn add_part(&mut self, cell: &str, groups: &[usize], part: u64) {
        if let CellReading::Answer(answer) = self.reader.read(cell) {
            self.add_part_of(answer, groups, part);
        }
    }

    /// Adds respondents who gave the lowest answer, in millionths, to each of a row's groups.
    pub(super) fn add_lowest_part(&mut self, groups: &[usize], part: u64) {
        if let Some(lowest) = self.lowest {
            self.add_part_of(lowest, groups, part);
        }
    }

    fn add_part_of(&mut self, answer: Answer, groups: &[usize], part: u64) {
        if part > 0 {
            for group in groups {
                *self.parts.entry(*group).or_default().entry(answer).or_default() += part;
            }
        }
    }

    /// Adds the share of an answer, in millionths, to each of a row's groups.
    pub(super) fn add_share(&mut self, cell: &str, groups: &[usize], share: u64) {
        if share > 0
            && let CellReading::Answer(answer) = self.reader.read(cell)
        {
            for group in groups {
                let of_group = self.shares.entry(*group).or_default();
                *of_group.entry(answer).or_default() += share;
            }
        }
    }

    fn slot_of_cell(&mut self, cell: &str) -> usize {
        if let [byte] = cell.as_bytes() {
            let byte = usize::from(*byte);
            if self.short[byte] == UNREAD {
                self.short[byte] = u16::try_from(self.read_slot(cell)).unwrap_or(UNREAD);
            }
            return usize::from(self.short[byte]);
        }
        if let Some(slot) = self.spellings.get(cell) {
            return *slot;
        }
        let slot = self.read_slot(cell);
        if self.spellings.len() < SPELLINGS {
            self.spellings.insert(cell.to_owned(), slot);
        }
        slot
    }

    fn read_slot(&mut self, cell: &str) -> usize {
        match self.reader.read(cell) {
            CellReading::Missing => MISSING,
            CellReading::Rejected(reason) => reason_slot(reason),
            CellReading::Answer(answer) => self.answer_slot(answer),
        }
    }

    /// Returns the slot of an answer, creating it if the answer is new.
    fn answer_slot(&mut self, answer: Answer) -> usize {
        match self.answers.iter().position(|known| *known == answer) {
            Some(place) => FIRST_ANSWER + place,
            None if self.answers.len() == ANSWERS => {
                self.overflows = true;
                reason_slot(Reject::TooMany)
            }
            None => {
                self.answers.push(answer);
                let thousandths = (answer.get() * THOUSANDTHS).round();
                let near = thousandths.abs() <= FURTHEST as f64;
                self.thousandths.push(near.then_some(thousandths as i64));
                FIRST_ANSWER + self.answers.len() - 1
            }
        }
    }

    /// Moves the counts of combinations to their groups.
    pub(super) fn merge_combinations(&mut self, combinations: &[Vec<usize>]) {
        let weighted = self.by_combination.weights.is_some();
        let by_combination = std::mem::replace(&mut self.by_combination, WeightCells::new(weighted));
        let slots: Vec<usize> = (0..FIRST_ANSWER + self.answers.len()).collect();
        for (place, members) in combinations.iter().enumerate() {
            for group in members {
                self.by_group.merge_place(*group, &by_combination, place, &slots);
            }
        }
    }

    /// Adds the counts of other rows, whose combinations are merged. `groups` maps their groups to ours.
    pub(super) fn merge(&mut self, other: &Self, groups: &[Option<usize>]) {
        let mut slots: Vec<usize> = (0..FIRST_ANSWER).collect();
        slots.extend(other.answers.iter().map(|answer| self.answer_slot(*answer)));
        for (place, group) in groups.iter().enumerate() {
            let Some(group) = *group else { continue };
            self.by_group.merge_place(group, &other.by_group, place, &slots);
            for (own, others) in [(&mut self.shares, &other.shares), (&mut self.parts, &other.parts)] {
                let Some(others) = others.get(&place) else { continue };
                let own = own.entry(group).or_default();
                for (answer, part) in others {
                    *own.entry(*answer).or_default() += part;
                }
            }
        }
        for (own, lines) in self.lines.iter_mut().zip(&other.lines) {
            merge_lines(own, lines);
        }
        self.overflows |= other.overflows;
    }

    /// Returns the number of rows of a group, once the combinations are merged.
    pub(super) fn rows_of_group(&self, group: usize) -> u64 {
        self.by_group.counts_of(group).sum()
    }

    /// Stores the counts of each group under its final name; groups mapped to `None` are dropped.
    pub(super) fn finish(self, groups: &[Option<CountGroup>], counted: &mut Counted) {
        let mut by_group = BTreeMap::<CountGroup, Histogram>::new();
        let mut rejected = [0; REASONS.len()];
        for (place, group) in groups.iter().enumerate() {
            let Some(group) = group else { continue };
            let counts: Vec<u64> = self.by_group.counts_of(place).collect();
            if group.segment.is_everyone() {
                rejected.iter_mut().zip(counts.iter().skip(1)).for_each(|(sum, count)| *sum += count);
            }
            if self.shares.contains_key(&place) || counts.iter().any(|count| *count > 0) {
                by_group.entry(group.clone()).or_default().add_histogram(&self.histogram_of_group(place));
            }
        }
        for ((reason, lines), count) in REASONS.iter().zip(self.lines).zip(rejected) {
            if count > 0 {
                counted.rejections.insert((self.index, *reason), Rejection { count, lines });
            }
        }
        counted.answers.insert(self.index, by_group);
    }

    fn histogram_of_group(&self, group: usize) -> Histogram {
        let counts: Vec<u64> = self.by_group.counts_of(group).collect();
        let given =
            self.answers.iter().zip(counts.iter().skip(FIRST_ANSWER)).filter(|(_, count)| **count > 0);
        let answers: BTreeMap<Answer, u64> = given.map(|(answer, count)| (*answer, *count)).collect();
        let weights = self.by_group.weights.iter().flat_map(|weights| {
            let sums = weights.slots_of(group).iter().skip(FIRST_ANSWER);
            self.answers.iter().zip(sums.copied().chain(std::iter::repeat(WeightSum::default())))
        });
        Histogram {
            weights: weights
                .filter(|(a, _)| answers.contains_key(a))
                .map(|(a, weight)| (*a, weight))
                .collect(),
            shares: self.shares.get(&group).cloned().unwrap_or_default(),
            parts: self.parts.get(&group).cloned().unwrap_or_default(),
            missing: counts.get(MISSING).copied().unwrap_or(0),
            rejected: counts.iter().take(FIRST_ANSWER).skip(1).sum(),
            answers,
        }
    }
}

/// Returns the slot of a reason: after the missing slot, in the order of [`REASONS`].
fn reason_slot(reason: Reject) -> usize {
    REASONS.iter().position(|own| *own == reason).map_or(1, |place| place + 1)
}
