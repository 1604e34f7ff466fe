//! Copying, pasting and duplicating. A clip is a small project in itself, so that it travels between windows
//! and files in the ordinary file format; pasted elements always get new ids.

use super::draft::TransactionBuilder;
use super::heal::{PlacedElements, drop_parted_links, heal_flows, is_exception, share_flows};
use super::landing::{Landing, holds_originals, landing_of_copies};
use crate::edit::apply::apply_op;
use crate::edit::merge::referenced_ids;
use crate::edit::op::{Op, Transaction};
use crate::id::{AboutId, Id, IdSource, JourneyId, Kind, LaneId, StageId, StepId};
use crate::model::choice::LaneKind;
use crate::model::value::{Atom, FieldValue};
use crate::model::{
    About, Image, Improvement, Journey, JourneyInfo, Keyed, Lane, Project, Record, Stage, Step,
    records_in_order, title_field,
};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Copies the selected elements with all that belongs to them: cards with their insights and the flows among
/// them, texts and pictures of their columns, opportunities and solutions for them, and the personas,
/// channels, lanes and columns they mention. `None` if nothing that can be copied is selected.
pub fn copy_elements(project: &Project, ids: &[Id]) -> Option<Project> {
    let journey = ids.iter().find_map(|id| project.journey_of(*id))?;
    let mut kept: BTreeSet<Id> = ids.iter().copied().filter(|id| can_copy(id.kind())).collect();
    kept.retain(|id| project.record(*id).is_some());
    if kept.is_empty() {
        return None;
    }
    add_parts(journey, &mut kept);
    add_improvements(project, journey, &mut kept);
    let mut open: Vec<Id> = kept.iter().copied().collect();
    while let Some(record) = open.pop().and_then(|id| project.record(id)) {
        // A column's stage is copied only if it was selected itself; else pasting assigns one.
        let needed = referenced_ids(&record).into_iter().filter(|id| id.kind() != Kind::Stage);
        open.extend(needed.filter(|id| kept.insert(*id)));
    }
    let mut clip = Project::new(project.info().id);
    let info = JourneyInfo { origin: None, ..JourneyInfo::clone(journey.info()) };
    apply_op(&mut clip, &Op::Insert(info.into())).ok()?;
    let places = column_keys(journey);
    for id in kept.iter().filter(|id| !matches!(id.kind(), Kind::Project | Kind::Journey)) {
        let mut record = project.record(*id)?;
        if let (Record::Step(step), Some(key)) = (&record, places.get(id)) {
            let homeless = !kept.contains(&step.stage.into());
            record = if homeless { record.with_field(Step::KEY, &key.to_value())? } else { record };
        }
        apply_op(&mut clip, &Op::Insert(record)).ok()?;
    }
    Some(clip)
}

/// Returns keys that order columns across stages.
fn column_keys(journey: &Journey) -> BTreeMap<Id, OrderKey> {
    let stages = journey.stages_in_order();
    let steps: Vec<Id> =
        stages.iter().flat_map(|s| journey.steps_of(s.id)).map(|step| step.id.into()).collect();
    let keys = OrderKey::spread_evenly(steps.len(), &mut IdSource::from_seed(0));
    steps.into_iter().zip(keys).collect()
}

fn can_copy(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Stage | Kind::Touchpoint | Kind::Insight | Kind::Improvement | Kind::Picture | Kind::Cell
    )
}

