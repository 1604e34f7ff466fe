//! The reading order of a journey, and the flows that follow it.

use super::beside::BesideChain;
use super::flows::{ForwardFlows, is_plain};
use crate::id::{FlowId, Id, LaneId, StepId};
use crate::model::choice::LaneKind;
use crate::model::{Journey, Touchpoint};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A line of steps that follow one another on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FlowLine {
    /// The customer's path: the cards of all touchpoint lanes.
    Path,
    /// The activities of one blueprint lane.
    Lane(LaneId),
    /// The stages.
    Stages,
    /// A branch of exceptions, identified by its first card.
    Branch(Id),
}

/// The position of a card or stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ReadingPlace {
    line: FlowLine,
    /// The index of its column in the journey.
    rank: usize,
}

/// The columns of some elements, line by line.
#[derive(Debug, Clone, Default, PartialEq)]
struct LineColumns {
    lines: BTreeMap<FlowLine, Vec<Vec<Id>>>,
    seats: BTreeMap<Id, (FlowLine, usize)>,
}

impl LineColumns {
    fn column_at(&self, line: FlowLine, column: usize) -> &[Id] {
        let found = self.lines.get(&line).and_then(|columns| columns.get(column));
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Cards and stages in the order in which they are read, line by line. Cards of one column are alternatives.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadingOrder {
    places: Arc<BTreeMap<Id, ReadingPlace>>,
    /// The lines, without the elements beside them.
    main: LineColumns,
    /// The column of its line that follows each element, beside the line or not.
    next: BTreeMap<Id, (FlowLine, usize)>,
    /// The exceptions beside the lines, branch by branch.
    aside: LineColumns,
}

impl ReadingOrder {
    /// Builds the reading order of a journey.
    pub(super) fn from_journey(journey: &Journey) -> Self {
        let stages = journey.stages_in_order();
        let ranks: BTreeMap<_, _> = stages.iter().enumerate().map(|(rank, stage)| (stage.id, rank)).collect();
        let stages = ranks
            .iter()
            .map(|(stage, rank)| (Id::from(*stage), ReadingPlace { line: FlowLine::Stages, rank: *rank }));
        let steps = journey.steps().values();
        let mut steps: Vec<(usize, &OrderKey, StepId)> =
            steps.filter_map(|step| Some((*ranks.get(&step.stage)?, &step.key, step.id))).collect();
        steps.sort_unstable();
        let columns: BTreeMap<_, _> =
            steps.into_iter().enumerate().map(|(rank, (_, _, step))| (step, rank)).collect();
        let cards = journey.touchpoints().values().filter_map(|card| {
            let rank = *columns.get(&card.step)?;
            Some((Id::from(card.id), ReadingPlace { line: line_of(journey, card), rank }))
        });
        let order = Self { places: Arc::new(stages.chain(cards).collect()), ..Self::default() };
        order.with_beside(&BesideChain::default())
    }

    /// Returns the same order, with some elements beside their lines.
    pub(super) fn with_beside(&self, beside: &BesideChain) -> Self {
        let places = || self.places.iter().map(|(id, place)| (place, *id));
        let main = places().filter(|(_, id)| !beside.has_element(*id));
        let main = columns_of(main.map(|(place, id)| (place.line, place.rank, id)));
        let aside = places().filter_map(|(place, id)| Some((beside.branch_start(id)?, place.rank, id)));
        let aside = columns_of(aside.map(|(branch, rank, id)| (FlowLine::Branch(branch), rank, id)));
        let next = self.places.iter().filter_map(|(id, place)| {
            let columns = main.lines.get(&place.line)?;
            let next = columns.partition_point(|column| self.column_rank(column) <= Some(place.rank));
            Some((*id, (place.line, next)))
        });
        let next = next.collect();
        Self { places: Arc::clone(&self.places), main, next, aside }
    }

    /// Returns the journey's column that a column of a line is part of.
    fn column_rank(&self, column: &[Id]) -> Option<usize> {
        column.first().and_then(|id| self.places.get(id)).map(|place| place.rank)
    }

    /// Returns the index of the journey's column that holds an element.
    pub(super) fn rank_of(&self, id: Id) -> Option<usize> {
        self.places.get(&id).map(|place| place.rank)
    }

    /// Returns the columns of each line.
    pub(super) fn columns_by_line(&self) -> &BTreeMap<FlowLine, Vec<Vec<Id>>> {
        &self.main.lines
    }

    /// Returns the elements of the column after an element: for an exception the next column of its branch,
    /// or the chain's next if that comes first.
    pub(super) fn next_column(&self, id: Id) -> &[Id] {
        let main = self.next.get(&id).map(|(line, column)| self.main.column_at(*line, *column));
        let aside = self.aside.seats.get(&id).map(|(line, column)| self.aside.column_at(*line, column + 1));
        let main = main.unwrap_or_default();
        let aside = aside.unwrap_or_default();
        let is_first = main.is_empty() || self.column_rank(aside) < self.column_rank(main);
        if is_first && !aside.is_empty() { aside } else { main }
    }

    /// Returns the line of a card or stage; `None` if the journey lacks it.
    pub(super) fn line_of_element(&self, id: Id) -> Option<FlowLine> {
        self.places.get(&id).map(|place| place.line)
    }

    /// Returns true if an element has a column in its line.
    pub(super) fn is_seated(&self, id: Id) -> bool {
        self.main.seats.contains_key(&id)
    }

    /// Returns the ids of all cards and stages.
    pub(super) fn element_ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.places.keys().copied()
    }

    /// Returns the columns of all lines in the order of the journey's columns.
    pub(super) fn sorted_columns(&self) -> impl Iterator<Item = &Vec<Id>> + '_ {
        let mut columns: Vec<&Vec<Id>> = self.columns_by_line().values().flatten().collect();
        columns.sort_by_key(|column| self.column_rank(column));
        columns.into_iter()
    }

