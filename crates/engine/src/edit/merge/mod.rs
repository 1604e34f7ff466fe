//! Three-way merge per record and field; sets and maps per entry.
//!
//! Symmetric by construction: if both sides changed one value, the later in [`FieldValue`]'s total order is
//! kept and both are listed. An edit beats a delete, and records that an edit on one side needs come back if
//! the other side deleted them. Only differences are touched: the merged version is ours with their changes.

mod decide;
mod fields;
mod ground;
mod invariants;
mod restore;
mod twins;
mod values;

pub use decide::resolve_conflict;
pub use ground::common_ground;
pub use restore::referenced_ids;

use super::index::{RecordIndex, are_equal, walk_versions};
use crate::id::{Id, Kind, ProjectId};
use crate::model::check::Problem;
use crate::model::value::FieldValue;
use crate::model::{Field, Project, ProjectInfo, Record, home_journey};
use fields::merge_record;
use std::collections::{BTreeMap, BTreeSet};

/// One value that both sides changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MergeChoice {
    /// The field.
    pub field: Field,
    /// The key of the map's entry; [`FieldValue::Nothing`] if the choice concerns the field as a whole.
    pub entry: FieldValue,
    /// The value that is kept.
    pub kept: FieldValue,
    /// The other side's value.
    pub dropped: FieldValue,
}

/// A conflict between two people's edits that a person should review.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Both sides changed the same value of a record differently.
    Value {
        /// The record with the conflict.
        id: Id,
        /// Its values that are resolved together: several for a card's place or a link's ends, else one.
        choices: Vec<MergeChoice>,
    },
    /// One side changed a record that the other removed; it is kept.
    EditBeatsDelete(Id),
    /// One side removed a record that the other still needs; it is restored.
    BroughtBack(Id),
    /// Both sides imported the same file of answers; it counts once.
    SameImport {
        /// The import that is kept.
        kept: Id,
        /// The other side's import.
        dropped: Id,
    },
    /// A problem that neither side has, caused by both sides' edits together.
    Doubt(Problem),
}

impl Conflict {
    /// Returns the record that the conflict concerns.
    pub fn id(&self) -> Id {
        match self {
            Self::Value { id, .. } | Self::EditBeatsDelete(id) | Self::BroughtBack(id) => *id,
            Self::SameImport { kept, .. } => *kept,
            Self::Doubt(problem) => problem.element,
        }
    }
}

/// A merged project, with the conflicts that a person should review.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The merged project, complete regardless of conflicts.
    pub project: Project,
    /// The conflicts, each once and in the order of [`Conflict`].
    pub conflicts: Vec<Conflict>,
}

/// Merges two versions that both come from `base`.
pub fn merge_versions(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    let ours = with_project_id(base.info().id, ours);
    let theirs = with_project_id(base.info().id, theirs);
    let versions = [base, &ours, &theirs].map(RecordIndex::new);
    let mut mix = Mix::new(&versions);
    mix.merge_records();
    restore::bring_back(&mut mix);
    twins::unite_twins(&mut mix);
    invariants::card_lanes(&mut mix);
    let Mix { changed, touched, mut conflicts, .. } = mix;
    let project = apply_changes(&ours, changed);
    conflicts
        .extend(invariants::find_new_problems(&project, [&ours, &theirs], &touched).map(Conflict::Doubt));
    conflicts.sort_unstable();
    conflicts.dedup();
    Merged { project, conflicts }
}

/// Returns the version under this project's id: unchanged, unless unrelated projects are merged.
fn with_project_id(id: ProjectId, project: &Project) -> Project {
    if project.info().id == id {
        return project.clone();
    }
    let mut copy = Project::from_info(ProjectInfo { id, ..ProjectInfo::clone(project.info()) });
    for record in project.records().filter(|record| record.id().kind() != Kind::Project) {
        put_record(&mut copy, record);
    }
    copy
}

/// One of the two sides of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MergeSide {
    Ours,
    Theirs,
}

/// A record that one side deleted and the other left unchanged.
struct Deletion {
    record: Record,
    by: MergeSide,
}

/// The sides that changed or added a record.
#[derive(Debug, Clone, Copy, Default)]
struct Edited {
    ours: bool,
    theirs: bool,
}

impl Edited {
    fn is_edited_by(self, side: MergeSide) -> bool {
        match side {
            MergeSide::Ours => self.ours,
            MergeSide::Theirs => self.theirs,
        }
    }
}

