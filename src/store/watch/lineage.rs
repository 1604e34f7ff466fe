//! What the signs beside a file say about where its content comes from.

use super::presence::{Presence, mark, signs_beside};
use crate::store::base::{Base, resolve};
use crate::store::disk::RealDisk;
use std::collections::BTreeSet;
use std::path::Path;

/// Whether windows that have a file open, or had it a moment ago, say that one content of it was made from another, step
/// by step.
pub fn is_noted_later(path: &Path, from: Base, content: Base) -> bool {
    let Ok(target) = resolve(&RealDisk, path) else { return false };
    let signs = signs_beside(&target);
    let mut reached = BTreeSet::from([mark(from)]);
    loop {
        let before = reached.len();
        for (_, sign) in &signs {
            let held = sign.held.iter();
            let made = held.skip_while(|held| !reached.contains(*held)).cloned().collect::<Vec<String>>();
            reached.extend(made);
        }
        if reached.len() == before {
            return from != content && reached.contains(&mark(content));
        }
    }
}

/// Says beside a file that was saved by a process without a window what it was made from, where a window has it open.
pub fn leave_word(path: &Path, from: Base, content: Base) {
    if let Ok(target) = resolve(&RealDisk, path) {
        Presence::leave_word(&target, from, content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: u32) -> Base {
        Base::of(&number.to_le_bytes())
    }

    #[test]
    fn signs_say_which_content_was_made_from_which() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let mut theirs = Presence::announce(&target, of(0));
        assert!(!is_noted_later(&target, of(0), of(1)));
        for number in 1..100 {
            theirs.note(of(number));
        }
        assert!(is_noted_later(&target, of(90), of(99)) && !is_noted_later(&target, of(99), of(90)));
        assert!(!is_noted_later(&target, of(0), of(99)), "it is long ago");
        // Another goes on from there.
        let mut another = Presence::announce(&target, of(99));
        another.note(of(200));
        assert!(is_noted_later(&target, of(90), of(200)));
        theirs.note_unrelated(of(500));
        theirs.note(of(501));
        assert!(is_noted_later(&target, of(500), of(501)) && !is_noted_later(&target, of(99), of(501)));
        another.withdraw();
        assert!(is_noted_later(&target, of(99), of(200)), "the other may not have looked yet");
        assert!(theirs.others().is_empty(), "nobody else has it open");
        theirs.withdraw();
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
        leave_word(&target, of(0), of(1));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let mine = Presence::announce(&target, of(0));
        leave_word(&target, of(0), of(1));
        assert!(is_noted_later(&target, of(0), of(1)) && mine.others().is_empty());
        mine.withdraw();
    }
}
