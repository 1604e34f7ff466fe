//! The reading order of a journey, and the flows that follow it.

use crate::id::{FlowId, Id, LaneId, StepId};
use crate::model::choice::LaneKind;
use crate::model::{Flow, Journey, Touchpoint};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A line of steps that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FlowLine {
    /// What the customer goes through: the cards of all touchpoint lanes.
    Path,
    /// The activities of one blueprint lane.
    Lane(LaneId),
    /// The stages.
    Stages,
}

/// Where a card or stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ReadingPlace {
    line: FlowLine,
    /// The column of the journey.
    rank: usize,
}

/// The columns of some elements, line by line.
#[derive(Debug, Clone, Default, PartialEq)]
struct LineColumns {
    lines: BTreeMap<FlowLine, Vec<Vec<Id>>>,
    seats: BTreeMap<Id, (FlowLine, usize)>,
}

impl LineColumns {
    fn column(&self, line: FlowLine, column: usize) -> &[Id] {
        let found = self.lines.get(&line).and_then(|columns| columns.get(column));
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Cards and stages in the order in which they are read, line by line. Cards of one column are alternatives.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadingOrder {
    places: Arc<BTreeMap<Id, ReadingPlace>>,
    /// The lines, without what stands beside them.
    main: LineColumns,
    /// The column of its line that comes after an element, wherever it stands.
    next: BTreeMap<Id, (FlowLine, usize)>,
    /// The exceptions beside the lines.
    aside: LineColumns,
}

impl ReadingOrder {
    /// Reads a journey.
    pub(super) fn of(journey: &Journey) -> Self {
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
        order.without(&BesideChain::default())
    }

    /// The same order, with some elements beside their lines.
    pub(super) fn without(&self, beside: &BesideChain) -> Self {
        let ids = || self.places.keys().copied();
        let main = self.columns_of(ids().filter(|id| !beside.ids.contains(id)));
        let aside = self.columns_of(ids().filter(|id| beside.is_exception(*id)));
        let next = self.places.iter().filter_map(|(id, place)| {
            let columns = main.lines.get(&place.line)?;
            let next = columns.partition_point(|column| self.rank(column) <= Some(place.rank));
            Some((*id, (place.line, next)))
        });
        let next = next.collect();
        Self { places: Arc::clone(&self.places), main, next, aside }
    }

    fn columns_of(&self, ids: impl Iterator<Item = Id>) -> LineColumns {
        let mut columns = LineColumns::default();
        let placed = ids.filter_map(|id| self.places.get(&id).map(|place| (place.line, place.rank, id)));
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

    /// The column of the journey that a column of a line is part of.
    fn rank(&self, column: &[Id]) -> Option<usize> {
        column.first().and_then(|id| self.places.get(id)).map(|place| place.rank)
    }

    /// The columns of each line.
    pub(super) fn lines(&self) -> &BTreeMap<FlowLine, Vec<Vec<Id>>> {
        &self.main.lines
    }

    /// What stands in the column after an element: for an exception in the next column of its branch, or where the chain
    /// goes on if that comes first.
    pub(super) fn next_column(&self, id: Id) -> &[Id] {
        let main = self.next.get(&id).map(|(line, column)| self.main.column(*line, *column));
        let aside = self.aside.seats.get(&id).map(|(line, column)| self.aside.column(*line, column + 1));
        let (main, aside) = (main.unwrap_or_default(), aside.unwrap_or_default());
        let is_first = main.is_empty() || self.rank(aside) < self.rank(main);
        if is_first && !aside.is_empty() { aside } else { main }
    }

    /// The line of a card or stage; none where it is not there.
    pub(super) fn line(&self, id: Id) -> Option<FlowLine> {
        self.places.get(&id).map(|place| place.line)
    }

    /// True if an element has a column in its line.
    pub(super) fn is_seated(&self, id: Id) -> bool {
        self.main.seats.contains_key(&id)
    }

    /// The cards and stages.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.places.keys().copied()
    }

    /// The columns of all lines, each after those that stand before it.
    fn columns(&self) -> impl Iterator<Item = &Vec<Id>> + '_ {
        let mut columns: Vec<&Vec<Id>> = self.lines().values().flatten().collect();
        columns.sort_by_key(|column| self.rank(column));
        columns.into_iter()
    }

    /// What stands in the column of an element, itself among them.
    pub(super) fn column_of(&self, id: Id) -> &[Id] {
        let seat = self.main.seats.get(&id);
        seat.map(|(line, column)| self.main.column(*line, *column)).unwrap_or_default()
    }

    /// What stands in the column before that of an element.
    fn column_before(&self, id: Id) -> &[Id] {
        let seat = self.main.seats.get(&id);
        let before = seat.and_then(|(line, column)| Some((*line, column.checked_sub(1)?)));
        before.map(|(line, column)| self.main.column(line, column)).unwrap_or_default()
    }

    /// True if `to` stands in a later column than `from`.
    pub(super) fn is_forward(&self, from: Id, to: Id) -> bool {
        let places = self.places.get(&from).zip(self.places.get(&to));
        from.kind() == to.kind() && places.is_some_and(|(from, to)| from.rank < to.rank)
    }

    /// True if `to` stands in the column after `from`.
    pub(super) fn is_next(&self, from: Id, to: Id) -> bool {
        self.next_column(from).contains(&to)
    }
}

/// True if a card stands in a touchpoint lane: it is a step of the customer's.
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

/// True for a flow that says nothing but what comes next, as commands draw it.
pub(super) fn is_plain(journey: &Journey, flow: &Flow) -> bool {
    flow.condition.is_empty()
        && flow.share.is_none()
        && flow.volume.is_none()
        && flow.wait.is_none()
        && flow.evidence.is_empty()
        && !flow.assumption
        && journey.spoken_of_by(flow.id.into()).is_empty()
}

/// The flows of a journey that lead to a later column; the others are loops.
#[derive(Debug, Default)]
pub(super) struct ForwardFlows {
    /// Where each element leads, and whether by a plain flow; sorted.
    outs: Vec<(Id, Id, bool)>,
    /// From where each element is reached, and whether by a plain flow; sorted.
    ins: Vec<(Id, Id, bool)>,
    /// What plain flows leave; sorted.
    plainly_left: Vec<Id>,
}

impl ForwardFlows {
    /// The flows of a journey that is read in this order, but for some. Of several between the same two the plain one
    /// counts.
    pub(super) fn of(journey: &Journey, order: &ReadingOrder, but: &BTreeSet<FlowId>) -> Self {
        let counted = journey.flows().values().filter(|flow| !but.contains(&flow.id));
        let counted = counted.filter(|flow| order.is_forward(flow.from, flow.to));
        let mut outs: Vec<_> = counted.map(|flow| (flow.from, flow.to, is_plain(journey, flow))).collect();
        outs.sort_unstable_by_key(|(from, to, plain)| (*from, *to, !plain));
        outs.dedup_by_key(|(from, to, _)| (*from, *to));
        let mut ins: Vec<_> = outs.iter().map(|(from, to, plain)| (*to, *from, *plain)).collect();
        ins.sort_unstable();
        let plain = outs.iter().filter(|(_, _, plain)| *plain);
        let mut plainly_left: Vec<Id> = plain.map(|(from, _, _)| *from).collect();
        plainly_left.dedup();
        Self { outs, ins, plainly_left }
    }