/// A merge in progress.
struct Mix<'a> {
    versions: &'a [RecordIndex; 3],
    /// The differences from our version: the merged record, or `None` if it is removed.
    changed: BTreeMap<Id, Option<Record>>,
    gone: BTreeMap<Id, Deletion>,
    /// The records that either side changed or added, as far as they are kept.
    edited: BTreeMap<Id, Edited>,
    /// The ids of all records that differ between the versions.
    touched: BTreeSet<Id>,
    conflicts: Vec<Conflict>,
}

impl<'a> Mix<'a> {
    fn new(versions: &'a [RecordIndex; 3]) -> Self {
        Self {
            versions,
            changed: BTreeMap::new(),
            gone: BTreeMap::new(),
            edited: BTreeMap::new(),
            touched: BTreeSet::new(),
            conflicts: Vec::new(),
        }
    }

    fn base(&self) -> &'a RecordIndex {
        &self.versions[0]
    }

    fn ours(&self) -> &'a RecordIndex {
        &self.versions[1]
    }

    fn theirs(&self) -> &'a RecordIndex {
        &self.versions[2]
    }

    /// Returns the record as merged so far.
    fn get(&self, id: Id) -> Option<&Record> {
        match self.changed.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.ours().get(id),
        }
    }

    /// Merges each record independently.
    fn merge_records(&mut self) {
        let [base, ours, theirs] = self.versions;
        walk_versions([base, ours, theirs], |id, found| {
            let same = |one: Option<&Record>, other: Option<&Record>| match (one, other) {
                (Some(one), Some(other)) => are_equal(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            let [b, o, t] = found;
            let edited = Edited { ours: !same(b, o), theirs: !same(b, t) };
            if edited.ours || edited.theirs {
                self.touched.insert(id);
                self.merge_edited_record(id, found, edited);
            }
        });
    }

    /// Merges a record that at least one side added, changed or deleted.
    fn merge_edited_record(&mut self, id: Id, [base, ours, theirs]: [Option<&Record>; 3], edited: Edited) {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                if edited.ours && edited.theirs && !are_equal(ours, theirs) {
                    let mut told = Vec::new();
                    let merged = merge_record(base, ours, theirs, &mut told);
                    self.changed.insert(id, Some(merged));
                    self.conflicts.extend(told.into_iter().map(|choices| Conflict::Value { id, choices }));
                } else if !edited.ours {
                    self.changed.insert(id, Some(theirs.clone()));
                }
                self.edited.insert(id, edited);
            }
            (Some(kept), None) => self.one_sided(id, base.is_some(), kept, MergeSide::Ours, edited.ours),
            (None, Some(kept)) => self.one_sided(id, base.is_some(), kept, MergeSide::Theirs, edited.theirs),
            (None, None) => {}
        }
    }

    /// Merges a record that only one side holds: added there, or deleted by the other.
    fn one_sided(&mut self, id: Id, was_there: bool, kept: &Record, by: MergeSide, is_edited: bool) {
        let deleter = if by == MergeSide::Ours { MergeSide::Theirs } else { MergeSide::Ours };
        if is_edited {
            self.edited.insert(id, Edited { ours: by == MergeSide::Ours, theirs: by == MergeSide::Theirs });
            self.changed.insert(id, Some(kept.clone()));
            self.conflicts.extend(was_there.then_some(Conflict::EditBeatsDelete(id)));
        } else {
            self.changed.insert(id, None);
            self.gone.insert(id, Deletion { record: kept.clone(), by: deleter });
        }
    }
}

/// Returns our version with the merged changes: journeys are added first and removed last.
fn apply_changes(ours: &Project, changed: BTreeMap<Id, Option<Record>>) -> Project {
    let mut project = ours.clone();
    let (journeys, rest): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|(id, _)| id.kind() == Kind::Journey);
    let (stay, go): (Vec<_>, Vec<_>) = journeys.into_iter().partition(|(_, record)| record.is_some());
    for (id, record) in stay.into_iter().chain(rest).chain(go) {
        match record {
            Some(record) => put_record(&mut project, record),
            // Removal fails only for a journey that still holds records, in a project broken before.
            None => drop(project.remove_record(id)),
        }
    }
    project
}

/// Replaces the record with the same id, or adds it.
fn put_record(project: &mut Project, record: Record) {
    let there = project.record(record.id());
    if there.as_ref().is_some_and(|there| home_journey(there) != home_journey(&record)) {
        drop(project.remove_record(record.id()));
        drop(project.insert_record(record));
    } else if there.is_some() {
        drop(project.replace_record(record));
    } else {
        // Refused only if a broken version names a journey that neither side holds.
        drop(project.insert_record(record));
    }
}