/// Adds dependent parts: columns of stages, cards and texts of columns, insights and mutual flows of cards.
fn add_parts(journey: &Journey, kept: &mut BTreeSet<Id>) {
    let stages: BTreeSet<Id> = kept.iter().copied().filter(|id| id.kind() == Kind::Stage).collect();
    let whole = whole_columns(journey, kept);
    let is_taken = |step: &Step| stages.contains(&step.stage.into()) || whole.contains(&step.id);
    let steps: BTreeSet<StepId> =
        journey.steps().values().filter(|step| is_taken(step)).map(|step| step.id).collect();
    let inside = |at: Id| at.to_typed().is_some_and(|step| steps.contains(&step)) || stages.contains(&at);
    kept.extend(steps.iter().map(|step| Id::from(*step)));
    kept.extend(journey.touchpoints().values().filter(|c| steps.contains(&c.step)).map(|c| Id::from(c.id)));
    kept.extend(journey.cells().values().filter(|c| inside(c.at)).map(|c| Id::from(c.id)));
    kept.extend(journey.pictures().values().filter(|p| inside(p.at)).map(|p| Id::from(p.id)));
    if kept.iter().any(|id| id.kind() == Kind::Picture) {
        kept.extend(first_picture_lane(journey).map(Id::from));
    }
    let spoken: Vec<&About> = journey
        .abouts()
        .values()
        .map(AsRef::as_ref)
        .filter(|about| kept.contains(&about.to) && about.from.kind() == Kind::Insight)
        .collect();
    kept.extend(spoken.iter().flat_map(|about| [Id::from(about.id), about.from]));
    let flows = journey.flows().values().filter(|flow| kept.contains(&flow.from) && kept.contains(&flow.to));
    let flows: Vec<Id> = flows.map(|flow| flow.id.into()).collect();
    kept.extend(flows);
}

/// Returns the lane of pictures that name no lane: the first picture lane.
fn first_picture_lane(journey: &Journey) -> Option<LaneId> {
    let lanes = journey.lanes_in_order();
    lanes.into_iter().find(|lane| lane.kind == LaneKind::Pictures).map(|lane| lane.id)
}

/// Returns the columns all of whose cards are copied: their texts and pictures come along.
fn whole_columns(journey: &Journey, kept: &BTreeSet<Id>) -> BTreeSet<StepId> {
    let (copied, other): (Vec<_>, Vec<_>) =
        journey.touchpoints().values().partition(|card| kept.contains(&card.id.into()));
    let mut whole: BTreeSet<StepId> = copied.iter().map(|card| card.step).collect();
    for card in other {
        whole.remove(&card.step);
    }
    whole
}

/// Adds opportunities and solutions that are linked to the copied elements, with those links.
fn add_improvements(project: &Project, journey: &Journey, kept: &mut BTreeSet<Id>) {
    let abouts = journey.abouts().values();
    let abouts = abouts.filter(|about| about.from.kind() == Kind::Improvement && kept.contains(&about.to));
    let answers = project.answers().values();
    let answers = answers.filter(|answer| answer.to.kind() == Kind::Insight && kept.contains(&answer.to));
    let links: Vec<[Id; 2]> = abouts
        .map(|about| [about.id.into(), about.from])
        .chain(answers.map(|answer| [answer.id.into(), answer.from.into()]))
        .collect();
    kept.extend(links.into_iter().flatten());
}

/// Returns the opportunities and solutions of a clip that are not pasted with it: they belong to the project,
/// where the copies are linked to them, and are omitted where the target lacks them.
pub fn left_behind(project: &Project, clip: &Project) -> Vec<Arc<Improvement>> {
    let missing = |improvement: &&Arc<Improvement>| !project.improvements().contains_key(&improvement.id);
    records_in_order(clip.improvements()).into_iter().filter(missing).cloned().collect()
}

/// Pastes a clip into a journey: cards in new columns after the selected element, or at the end; an insight
/// copied alone is attached to the selected element. Pasted onto an original, copies are placed as by
/// [`duplicate_elements`]. Returns the new elements.
pub fn paste_clip(
    project: &Project,
    clip: &Project,
    journey: JourneyId,
    at: Option<Id>,
    source: &mut IdSource,
) -> (Transaction, Vec<Id>) {
    let originals = project.journey(journey).zip(at).filter(|(here, at)| holds_originals(here, clip, *at));
    let landing = originals.map_or(Landing::Behind(at), |(here, _)| landing_of_copies(here, clip));
    paste_into(project, clip, journey, landing, source)
}

