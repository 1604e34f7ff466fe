//! Changes in sentences.

use super::disambiguate::Pair;
use super::labels::value_words;
use super::{ChangeGroup, ChangeKind, FieldChange, RecordChange, find_changes};
use crate::i18n::{Lang, Msg, Worded, kind_and_name, title_of};
use crate::id::{Id, Kind};
use crate::model::field::{FieldWords, MergeGroup};
use crate::model::value::FieldValue;
use crate::model::{Project, Record, Step, Touchpoint, sort_records};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// The element that shows it on the map.
    pub element: Id,
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The changed element: its kind and name.
    pub subject: String,
    /// The old and new values; empty for an element that was added or removed.
    pub text: String,
}

/// The changes of one stage, or of everything outside the stages, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSection {
    /// Name of the journey; empty for elements of the project as a whole.
    pub journey: String,
    /// Name of the stage; empty for the journey as a whole.
    pub stage: String,
    /// Its changes.
    pub lines: Vec<ChangeLine>,
}

/// Returns all differences between two versions in words; changes that only follow from a listed one are left
/// out.
pub fn describe_changes(old: &Project, new: &Project, lang: Lang) -> Vec<ChangeSection> {
    let teller = ChangeWriter { old, new, lang };
    let all = find_changes(old, new).into_iter().map(|group| teller.describe_group(&group));
    all.filter(|section| !section.lines.is_empty()).collect()
}

struct ChangeWriter<'a> {
    old: &'a Project,
    new: &'a Project,
    lang: Lang,
}

impl ChangeWriter<'_> {
    /// Returns the version that an element is looked up in: the newer if it holds it, else the older.
    fn version_with(&self, id: Id) -> &Project {
        if self.new.record(id).is_some() { self.new } else { self.old }
    }

    fn describe_group(&self, group: &ChangeGroup) -> ChangeSection {
        let name =
            |id: Option<Id>| id.map(|id| title_of(self.version_with(id), id, self.lang)).unwrap_or_default();
        let told = group.changes.iter().filter(|change| !change.implied);
        ChangeSection {
            journey: name(group.journey.map(Id::from)),
            stage: name(group.stage.map(Id::from)),
            lines: told.flat_map(|change| self.describe_change(change)).collect(),
        }
    }

    fn describe_change(&self, change: &RecordChange) -> Vec<ChangeLine> {
        let element = change.element;
        let line = |text: String| {
            let subject = kind_and_name(self.version_with(element), element, self.lang);
            ChangeLine { element, kind: change.kind, subject, text }
        };
        match change.kind {
            ChangeKind::Added | ChangeKind::Removed => vec![line(String::new())],
            ChangeKind::Moved => vec![line(self.describe_move(change))],
            _ => change.fields.iter().map(|field| line(self.describe_field(change, field))).collect(),
        }
    }

    fn format_change(&self, msg: Msg, from: &str, to: &str) -> String {
        msg.text_with(self.lang, &[("from", &from), ("to", &to)])
    }

    /// Returns the words of a field's older and newer value.
    fn value_pair(&self, words: FieldWords) -> Pair<'_> {
        Pair { projects: [self.old, self.new], words, lang: self.lang }
    }

    fn describe_field(&self, change: &RecordChange, field: &FieldChange) -> String {
        let FieldChange { from, to, .. } = field;
        let format = field.words();
        let label = format.label.display_name().text(self.lang);
        let words = |project, value| value_words(project, format, value, self.lang);
        let is_link = field.field.is_some_and(|field| field.merge_group == Some(MergeGroup::Ends));
        match (from, to) {
            (FieldValue::Nothing, FieldValue::Id(_)) if is_link && change.id == change.element => {
                Msg::NewFlow.text(self.lang).to_owned()
            }
            (FieldValue::Id(_), FieldValue::Nothing) if is_link && change.id == change.element => {
                Msg::FlowGone.text(self.lang).to_owned()
            }
            (FieldValue::Nothing, FieldValue::Id(_)) if is_link => {
                self.format_change(Msg::SpeaksNowOf, "", &words(self.new, to))
            }
            (FieldValue::Id(_), FieldValue::Nothing) if is_link => {
                self.format_change(Msg::SpeaksNoMoreOf, &words(self.old, from), "")
            }
            (FieldValue::Map(before), FieldValue::Map(after)) => self.describe_entries(format, before, after),
            // The same number of answers as before, but different ones.
            _ if from == to => {
                Msg::FieldOthers.text_with(self.lang, &[("field", &label), ("n", &words(self.new, to))])
            }
            _ => {
                let [from, to] = self.value_pair(format).describe_values([from, to]);
                Msg::FieldFromTo.text_with(self.lang, &[("field", &label), ("from", &from), ("to", &to)])
            }
        }
    }

    /// Returns the entries of a map that differ.
    fn describe_entries(
        &self,
        format: FieldWords,
        before: &BTreeMap<FieldValue, FieldValue>,
        after: &BTreeMap<FieldValue, FieldValue>,
    ) -> String {
        let label = format.label.display_name().text(self.lang);
        let keys: BTreeSet<&FieldValue> = before.keys().chain(after.keys()).collect();
        let version =
            |key: &FieldValue| key.collect_ids().first().map_or(self.new, |id| self.version_with(*id));
        let named: Vec<(&FieldValue, String)> = keys
            .into_iter()
            .filter(|key| before.get(key) != after.get(key))
            .map(|key| (key, value_words(version(key), format, key, self.lang)))
            .collect();
        let each = named.iter().map(|(key, name)| {
            let twin = named.iter().find(|(other, same)| other != key && same == name);
            let told = twin.map(|(other, _)| {
                let projects = [version(key), version(other)];
                let [told, _] = Pair { projects, ..self.value_pair(format) }.describe_values([key, other]);
                told
            });
            let label = format!("{label} {}", told.as_ref().unwrap_or(name));
            let of = |entries: &'_ BTreeMap<FieldValue, FieldValue>| {
                entries.get(*key).cloned().unwrap_or(FieldValue::Nothing)
            };
            let [from, to] = self.value_pair(format).describe_values([&of(before), &of(after)]);
            Msg::FieldFromTo.text_with(self.lang, &[("field", &label), ("from", &from), ("to", &to)])
        });
        each.collect::<Vec<_>>().join(Msg::ListComma.text(self.lang))
    }

    /// Describes a move: to another stage, another lane, or another position in its order.
    fn describe_move(&self, change: &RecordChange) -> String {
        let stages = [self.old, self.new].map(|project| stage_of(project, change.element));
        let lanes = [self.old, self.new].map(|project| lane_of(project, change.element));
        let names = |msg: Msg, format: FieldWords, ids: [Option<Id>; 2]| {
            let [from, to] = ids.map(|id| id.map_or(FieldValue::Nothing, FieldValue::Id));
            let words = self.value_pair(format).describe_values([&from, &to]);
            let first = || Msg::FirstLane.text(self.lang).to_owned();
            let [from, to] = [0, 1].map(|side| ids[side].map_or_else(first, |_| words[side].clone()));
            self.format_change(msg, &from, &to)
        };
        let mut parts = Vec::new();
        if stages[0] != stages[1] {
            parts.push(names(Msg::FromStage, Step::STAGE.words, stages));
        }
        if lanes[0] != lanes[1] {
            parts.push(names(Msg::FromLane, Touchpoint::LANE.words, lanes));
        }
        if parts.is_empty() {
            parts.push(match element_before(self.new, change.element) {
                Some(id) => {
                    Msg::NowAfter.text_with(self.lang, &[("name", &title_of(self.new, id, self.lang))])
                }
                None => Msg::NowFirst.text(self.lang).to_owned(),
            });
        }
        parts.join(Msg::ListComma.text(self.lang))
    }
}

