//! Tests if the version now in a file descends from the opened one; only then is it merged without asking.
//!
//! Equal ids prove nothing: copies of a file, and projects that older programs began from one template, share
//! them. The proofs are
//!
//! 1. the content itself: the very version that was opened;
//! 2. the note of the saver: a window lists in its lock file beside the project the contents it has held one
//!    after the other, and a kept version names the version it was saved from;
//! 3. the records: all that was opened, unchanged, with something added. Nothing of ours can be lost then. At
//!    least one record must be no template's, and no other version kept on this computer may be nearer to it.
//!
//! A removal or change is therefore accepted if the saving window is known; otherwise the user is asked,
//! since an older copy with one card added has all the records of the opened version, with older titles.

use super::base::Base;
use super::disk::RealDisk;
use super::template;
use super::versions::{VersionedDocument, Versions};
use super::watch::is_noted_later;
use crate::edit::{Op, diff_projects};
use crate::id::Kind;
use crate::model::Project;
use std::path::Path;
use std::time::Duration;

/// Pauses between attempts to find the saver's note, in milliseconds: it is written a moment after the file.
const PAUSES: [u64; 3] = [250, 500, 750];
/// Maximum number of kept versions that are compared with the found one.
const COMPARED: usize = 12;

/// A version of a document together with the content of its file.
#[derive(Debug, Clone, Copy)]
pub struct StoredVersion<'a> {
    /// The file's content.
    pub base: Base,
    /// The project in it.
    pub project: &'a Project,
}

/// The places that hold information about a file's descent.
#[derive(Debug, Clone, Copy)]
pub struct DescentSources<'a> {
    /// The file.
    pub path: &'a Path,
    /// The folder for the program's state, if there is one.
    pub state: Option<&'a Path>,
}

/// Returns true if `found`, now in a file, descends from `opened`. Takes up to two seconds without proof.
pub fn is_descendant(opened: StoredVersion<'_>, found: StoredVersion<'_>, place: DescentSources<'_>) -> bool {
    if opened.project.info().id != found.project.info().id {
        return false;
    }
    if opened.base == found.base || is_noted(opened, found, place) || is_continued(opened, found, place) {
        return true;
    }
    PAUSES.iter().any(|pause| {
        std::thread::sleep(Duration::from_millis(*pause));
        is_noted(opened, found, place)
    })
}

/// Returns true if a note says that one version was saved after the other.
fn is_noted(opened: StoredVersion<'_>, found: StoredVersion<'_>, place: DescentSources<'_>) -> bool {
    let document = VersionedDocument { project: found.project.info().id, path: Some(place.path) };
    let kept = place.state.map(|state| Versions::new(RealDisk, state));
    is_noted_later(place.path, opened.base, found.base)
        || kept.is_some_and(|versions| versions.is_saved_from(document, found.base, opened.base))
}

/// Returns true if `found` is `opened` with additions only, and no other known version is nearer to it.
fn is_continued(opened: StoredVersion<'_>, found: StoredVersion<'_>, place: DescentSources<'_>) -> bool {
    let mut ids = opened.project.records().map(|record| record.id());
    let has_own = ids.any(|id| id.kind() != Kind::Project && !template::has_record(id));
    let is_addition =
        || diff_projects(opened.project, found.project).ops.iter().all(|op| matches!(op, Op::Insert(_)));
    has_own && is_addition() && !is_nearer_to_another(opened, found, place)
}

/// Returns true if another kept version differs less from the found one than the opened version does.
fn is_nearer_to_another(
    opened: StoredVersion<'_>,
    found: StoredVersion<'_>,
    place: DescentSources<'_>,
) -> bool {
    let Some(state) = place.state else { return false };
    let versions = Versions::new(RealDisk, state);
    let document = VersionedDocument { project: found.project.info().id, path: Some(place.path) };
    let distance = diff_projects(opened.project, found.project).ops.len();
    let kept = versions
        .list_versions(document)
        .unwrap_or_default()
        .into_iter()
        .filter(|kept| !kept.label.is_unsaved())
        .take(COMPARED);
    let mut others = kept.filter_map(|kept| Some(versions.load_version(&kept).ok()?.project));
    others.any(|other| other != *opened.project && diff_projects(&other, found.project).ops.len() < distance)
}

#[cfg(test)]
#[path = "descent_tests.rs"]
mod tests;