/// Copies elements and puts the copies behind the last of them: cards in each stage, and stages. Copies from
/// a column that is copied only in part (some alternatives, a card of another lane) stay in that column.
pub fn duplicate_elements(project: &Project, ids: &[Id], source: &mut IdSource) -> (Transaction, Vec<Id>) {
    let journey = ids.iter().find_map(|id| project.journey_of(*id)).map(|journey| journey.info().id);
    match (copy_elements(project, ids), journey.and_then(|journey| project.journey(journey))) {
        (Some(clip), Some(journey)) => {
            paste_into(project, &clip, journey.info().id, landing_of_copies(journey, &clip), source)
        }
        _ => (Transaction::default(), Vec::new()),
    }
}

fn paste_into(
    project: &Project,
    clip: &Project,
    journey: JourneyId,
    landing: Landing,
    source: &mut IdSource,
) -> (Transaction, Vec<Id>) {
    let mut draft = TransactionBuilder::new(project, source);
    let Some(target) = project.journey(journey).cloned() else { return (draft.finish(), Vec::new()) };
    let mut paste = Paste { clip, ids: BTreeMap::new(), journey: target.info().id, landing };
    paste.map_ids(&mut draft, &target);
    paste.add_lanes(&mut draft, &target);
    paste.map_homeless(&mut draft, &target);
    let added: Vec<Record> =
        clip.records().filter_map(|record| paste.renew_record(&draft, &record)).collect();
    let mut new: Vec<Id> = Vec::new();
    for record in added {
        new.push(record.id());
        draft.insert(record);
    }
    match landing {
        Landing::Behind(at) => {
            place_columns(&mut draft, &target, &new, at);
            attach_alone(&mut draft, journey, &new, at);
        }
        Landing::BehindOriginals => {
            paste.place_copies(&mut draft, &target);
            paste.attach_copies(&mut draft, &target);
        }
        Landing::BesideOriginals => {
            paste.put_beside(&mut draft, &target);
            paste.attach_copies(&mut draft, &target);
        }
    }
    paste.heal_pasted(&mut draft, &target, &new);
    new.retain(|id| can_copy(id.kind()) && draft.project().record(*id).is_some());
    (draft.finish(), new)
}

struct Paste<'a> {
    clip: &'a Project,
    ids: BTreeMap<Id, Id>,
    journey: JourneyId,
    landing: Landing,
}