fn stage_of(project: &Project, id: Id) -> Option<Id> {
    let record = project.record(id)?;
    if id.kind() == Kind::Stage {
        return None;
    }
    let at = super::place::find_anchor(project, &record, 1)?;
    match project.record(at)? {
        Record::Step(step) => Some(step.stage.into()),
        Record::Stage(stage) => Some(stage.id.into()),
        _ => None,
    }
}

fn lane_of(project: &Project, id: Id) -> Option<Id> {
    match project.record(id)? {
        Record::Touchpoint(card) => card.lane.map(Id::from),
        Record::Picture(picture) => picture.lane.map(Id::from),
        Record::Cell(cell) => Some(cell.lane.into()),
        _ => None,
    }
}

/// Returns the element before this one in its order: in the same column, or in the column before; `None` if
/// it is the first.
pub(super) fn element_before(project: &Project, id: Id) -> Option<Id> {
    let journey = project.journey_of(id)?;
    match project.record(id)? {
        Record::Touchpoint(card) => {
            let own = journey
                .touchpoints()
                .values()
                .filter(|other| other.step == card.step && other.lane == card.lane);
            let above = sort_records(own).into_iter().take_while(|other| other.id != card.id).last();
            let step: &Arc<Step> = journey.steps().get(&card.step)?;
            let steps = journey.steps_of(step.stage).into_iter().take_while(|other| other.id != step.id);
            let left = || {
                let filled = |step: &Arc<Step>| {
                    sort_records(journey.touchpoints().values().filter(|other| other.step == step.id))
                        .first()
                        .map(|c| c.id)
                };
                steps.filter_map(filled).last()
            };
            above.map(|other| other.id).or_else(left).map(Id::from)
        }
        Record::Stage(stage) => {
            let before =
                journey.stages_in_order().into_iter().take_while(|other| other.id != stage.id).last();
            before.map(|stage| stage.id.into())
        }
        Record::Lane(lane) => {
            let before = journey.lanes_in_order().into_iter().take_while(|other| other.id != lane.id).last();
            before.map(|lane| lane.id.into())
        }
        _ => None,
    }
}
