//! Two journeys of one project as two versions of one: elements with the same name in both are taken as the
//! same.

use crate::edit::{Op, apply_op};
use crate::i18n::{Lang, title_of};
use crate::id::{Id, JourneyId, Kind};
use crate::model::field::MergeGroup;
use crate::model::value::{Atom, FieldValue};
use crate::model::{Field, Journey, Project, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the project with one journey only: `from`, as an earlier version of `to`. Stages, lanes,
/// touchpoints and notes are matched by their names, columns and links by the elements they hold and join;
/// unmatched elements keep their ids.
pub fn as_version_of(project: &Project, from: JourneyId, to: JourneyId) -> Option<Project> {
    let one = project.journey(from)?;
    let other = project.journey(to)?;
    let mut names = BTreeMap::from([(Id::from(from), Id::from(to))]);
    let kinds =
        [Kind::Lane, Kind::Stage, Kind::Touchpoint, Kind::Step, Kind::Insight, Kind::Flow, Kind::About];
    for kind in kinds.into_iter().chain([Kind::Cell, Kind::Picture]) {
        pair_elements(project, one, other, kind, &mut names);
    }
    copy_with_journey(project, one, &names).map(|version| in_their_order(version, other, to))
}

/// Gives the matched elements the keys of their twins, as far as both journeys have them in the same order,
/// so that a differing key alone makes no difference.
fn in_their_order(version: Project, other: &Journey, to: JourneyId) -> Project {
    let Some(own) = version.journey(to).map(|journey| journey.records().collect::<Vec<_>>()) else {
        return version;
    };
    let key = |record: &Record| match record.get(record.key_field()?) {
        Some(FieldValue::Text(key)) => Some(key),
        _ => None,
    };
    let mut version = version;
    for kind in Kind::ALL {
        let twins = own.iter().filter(|record| record.id().kind() == *kind);
        // The parent is merged together with the key.
        let is_parent = |field: &&Field| field.merge_group == Some(MergeGroup::Place) && field.is_reference();
        let inside = |record: &Record| record.get(record.fields().iter().find(is_parent)?);
        let mut twins: Vec<(Option<FieldValue>, String, String, &Record)> = twins
            .filter_map(|record| {
                Some((inside(record), key(record)?, key(&other.record(record.id())?)?, record))
            })
            .collect();
        twins.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut last = String::new();
        let mut whose = None;
        for (inside, _, theirs, record) in twins {
            if whose.as_ref() != Some(&inside) {
                (last, whose) = (String::new(), Some(inside));
            }
            if theirs > last {
                let field = record.key_field();
                let op = field.and_then(|key| Op::set_field(record, key, FieldValue::Text(theirs.clone())));
                if op.is_some_and(|op| apply_op(&mut version, &op).is_ok()) {
                    last = theirs;
                }
            }
        }
    }
    version
}

/// Returns the project without any other journey than this one.
pub fn keep_single_journey(project: &Project, journey: JourneyId) -> Option<Project> {
    copy_with_journey(project, project.journey(journey)?, &BTreeMap::new())
}

/// Returns a project with the records that all journeys share, and one journey under other ids.
fn copy_with_journey(project: &Project, journey: &Journey, names: &BTreeMap<Id, Id>) -> Option<Project> {
    let mut copy = Project::from_info(crate::model::ProjectInfo::clone(project.info()));
    let shared = project.records().filter(|record| project.journey_of(record.id()).is_none());
    for record in shared.filter(|record| record.id().kind() != Kind::Project).chain(journey.records()) {
        let record = remap_ids(&record, names)?;
        // A reference to another journey's note has no target here and is not drawn.
        apply_op(&mut copy, &Op::Insert(record)).ok();
    }
    Some(copy)
}

/// Pairs the elements of a kind that have the same fingerprint, in order.
fn pair_elements(
    project: &Project,
    one: &Journey,
    other: &Journey,
    kind: Kind,
    names: &mut BTreeMap<Id, Id>,
) {
    let mut free: BTreeMap<Vec<FieldValue>, Vec<Id>> = BTreeMap::new();
    let of = |journey: &Journey| {
        let own = journey.records().filter(|record| record.id().kind() == kind);
        own.collect::<Vec<_>>()
    };
    for record in of(other).into_iter().rev() {
        free.entry(element_fingerprint(project, other, &record, &BTreeMap::new()))
            .or_default()
            .push(record.id());
    }
    for record in of(one) {
        let sign = element_fingerprint(project, one, &record, names);
        if let Some(twin) = free.get_mut(&sign).and_then(Vec::pop) {
            names.insert(record.id(), twin);
        }
    }
}

/// Returns the fingerprint that two matching elements of different journeys share; ids are translated through
/// `names`.
fn element_fingerprint(
    project: &Project,
    journey: &Journey,
    record: &Record,
    names: &BTreeMap<Id, Id>,
) -> Vec<FieldValue> {
    let seen = |id: Id| FieldValue::Id(names.get(&id).copied().unwrap_or(id));
    let title = || FieldValue::Text(title_of(project, record.id(), Lang::En).to_lowercase());
    match record {
        Record::Lane(lane) => vec![lane.kind.to_value(), lane.channel.to_value(), title()],
        Record::Insight(insight) => vec![insight.kind.to_value(), title()],
        Record::Step(step) => {
            let cards = journey.touchpoints().values().filter(|card| card.step == step.id);
            let cards: BTreeSet<FieldValue> = cards.map(|card| seen(card.id.into())).collect();
            cards.into_iter().chain([seen(step.stage.into())]).collect()
        }
        Record::Flow(flow) => vec![seen(flow.from), seen(flow.to)],
        Record::About(about) => vec![seen(about.from), seen(about.to)],
        Record::Cell(cell) => vec![seen(cell.lane.into()), seen(cell.at)],
        Record::Picture(picture) => vec![picture.image.to_value(), seen(picture.at)],
        _ => vec![title()],
    }
}

/// Returns the record under its new id, with the new ids of everything it refers to.
fn remap_ids(record: &Record, names: &BTreeMap<Id, Id>) -> Option<Record> {
    let record = names.get(&record.id()).map_or(Some(record.clone()), |id| record.with_id(*id))?;
    Some(record.with_references(names))
}