impl Paste<'_> {
    /// Assigns a new id to each record of the clip, except those that the target already has.
    fn map_ids(&mut self, draft: &mut TransactionBuilder<'_>, target: &Journey) {
        for record in self.clip.records() {
            let id = record.id();
            let new = match id.kind() {
                Kind::Project => continue,
                Kind::Journey => self.journey.into(),
                Kind::Lane => match same_lane(&record, target) {
                    Some(lane) => lane,
                    None => continue,
                },
                Kind::Improvement => {
                    if draft.project().record(id).is_none() {
                        continue;
                    }
                    id
                }
                Kind::Persona | Kind::Channel | Kind::Evidence | Kind::Image => {
                    let known = same_shared(&record, draft.project());
                    known.unwrap_or_else(|| Id::new(id.kind(), draft.source))
                }
                Kind::Step if self.landing == Landing::BesideOriginals => id,
                _ => Id::new(id.kind(), draft.source),
            };
            self.ids.insert(id, new);
        }
    }

    /// Adds lanes of copied texts and pictures that the target lacks; pictures need a picture lane.
    fn add_lanes(&mut self, draft: &mut TransactionBuilder<'_>, target: &Journey) {
        let has_pictures = target.lanes().values().any(|lane| lane.kind == LaneKind::Pictures);
        let mut last = target.lanes_in_order().last().map(|lane| lane.key.clone());
        for journey in self.clip.journeys().values() {
            let cells = journey.cells().values().map(|cell| cell.lane);
            let pictures = journey.pictures().values().filter_map(|picture| match picture.lane {
                None if !has_pictures => first_picture_lane(journey),
                lane => lane,
            });
            let named: BTreeSet<LaneId> = cells.chain(pictures).collect();
            for lane in journey.lanes_in_order().into_iter().filter(|lane| named.contains(&lane.id)) {
                if self.ids.contains_key(&lane.id.into()) {
                    continue;
                }
                let key = OrderKey::new_after(last.as_ref(), draft.source);
                let id = LaneId::new(draft.source);
                last = Some(key.clone());
                draft.insert(Lane { id, journey: self.journey, key, channel: None, ..Lane::clone(lane) });
                self.ids.insert(lane.id.into(), id.into());
            }
        }
    }

    /// Assigns columns without a copied stage to the selected stage or a new one; copies keep theirs.
    fn map_homeless(&mut self, draft: &mut TransactionBuilder<'_>, target: &Journey) {
        let clip: Vec<_> = self.clip.journeys().values().flat_map(|j| j.steps().values().cloned()).collect();
        let homeless: BTreeSet<Id> = clip
            .iter()
            .map(|step| Id::from(step.stage))
            .filter(|stage| !self.ids.contains_key(stage))
            .collect();
        if homeless.is_empty() {
            return;
        }
        let at = match self.landing {
            Landing::Behind(at) => at,
            Landing::BehindOriginals | Landing::BesideOriginals => {
                self.ids.extend(homeless.into_iter().map(|stage| (stage, stage)));
                return;
            }
        };
        let home =
            at.and_then(|at| stage_of(target, at)).or_else(|| target.stages_in_order().last().map(|s| s.id));
        let home = home.unwrap_or_else(|| {
            let id = StageId::new(draft.source);
            let key = OrderKey::new_after(None, draft.source);
            draft.insert(Stage::new(id, self.journey, key));
            id
        });
        self.ids.extend(homeless.into_iter().map(|stage| (stage, home.into())));
    }

    /// Puts copies of stages, and of columns in each other stage, together behind the last that was copied.
    fn place_copies(&self, draft: &mut TransactionBuilder<'_>, before: &Journey) {
        let is_copied = |id: Id| self.ids.get(&id).is_some_and(|new| *new != id);
        let copies_of = |ids: Vec<Id>| -> Vec<Id> {
            ids.into_iter().filter(|id| is_copied(*id)).filter_map(|id| self.ids.get(&id).copied()).collect()
        };
        let stages = before.stages_in_order();
        for stage in stages.iter().filter(|stage| !is_copied(stage.id.into())) {
            let steps = before.steps_of(stage.id);
            let last = steps.iter().rfind(|step| is_copied(step.id.into())).map(|step| step.id);
            let copies = copies_of(steps.iter().map(|step| step.id.into()).collect());
            assign_keys(draft, &copies, &steps, |step| Some(step.id) == last);
        }
        let last = stages.iter().rfind(|stage| is_copied(stage.id.into())).map(|stage| stage.id);
        let copies = copies_of(stages.iter().map(|stage| stage.id.into()).collect());
        assign_keys(draft, &copies, &stages, |stage| Some(stage.id) == last);
    }

    /// Puts each copy below its original.
    fn put_beside(&self, draft: &mut TransactionBuilder<'_>, before: &Journey) {
        for (old, new) in self.copied_cards(before) {
            let Some(card) = old.to_typed().and_then(|id| before.touchpoints().get(&id)) else { continue };
            let others = before.touchpoints().values().filter(|other| other.step == card.step);
            let next = others.map(|other| &other.key).filter(|key| **key > card.key).min();
            let key = OrderKey::new_between(Some(&card.key), next, draft.source);
            draft.set_key(new, &key);
        }
    }

    /// Maps the journey's cards that are copied to their copies.
    fn copied_cards(&self, before: &Journey) -> BTreeMap<Id, Id> {
        let is_there = |id: &Id| id.to_typed().is_some_and(|id| before.touchpoints().contains_key(&id));
        self.ids.iter().filter(|(old, _)| is_there(old)).map(|(old, new)| (*old, *new)).collect()
    }

    /// Links pasted elements into the flows. Cards pasted onto an exception, and its copies, continue its
    /// branch.
    fn heal_pasted(&self, draft: &mut TransactionBuilder<'_>, before: &Journey, new: &[Id]) {
        let copies = self.copied_cards(before);
        let mut like: BTreeMap<Id, Id> = copies.iter().map(|(old, new)| (*new, *old)).collect();
        match self.landing {
            Landing::BesideOriginals => return share_flows(draft, before, &copies),
            Landing::BehindOriginals => drop_parted_links(draft, before, &self.ids, &like),
            Landing::Behind(at) => {
                let after = draft.project().journey(self.journey).cloned();
                let flows = after.iter().flat_map(|after| after.flows().values());
                let reached: BTreeSet<Id> = flows.map(|flow| flow.to).collect();
                like.retain(|new, _| reached.contains(new));
                if let Some(at) = at.filter(|at| is_exception(before, *at)) {
                    like = new.iter().map(|id| (*id, at)).collect();
                }
            }
        }
        heal_flows(draft, before, &PlacedElements::with_branches(new.iter().copied().collect(), like));
    }

    /// Attaches copies of insights that were copied alone to the targets of their originals.
    fn attach_copies(&self, draft: &mut TransactionBuilder<'_>, before: &Journey) {
        for (old, new) in self.ids.iter().filter(|(old, _)| old.kind() == Kind::Insight) {
            let is_alone =
                draft.project().journey(self.journey).is_some_and(|after| after.speaks_of(*new).is_empty());
            let targets = if is_alone { before.speaks_of(*old) } else { Vec::new() };
            for target in targets {
                let link = About::new(AboutId::new(draft.source), self.journey, *new, target);
                draft.insert(link);
            }
        }
    }

    /// Returns the record with new id and references; `None` if it exists or lacks a required target.
    fn renew_record(&self, draft: &TransactionBuilder<'_>, record: &Record) -> Option<Record> {
        let id = *self.ids.get(&record.id())?;
        if matches!(id.kind(), Kind::Journey | Kind::Lane) || draft.project().record(id).is_some() {
            return None;
        }
        let mut new = record.with_id(id)?;
        for (field, ids) in record.reference_fields() {
            if !ids.is_empty() {
                let value = record.get(field)?;
                new = new.with_field(field, &self.remap_references(draft, value))?;
            }
        }
        Some(new)
    }

    fn remap_references(&self, draft: &TransactionBuilder<'_>, value: FieldValue) -> FieldValue {
        let known =
            |id: Id| self.ids.get(&id).copied().or_else(|| draft.project().record(id).map(|r| r.id()));
        let one = |value: FieldValue| {
            Some(self.remap_references(draft, value)).filter(|value| *value != FieldValue::Nothing)
        };
        match value {
            FieldValue::Id(id) => known(id).map_or(FieldValue::Nothing, FieldValue::Id),
            FieldValue::List(list) => FieldValue::List(list.into_iter().filter_map(one).collect()),
            FieldValue::Set(set) => FieldValue::Set(set.into_iter().filter_map(one).collect()),
            FieldValue::Map(map) => {
                FieldValue::Map(map.into_iter().filter_map(|(k, v)| Some((one(k)?, one(v)?))).collect())
            }
            other => other,
        }
    }
}

