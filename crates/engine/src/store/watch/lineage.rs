//! The origin of a file's content, as noted in the lock files beside it.

use super::presence::{Presence, content_mark, signs_beside};
use crate::store::base::{Base, resolve_links};
use crate::store::disk::RealDisk;
use std::collections::BTreeSet;
use std::path::Path;

/// Returns true if windows that have a file open, or had it a moment ago, note that one content of it was
/// made from another, step by step.
pub fn is_noted_later(path: &Path, from: Base, content: Base) -> bool {
    let Ok(target) = resolve_links(&RealDisk, path) else { return false };
    let signs = signs_beside(&target);
    let mut reached = BTreeSet::from([content_mark(from)]);
    loop {
        let before = reached.len();
        for (_, sign) in &signs {
            let held = sign.held.iter();
            let made = held.skip_while(|held| !reached.contains(*held)).cloned().collect::<Vec<String>>();
            reached.extend(made);
        }
        if reached.len() == before {
            return from != content && reached.contains(&content_mark(content));
        }
    }
}

/// Notes beside a file the content about to be saved and its origin: in our own lock file if we have the file
/// open, else as a note for others who have. Written before the save, so that whoever sees the new content
/// can learn its origin, even if the process is killed the moment after.
pub fn announce_save(path: &Path, from: Base, content: Base) {
    if let Ok(target) = resolve_links(&RealDisk, path)
        && !Presence::note_at(&target, content)
    {
        Presence::leave_word(&target, from, content);
    }
}

/// The lock file of a process without a window that has a file open; removed on drop.
#[derive(Debug)]
pub struct OpenSign(Option<Presence>);

impl OpenSign {
    /// Creates it beside a file that was opened.
    pub fn create_beside(path: &Path, base: Base) -> Self {
        let presence =
            resolve_links(&RealDisk, path).ok().map(|target| Presence::announce_open(&target, base));
        // Looking for others removes lock files of ended processes.
        if let Some(presence) = &presence {
            drop(presence.other_openers());
        }
        Self(presence)
    }

    /// Notes that the file's present content was loaded.
    pub fn took_in(&self, base: Base) {
        if let Some(presence) = &self.0 {
            presence.note_content(base);
        }
    }
}

impl Drop for OpenSign {
    fn drop(&mut self) {
        self.0.take().into_iter().for_each(Presence::withdraw_lock);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: u32) -> Base {
        Base::from_bytes(&number.to_le_bytes())
    }

    #[test]
    fn signs_say_which_content_was_made_from_which() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let theirs = Presence::announce_open(&target, of(0));
        assert!(!is_noted_later(&target, of(0), of(1)));
        for number in 1..100 {
            theirs.note_content(of(number));
        }
        assert!(is_noted_later(&target, of(90), of(99)) && !is_noted_later(&target, of(99), of(90)));
        assert!(!is_noted_later(&target, of(0), of(99)), "it is long ago");
        // Another continues from there.
        let another = Presence::announce_open(&target, of(99));
        another.note_content(of(200));
        assert!(is_noted_later(&target, of(90), of(200)));
        theirs.note_unrelated(of(500));
        theirs.note_content(of(501));
        assert!(is_noted_later(&target, of(500), of(501)) && !is_noted_later(&target, of(99), of(501)));
        another.withdraw_lock();
        assert!(is_noted_later(&target, of(99), of(200)), "the other may not have looked yet");
        assert!(theirs.other_openers().is_empty(), "nobody else has it open");
        theirs.withdraw_lock();
        assert!(!is_noted_later(&target, of(500), of(501)), "nobody is left who asks");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            0,
            "and nothing is left beside the file"
        );
    }

    #[test]
    fn a_process_without_a_window_leaves_word_only_for_those_who_have_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        announce_save(&target, of(0), of(1));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let mine = Presence::announce_open(&target, of(0));
        Presence::leave_word(&target, of(0), of(1));
        assert!(is_noted_later(&target, of(0), of(1)) && mine.other_openers().is_empty());
        mine.withdraw_lock();
    }

    #[test]
    fn what_is_about_to_be_saved_is_noted_before() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let mine = OpenSign::create_beside(&target, of(0));
        announce_save(&target, of(0), of(1));
        assert!(is_noted_later(&target, of(0), of(1)));
        mine.took_in(of(2));
        assert!(is_noted_later(&target, of(1), of(2)));
        drop(mine);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
