//! The common records of two versions whose relation is unknown.

use crate::edit::index::{RecordIndex, are_equal, walk_versions};
use crate::id::Kind;
use crate::model::{Project, ProjectInfo};

/// Builds the base for merging two versions of unknown descent on a person's request: the records that both
/// hold alike. So nothing counts as removed by one of them, and every difference between them is listed.
pub fn common_ground(one: &Project, other: &Project) -> Project {
    let mut ground = Project::from_info(ProjectInfo::new(one.info().id));
    let first = RecordIndex::new(one);
    let second = RecordIndex::new(other);
    let mut shared = Vec::new();
    walk_versions([&first, &second], |id, found| {
        if let [Some(first), Some(second)] = found
            && id.kind() != Kind::Project
            && are_equal(first, second)
        {
            shared.push(first.clone());
        }
    });
    // Journeys come first; records of a journey that differs are refused, so they are compared like it.
    shared.sort_by_key(|record| record.id().kind() != Kind::Journey);
    for record in shared {
        drop(ground.insert_record(record));
    }
    ground
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::{add_stage, new_project, rename_record};
    use crate::edit::{apply_all, merge_versions};
    use crate::id::{Id, IdSource};

    #[test]
    fn on_common_ground_nothing_is_removed_and_what_differs_is_listed() {
        let source = &mut IdSource::from_seed(6);
        let first = new_project("Trip", source);
        let journey = first.journeys_in_order()[0].info().id;
        let mut ours = first.clone();
        let mut theirs = first.clone();
        apply_all(&mut ours, &add_stage(&first, journey, None, "Mine", source).0).unwrap();
        apply_all(&mut ours, &rename_record(&first, Id::from(journey), "Voyage")).unwrap();
        apply_all(&mut theirs, &add_stage(&first, journey, None, "Theirs", source).0).unwrap();
        let merged = merge_versions(&common_ground(&ours, &theirs), &ours, &theirs);
        let stages = merged.project.journeys_in_order()[0].stages_in_order();
        assert_eq!(stages.len(), 2, "neither stage vanishes");
        assert!(!merged.conflicts.is_empty(), "both titles are listed");
        assert_eq!(merged.project.journeys_in_order()[0].lanes().len(), 4);
    }
}