fn same_lane(record: &Record, target: &Journey) -> Option<Id> {
    let Record::Lane(lane) = record else { return None };
    let lanes = records_in_order(target.lanes());
    let same = lanes.iter().find(|l| l.id == lane.id);
    let alike = || lanes.iter().find(|l| l.kind == lane.kind && l.title == lane.title);
    same.or_else(alike).map(|lane| lane.id.into())
}

fn same_shared(record: &Record, project: &Project) -> Option<Id> {
    if project.record(record.id()).is_some() {
        return Some(record.id());
    }
    let name = title_field(record.id().kind()).unwrap_or(Image::HASH.field());
    let named = record.get(name)?;
    let alike = |other: &Record| other.get(name).as_ref() == Some(&named);
    project.records().find(alike).map(|record| record.id())
}

/// Puts pasted stages, or pasted columns if no stage was copied, after the selected element.
fn place_columns(draft: &mut TransactionBuilder<'_>, before: &Journey, new: &[Id], at: Option<Id>) {
    let Some(after) = draft.project().journey(before.info().id).cloned() else { return };
    let added: BTreeSet<Id> = new.iter().copied().collect();
    let is_new = |id: Id| added.contains(&id);
    let stages: Vec<StageId> = new.iter().filter_map(|id| id.to_typed()).collect();
    let home =
        at.and_then(|at| stage_of(before, at)).or_else(|| before.stages_in_order().last().map(|s| s.id));
    let Some(home) = home else { return };
    if !stages.is_empty() {
        let order: Vec<_> = after.stages_in_order().into_iter().filter(|s| is_new(s.id.into())).collect();
        let ids: Vec<Id> = order.iter().map(|stage| stage.id.into()).collect();
        let siblings = before.stages_in_order();
        assign_keys(draft, &ids, &siblings, |stage| stage.id == home);
        return;
    }
    let column = at.and_then(|at| after.touchpoints().get(&at.to_typed()?)).map(|card| card.step);
    let steps: Vec<Id> = after
        .stages_in_order()
        .iter()
        .flat_map(|stage| after.steps_of(stage.id))
        .map(|step| Id::from(step.id))
        .filter(|id| is_new(*id))
        .collect();
    let siblings = before.steps_of(home);
    assign_keys(draft, &steps, &siblings, |step| Some(step.id) == column);
}