    /// Returns the elements of an element's column, itself included.
    pub(super) fn column_of(&self, id: Id) -> &[Id] {
        let seat = self.main.seats.get(&id);
        seat.map(|(line, column)| self.main.column_at(*line, *column)).unwrap_or_default()
    }

    /// Returns the elements of the column before that of an element.
    pub(super) fn column_before(&self, id: Id) -> &[Id] {
        let seat = self.main.seats.get(&id);
        let before = seat.and_then(|(line, column)| Some((*line, column.checked_sub(1)?)));
        before.map(|(line, column)| self.main.column_at(line, column)).unwrap_or_default()
    }

    /// Returns true if `to` is in a later column than `from`.
    pub(super) fn is_forward(&self, from: Id, to: Id) -> bool {
        let places = self.places.get(&from).zip(self.places.get(&to));
        from.kind() == to.kind() && places.is_some_and(|(from, to)| from.rank < to.rank)
    }

    /// Returns true if `to` is in the very next column of the journey.
    pub(super) fn is_adjacent(&self, from: Id, to: Id) -> bool {
        let places = self.places.get(&from).zip(self.places.get(&to));
        places.is_some_and(|(from, to)| from.rank + 1 == to.rank)
    }

    /// Returns true if `to` is in the column after `from`.
    pub(super) fn is_next(&self, from: Id, to: Id) -> bool {
        self.next_column(from).contains(&to)
    }
}

/// Groups elements by line and by column of the journey.
fn columns_of(placed: impl Iterator<Item = (FlowLine, usize, Id)>) -> LineColumns {
    let mut columns = LineColumns::default();
    let mut sorted: Vec<(FlowLine, usize, Id)> = placed.collect();
    sorted.sort_unstable();
    for column in sorted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let Some((line, _, _)) = column.first() else { continue };
        let of_line = columns.lines.entry(*line).or_default();
        let seat = (*line, of_line.len());
        of_line.push(column.iter().map(|(_, _, id)| *id).collect());
        columns.seats.extend(column.iter().map(|(_, _, id)| (*id, seat)));
    }
    columns
}

/// Returns true if a card is in a touchpoint lane: it is a step of the customer's.
pub(in crate::edit::command) fn is_on_path(journey: &Journey, card: &Touchpoint) -> bool {
    line_of(journey, card) == FlowLine::Path
}

fn line_of(journey: &Journey, card: &Touchpoint) -> FlowLine {
    let lane = card.lane.and_then(|lane| journey.lanes().get(&lane));
    match lane.map(|lane| (lane.kind, lane.id)) {
        None | Some((LaneKind::Touchpoints, _)) => FlowLine::Path,
        Some((_, lane)) => FlowLine::Lane(lane),
    }
}

/// The chain of plain flows that runs through a journey.
#[derive(Debug, Default)]
pub(super) struct PlainChain {
    /// The plain flows from one column of a line to the next, with their ends; they follow cards that move.
    pub(super) links: Vec<(FlowId, Id, Id)>,
    /// Elements that lead on to the next column.
    pub(super) leading: BTreeSet<Id>,
    /// Elements that are reached from the column before.
    pub(super) reached: BTreeSet<Id>,
    /// The lines with at least one flow that leads on.
    pub(super) lines: BTreeSet<FlowLine>,
    /// True if the chain runs through all stages.
    pub(super) has_all_stages: bool,
}

impl PlainChain {
    /// Builds the chain of a journey that is read in this order.
    ///
    /// If every flow that leaves a card has a condition or share, these flows are the way on too. If a plain
    /// flow leaves it as well, they are exceptions.
    pub(super) fn from_journey(journey: &Journey, order: &ReadingOrder, flows: &ForwardFlows) -> Self {
        let mut chain = Self::default();
        for flow in journey.flows().values().filter(|flow| order.is_next(flow.from, flow.to)) {
            let within = order.is_seated(flow.from) || !order.is_seated(flow.to);
            if is_plain(journey, flow) {
                chain.links.push((flow.id, flow.from, flow.to));
            }
            if flows.is_way_on(flow.from, flow.to) {
                if within {
                    chain.lines.extend(order.line_of_element(flow.from));
                }
                chain.leading.insert(flow.from);
                chain.reached.extend(within.then_some(flow.to));
            }
        }
        let ends = order.element_ids().filter(|id| order.next_column(*id).is_empty());
        chain.leading.extend(ends.filter(|id| flows.is_reached(*id)));
        for (line, columns) in order.columns_by_line() {
            chain.open_line(*line, columns, flows);
        }
        let mut stages = order.places.iter().filter(|(_, place)| place.line == FlowLine::Stages);
        chain.has_all_stages = stages.all(|(id, _)| chain.leading.contains(id) && chain.reached.contains(id));
        chain
    }

    /// Marks the first column as reached, so that flows can lead to it. A lone path column leads on, too.
    fn open_line(&mut self, line: FlowLine, columns: &[Vec<Id>], flows: &ForwardFlows) {
        match columns {
            [only] if line == FlowLine::Path => {
                self.leading.extend(only);
                self.reached.extend(only);
            }
            [first, ..] => {
                self.reached.extend(first.iter().filter(|id| flows.leads_on(**id)));
            }
            [] => {}
        }
    }
}
