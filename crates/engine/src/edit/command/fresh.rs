//! Copies a project's content into a new project: every record under a new id.

use crate::edit::apply::apply_all;
use crate::edit::op::{Op, Transaction};
use crate::id::{Id, IdSource, Kind};
use crate::model::{Batch, Project, ProjectInfo, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Copies a project into another one: the same content, and no id in common, the counts of imports included.
///
/// New ids sort in the order of the old ones, so that whatever is ordered or drawn by id keeps its place.
#[must_use]
pub fn with_fresh_ids(project: &Project, source: &mut IdSource) -> Project {
    let names = fresh_names(project, source);
    let info = project.info();
    let id = names.get(&info.id.into()).and_then(|id| id.to_typed()).unwrap_or(info.id);
    let mut copy = Project::from_info(ProjectInfo { id, ..ProjectInfo::clone(info) });
    let others = project.records().filter(|record| record.id().kind() != Kind::Project);
    let inserts = others.filter_map(|record| remap_ids(&record, &names)).map(Op::Insert).collect();
    let copied = apply_all(&mut copy, &Transaction::new(inserts));
    debug_assert!(copied.is_ok(), "journeys come before what stands in them");
    copy
}

/// Maps the id of each record to a new one.
pub(super) fn fresh_names(project: &Project, source: &mut IdSource) -> BTreeMap<Id, Id> {
    new_ids(project.records().map(|record| record.id()), source)
}

/// Maps ids to new ones: as many of each kind, and in the same order.
pub(super) fn new_ids(ids: impl Iterator<Item = Id>, source: &mut IdSource) -> BTreeMap<Id, Id> {
    let mut by_kind: BTreeMap<Kind, BTreeSet<Id>> = BTreeMap::new();
    for id in ids {
        by_kind.entry(id.kind()).or_default().insert(id);
    }
    let mut names = BTreeMap::new();
    for (kind, old) in by_kind {
        let mut new = BTreeSet::new();
        while new.len() < old.len() {
            new.insert(Id::new(kind, source));
        }
        names.extend(old.into_iter().zip(new));
    }
    names
}

/// Returns the record with its own id and its references replaced by new ids.
pub(super) fn remap_ids(record: &Record, names: &BTreeMap<Id, Id>) -> Option<Record> {
    let record = record.with_references(names);
    let record = match &record {
        Record::Batch(batch) => {
            let counts = Arc::new(batch.counts.with_ids(names));
            Batch { counts, ..Batch::clone(batch) }.into()
        }
        _ => record,
    };
    record.with_id(*names.get(&record.id())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::referenced_ids;
    use crate::model::check;
    use crate::store::load::{load_project, to_bytes};
    use crate::store::template::ALL;

    fn everything_named(project: &Project) -> BTreeSet<Id> {
        project
            .records()
            .flat_map(|record| referenced_ids(&record).into_iter().chain([record.id()]))
            .collect()
    }

    #[test]
    fn a_copy_has_the_same_content_and_no_id_in_common() {
        let mut source = IdSource::from_seed(5);
        for template in ALL {
            let project = load_project(template.bytes).unwrap().project;
            let copy = with_fresh_ids(&project, &mut source);
            let before = everything_named(&project);
            let after = everything_named(&copy);
            assert!(before.is_disjoint(&after), "{}", template.name);
            assert_eq!(
                check::find_problems(&project).len(),
                check::find_problems(&copy).len(),
                "{}",
                template.name
            );
            // Renamed back to the old ids, the copy is the same, to the byte.
            let names: BTreeMap<Id, Id> =
                project.records().zip(copy.records()).map(|(old, new)| (new.id(), old.id())).collect();
            assert_eq!(names.len(), before.len(), "records stand in the same order");
            let id = project.info().id;
            let mut back = Project::from_info(ProjectInfo { id, ..ProjectInfo::clone(copy.info()) });
            let others = copy.records().filter(|record| record.id().kind() != Kind::Project);
            let inserts = others.map(|record| Op::Insert(remap_ids(&record, &names).unwrap())).collect();
            apply_all(&mut back, &Transaction::new(inserts)).unwrap();
            assert_eq!(to_bytes(&back), to_bytes(&project), "{}", template.name);
        }
    }
}
