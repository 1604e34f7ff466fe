//! The common records of two versions whose relation is unknown.

use crate::edit::index::{Index, equal, walk};
use crate::id::Kind;
use crate::model::{Project, ProjectInfo};

/// Builds the base for merging two versions of unknown descent on a person's request: the records that both
/// hold alike. So nothing counts as removed by one of them, and every difference between them is listed.
pub fn common_ground(one: &Project, other: &Project) -> Project {
    let mut ground = Project::of(ProjectInfo::new(one.info().id));
    let first = Index::new(one);
    let second = Index::new(other);
    let mut shared = Vec::new();
    walk([&first, &second], |id, found| {
        if let [Some(first), Some(second)] = found
            && id.kind() != Kind::Project
            && equal(first, second)
        {
            shared.push(first.clone());
        }
    });
    // Journeys come first; records of a journey that differs are refused, so they are compared like it.
    shared.sort_by_key(|record| record.id().kind() != Kind::Journey);
    for record in shared {
        drop(ground.insert(record));
    }
    ground
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::command::{add_stage, new_project, rename};
    use crate::edit::{apply_all, merge};
    use crate::id::{Id, Source};

    #[test]
    fn on_common_ground_nothing_is_removed_and_what_differs_is_listed() {
        let source = &mut Source::seeded(6);
        let first = new_project("Trip", source);
        let journey = first.journeys_in_order()[0].info().id;
        let mut ours = first.clone();
        let mut theirs = first.clone();
        apply_all(&mut ours, &add_stage(&first, journey, None, "Mine", source).0).unwrap();
        apply_all(&mut ours, &rename(&first, Id::from(journey), "Voyage")).unwrap();
        apply_all(&mut theirs, &add_stage(&first, journey, None, "Theirs", source).0).unwrap();
        let merged = merge(&common_ground(&ours, &theirs), &ours, &theirs);
        let stages = merged.project.journeys_in_order()[0].stages_in_order();
        assert_eq!(stages.len(), 2, "neither stage vanishes");
        assert!(!merged.conflicts.is_empty(), "both titles are listed");
        assert_eq!(merged.project.journeys_in_order()[0].lanes().len(), 4);
    }
}