    /// Takes in a plain flow.
    pub(super) fn add_plain(&mut self, from: Id, to: Id) {
        put(&mut self.outs, from, to);
        put(&mut self.ins, to, from);
        if let Err(place) = self.plainly_left.binary_search(&from) {
            self.plainly_left.insert(place, from);
        }
    }

    /// True if a flow leads from one to the other.
    pub(super) fn has(&self, from: Id, to: Id) -> bool {
        self.find(from, to).is_some()
    }

    /// True if a plain flow leads from one to the other.
    pub(super) fn has_plain(&self, from: Id, to: Id) -> bool {
        self.find(from, to) == Some(true)
    }

    /// True if a flow leads from one to the other and is no exception: it is plain, or no plain flow leaves there.
    pub(super) fn is_way_on(&self, from: Id, to: Id) -> bool {
        self.find(from, to).is_some_and(|plain| plain || self.plainly_left.binary_search(&from).is_err())
    }

    fn find(&self, from: Id, to: Id) -> Option<bool> {
        let found = self.outs.binary_search_by_key(&(from, to), |(from, to, _)| (*from, *to)).ok();
        found.and_then(|place| self.outs.get(place)).map(|(_, _, plain)| *plain)
    }

    /// True if a flow leaves an element.
    pub(super) fn leads_on(&self, id: Id) -> bool {
        !of_one(&self.outs, id).is_empty()
    }

