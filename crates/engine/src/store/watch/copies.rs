//! Copies that sync programs put beside a file when two people saved it, recognised by their names only.

use crate::store::disk::{Disk, RealDisk};
use std::path::{Path, PathBuf};

/// Maximum number of files to examine in a folder; with more, nobody looks for conflict copies by hand
/// either.
const MOST: usize = 20_000;
/// Maximum number of copies reported.
const TOLD: usize = 20;

/// Returns the conflict copies of a file, by name; none if the folder can't be read.
pub(super) fn find_copies(path: &Path) -> Vec<PathBuf> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let Ok(paths) = RealDisk.list_dir(crate::store::base::parent_folder(path)) else { return Vec::new() };
    let found = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|found| is_copy_of(found, name))
    };
    let mut copies: Vec<PathBuf> = paths.into_iter().take(MOST).filter(found).collect();
    copies.sort();
    copies.truncate(TOLD);
    copies
}

/// Returns true if a file name is one that a sync program gives to a conflicting copy: Dropbox, Nextcloud and
/// Google Drive add a note in brackets, Syncthing and ownCloud one after a dot or an underscore.
pub fn is_copy_of(name: &str, of: &str) -> bool {
    let (stem, ending) = of.rsplit_once('.').unwrap_or((of, ""));
    let Some(added) = name.strip_prefix(stem).and_then(|rest| {
        if ending.is_empty() { Some(rest) } else { rest.strip_suffix(ending)?.strip_suffix('.') }
    }) else {
        return false;
    };
    let bracketed = added.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
    match bracketed {
        Some(inside) => is_number(inside) || names_a_conflict(inside),
        None => [".sync-conflict-", "_conflict-"].iter().any(|mark| added.starts_with(mark)),
    }
}

fn is_number(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn names_a_conflict(text: &str) -> bool {
    let text = text.to_lowercase();
    ["conflicted copy", "conflict of ", "case conflict", "冲突"].iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sync_programs_are_known_and_others_left_alone() {
        for copy in [
            "plan (1).ron",
            "plan (Ann's conflicted copy 2026-11-24).ron",
            "plan (conflicted copy 2026-11-24 101112).ron",
            "plan (Ann 的冲突副本 2026-11-24).ron",
            "plan.sync-conflict-20261124-101112-ABCDEFG.ron",
            "plan_conflict-20261124-101112.ron",
        ] {
            assert!(is_copy_of(copy, "plan.ron"), "{copy}");
        }
        for other in [
            "plan.ron",
            "plan (draft).ron",
            "plan (1).png",
            "planb (1).ron",
            "plan 2.ron",
            "plan (123).ron",
            "",
        ] {
            assert!(!is_copy_of(other, "plan.ron"), "{other}");
        }
        assert!(is_copy_of("notes (1)", "notes"));
    }
}