fn stage_of(journey: &Journey, id: Id) -> Option<StageId> {
    let step = match id.kind() {
        Kind::Stage => return id.to_typed(),
        Kind::Touchpoint => journey.touchpoints().get(&id.to_typed()?)?.step,
        Kind::Step => id.to_typed()?,
        _ => return None,
    };
    Some(journey.steps().get(&step)?.stage)
}

/// Gives records keys after the sibling that fits, or after the last.
fn assign_keys<R: Keyed>(
    draft: &mut TransactionBuilder<'_>,
    ids: &[Id],
    siblings: &[&std::sync::Arc<R>],
    fits: impl Fn(&R) -> bool,
) {
    let place = siblings.iter().position(|sibling| fits(sibling)).unwrap_or(siblings.len().saturating_sub(1));
    let mut low = siblings.get(place).map(|sibling| sibling.key().clone());
    let high = siblings.get(place + 1).map(|sibling| sibling.key().clone());
    for id in ids {
        let key = OrderKey::new_between(low.as_ref(), high.as_ref(), draft.source);
        draft.set_key(*id, &key);
        low = Some(key);
    }
}

/// Attaches pasted insights without a target to the selected element.
fn attach_alone(draft: &mut TransactionBuilder<'_>, journey: JourneyId, new: &[Id], at: Option<Id>) {
    let Some(at) = at.filter(|at| matches!(at.kind(), Kind::Touchpoint | Kind::Stage | Kind::Flow)) else {
        return;
    };
    for id in new.iter().filter(|id| id.kind() == Kind::Insight) {
        let alone = draft.project().journey(journey).is_some_and(|journey| journey.speaks_of(*id).is_empty());
        if alone {
            let link = About::new(AboutId::new(draft.source), journey, *id, at);
            draft.insert(link);
        }
    }
}