    /// True if a flow leads to an element.
    pub(super) fn is_reached(&self, id: Id) -> bool {
        !of_one(&self.ins, id).is_empty()
    }

    /// Where an element leads: by its plain flows, or by all where none is plain.
    pub(super) fn targets(&self, id: Id) -> Vec<Id> {
        preferred(of_one(&self.outs, id))
    }

    /// From where an element is reached: by plain flows, or by all where none is plain.
    pub(super) fn sources(&self, id: Id) -> Vec<Id> {
        preferred(of_one(&self.ins, id))
    }
}

fn put(ends: &mut Vec<(Id, Id, bool)>, one: Id, other: Id) {
    match ends.binary_search_by_key(&(one, other), |(one, other, _)| (*one, *other)) {
        Ok(place) => ends[place].2 = true,
        Err(place) => ends.insert(place, (one, other, true)),
    }
}

/// The ends of the flows of one element.
fn of_one(ends: &[(Id, Id, bool)], id: Id) -> &[(Id, Id, bool)] {
    let start = ends.partition_point(|(one, _, _)| *one < id);
    let rest = ends.get(start..).unwrap_or_default();
    let count = rest.partition_point(|(one, _, _)| *one == id);
    rest.get(..count).unwrap_or_default()
}

fn preferred(ends: &[(Id, Id, bool)]) -> Vec<Id> {
    let any_plain = ends.iter().any(|(_, _, plain)| *plain);
    ends.iter().filter(|(_, _, plain)| *plain || !any_plain).map(|(_, other, _)| *other).collect()
}

/// What stands beside the chain of a journey.
#[derive(Debug, Default)]
pub(super) struct BesideChain {
    /// Cards that are only reached by exceptions: by labelled flows, from where a plain one leads on.
    exceptions: BTreeSet<Id>,
    /// What has no flows in a line that has some, and columns that hold nothing but exceptions.
    ids: BTreeSet<Id>,
}

impl BesideChain {
    pub(super) fn of(order: &ReadingOrder, flows: &ForwardFlows) -> Self {
        let is_unlinked = |id: &Id| !flows.leads_on(*id) && !flows.is_reached(*id);
        let mut beside = Self::default();
        for columns in order.lines().values() {
            let unlinked: BTreeSet<Id> = columns.iter().flatten().copied().filter(is_unlinked).collect();
            if unlinked.len() < columns.iter().map(Vec::len).sum() {
                beside.ids.extend(unlinked);
            }
        }
        // Sources are read before what they lead to.
        for column in order.columns() {
            for id in column {
                let is_way = |from: &Id| !beside.ids.contains(from) && flows.is_way_on(*from, *id);
                let sources = flows.sources(*id);
                if !sources.is_empty() && !sources.iter().any(is_way) {
                    beside.exceptions.insert(*id);
                }
            }
            beside.pass_by(column);
        }
        beside
    }

    fn pass_by(&mut self, column: &[Id]) {
        let is_beside = |id: &Id| self.ids.contains(id) || self.exceptions.contains(id);
        if column.iter().all(is_beside) {
            self.ids.extend(column);
        }
    }

    /// True if a card is reached by an exception, and stands beside the chain.
    pub(super) fn is_exception(&self, id: Id) -> bool {
        self.ids.contains(&id) && self.exceptions.contains(&id)
    }

    /// True if all is part of the chain.
    pub(super) fn is_empty(&self) -> bool {
        self.exceptions.is_empty() && self.ids.is_empty()
    }

    /// What is put somewhere while the exceptions that led to it lead back or are gone.
    pub(super) fn freed(&self, flows: &ForwardFlows, placed: &BTreeSet<Id>) -> BTreeSet<Id> {
        let is_freed = |id: &&Id| placed.contains(*id) && !flows.is_reached(**id);
        self.exceptions.iter().filter(is_freed).copied().collect()
    }

    /// What stands beside the chain once cards went elsewhere: exceptions still do where something leads to them, unless
    /// others share their column. What is put somewhere while nothing leads to it comes in, but behind a branch it goes
    /// on with that.
    pub(super) fn after(mut self, order: &ReadingOrder, flows: &ForwardFlows, placed: &BTreeSet<Id>) -> Self {
        let is_unmoved = |id: &Id| self.is_exception(*id) && !placed.contains(id);
        let goes_on = |id: &&Id| {
            let before = order.column_before(**id);
            self.exceptions.contains(*id) && !before.is_empty() && before.iter().all(is_unmoved)
        };
        let branch: BTreeSet<Id> = placed.iter().filter(goes_on).copied().collect();
        let stays = |id: &Id| flows.is_reached(*id) || !placed.contains(id) || branch.contains(id);
        self.exceptions.retain(stays);
        self.ids.retain(stays);
        for column in order.columns() {
            self.pass_by(column);
        }
        self
    }
}

/// The chain that runs through a journey.
#[derive(Debug, Default)]
pub(super) struct PlainChain {
    /// The plain flows from one column of a line to the next, with their ends: what follows the cards when they move.
    pub(super) links: Vec<(FlowId, Id, Id)>,
    /// What leads on to the next column.
    pub(super) leading: BTreeSet<Id>,
    /// What is reached from the column before.
    pub(super) reached: BTreeSet<Id>,
    /// The lines that have links.
    pub(super) lines: BTreeSet<FlowLine>,
    /// True if it runs through all stages.
    pub(super) has_all_stages: bool,
}

impl PlainChain {
    /// The chain of a journey that is read in this order.
    ///
    /// Where everything that leaves a card has a condition or share, these flows are the way on too. Where a plain flow
    /// leaves it as well, they are exceptions.
    pub(super) fn of(journey: &Journey, order: &ReadingOrder, flows: &ForwardFlows) -> Self {
        let mut chain = Self::default();
        for flow in journey.flows().values().filter(|flow| order.is_next(flow.from, flow.to)) {
            let within = order.is_seated(flow.from) || !order.is_seated(flow.to);
            if is_plain(journey, flow) {
                chain.links.push((flow.id, flow.from, flow.to));
                chain.lines.extend(order.line(flow.from).filter(|_| within));
            }
            if flows.is_way_on(flow.from, flow.to) {
                chain.leading.insert(flow.from);
                chain.reached.extend(within.then_some(flow.to));
            }
        }
        let ends = order.ids().filter(|id| order.next_column(*id).is_empty());
        chain.leading.extend(ends.filter(|id| flows.is_reached(*id)));
        for (line, columns) in order.lines() {
            chain.open(*line, columns, flows);
        }
        let mut stages = order.places.iter().filter(|(_, place)| place.line == FlowLine::Stages);
        chain.has_all_stages = stages.all(|(id, _)| chain.leading.contains(id) && chain.reached.contains(id));
        chain
    }

    /// What the chain begins with can be led to. A lone column of the path leads on, too.
    fn open(&mut self, line: FlowLine, columns: &[Vec<Id>], flows: &ForwardFlows) {
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
