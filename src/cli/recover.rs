//! `desireline recover`: merges the unsaved changes of a killed process into the current file.

use super::args::Recover;
use super::{CommandFinding, Failure, files, format_conflict, print_message, report_doubt};
use engine::i18n::{Explain, Lang, Msg};
use engine::id::ProjectId;
use engine::model::Project;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::document::{keep_version, save_with_origin};
use engine::store::error::SaveCause;
use engine::store::journal::{Recoverable, find_recoverable};
use engine::store::project::{OpenError, StoredFile, lock_folder};
use engine::store::state;
use engine::store::versions::Label;
use std::fmt::Display;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Recover, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let folder = state::state_folder(args.state_dir.as_deref());
    let folder = folder.ok_or_else(|| Failure::new(Msg::CliNoState, lang, &[]))?;
    let mut found = find_recoverable(&RealDisk, &folder);
    // Listing changes nothing: no file is put aside or removed.
    let damaged = if args.list {
        Msg::CliDamagedThere
    } else {
        found.clean_up(&RealDisk);
        Msg::CliDamaged
    };
    let aside = if args.list { found.aside.as_slice() } else { &[] };
    for path in found.damaged.iter().chain(aside) {
        print_message(&damaged.text_with(lang, &[("path", &path.display())]));
    }
    for unread in &found.unread {
        let told: [(&str, &dyn Display); 2] = [("detail", &unread.error), ("path", &unread.path.display())];
        print_message(&Msg::CliUnreadJournal.text_with(lang, &told));
    }
    let unread = found.unread.len();
    let done = bring_back(args, found.left, &folder, lang, out);
    match done {
        Ok(_) if unread > 0 => Err(Failure::new(Msg::CliUnreadJournals, lang, &[("n", &unread)])),
        // The wanted document may be in an unreadable journal.
        Err(NotRecovered::Nothing(_)) if unread > 0 => {
            Err(Failure::new(Msg::CliUnreadJournals, lang, &[("n", &unread)]))
        }
        Err(NotRecovered::Nothing(failure) | NotRecovered::Failed(failure)) => Err(failure),
        Ok(found) => Ok(found),
    }
}

/// The reason why nothing was recovered.
enum NotRecovered {
    /// There is nothing to recover.
    Nothing(Failure),
    /// Recovery failed.
    Failed(Failure),
}

impl From<Failure> for NotRecovered {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Lists the recoverable documents, or writes one.
fn bring_back(
    args: &Recover,
    all: Vec<Recoverable>,
    folder: &Path,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<CommandFinding, NotRecovered> {
    let mut left = Vec::new();
    for one in all {
        if args.file.as_deref().map_or(Ok(true), |file| is_of(&one, file, lang))? {
            left.push(one);
        }
    }
    let output = match args.output.as_deref() {
        Some(output) if !args.list => output,
        _ => return Ok(print_list(&left, out)?),
    };
    // A journal that was put aside was recovered as far as possible: it is used again only if it is named.
    let is_named =
        |left: &Recoverable| args.file.as_deref().is_some_and(|file| is_place(left.journal_path(), file));
    let aside: Vec<PathBuf> =
        left.iter().filter(|left| left.is_set_aside()).map(|left| left.journal_path().to_owned()).collect();
    left.retain(|left| !left.is_set_aside() || is_named(left));
    let Some(first) = left.first() else {
        let failure = match aside.first() {
            Some(path) => Failure::new(Msg::CliSetAside, lang, &[("path", &path.display())]),
            None => Failure::new(Msg::CliNothingLeft, lang, &[]),
        };
        return Err(NotRecovered::Nothing(failure));
    };
    if left.iter().skip(1).any(|other| first.path.is_none() || document_key(other) != document_key(first)) {
        return Err(Failure::new(Msg::CliSeveralLeft, lang, &[]).into());
    }
    // The oldest comes first.
    left.reverse();
    let conflicts = Recovery { left: &left, output, lang, state: folder }.write_recovered()?;
    if !args.keep {
        for left in left {
            left.discard_journal(&RealDisk);
        }
    }
    Ok(if conflicts == 0 { CommandFinding::Nothing } else { CommandFinding::Problems })
}

/// Prints one document a line: number of changes, time of the first, its file, and the journal.
fn print_list(left: &[Recoverable], out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    for left in left {
        let path = left.path.as_deref().unwrap_or(Path::new("-")).display();
        writeln!(
            out,
            "{}\t{:.0}\t{path}\t{}",
            left.change_count(),
            left.changed,
            left.journal_path().display()
        )?;
    }
    Ok(CommandFinding::Nothing)
}

/// Returns the key that distinguishes documents.
fn document_key(left: &Recoverable) -> (Option<&Path>, ProjectId) {
    (left.path.as_deref(), left.stored.info().id)
}

/// True if the journal belongs to this file; a document that was never saved is named by its journal.
fn is_of(left: &Recoverable, file: &Path, lang: Lang) -> Result<bool, Failure> {
    if is_place(left.journal_path(), file) {
        return Ok(true);
    }
    left.path.as_deref().map_or(Ok(false), |path| is_same_file(path, file, lang))
}

/// True if two paths lead to the same file.
fn is_same_file(one: &Path, other: &Path, lang: Lang) -> Result<bool, Failure> {
    if is_place(one, other) { Ok(true) } else { files::is_same(one, other, lang) }
}

/// True if two paths are the same once absolute.
fn is_place(one: &Path, other: &Path) -> bool {
    to_absolute(one) == to_absolute(other)
}

fn to_absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

struct Recovery<'a> {
    left: &'a [Recoverable],
    output: &'a Path,
    lang: Lang,
    state: &'a Path,
}

impl Recovery<'_> {
    /// Writes the document with all its recoverable changes; returns the number of conflicts.
    fn write_recovered(&self) -> Result<usize, Failure> {
        let path = self.left.first().and_then(|left| left.path.clone());
        let in_place =
            path.as_deref().map_or(Ok(false), |path| is_same_file(path, self.output, self.lang))?;
        for _ in 0..files::MOST_TRIES {
            let held = if in_place { lock_folder(&RealDisk, self.output) } else { None };
            let theirs = self.read_stored(path.as_deref(), in_place)?;
            let (project, conflicts) = self.merge_changes(theirs.as_ref());
            self.keep_version(&project, Label::Recovered);
            if !in_place {
                files::save_as(self.output, &project, self.lang)?;
            } else if !self.replace_file(theirs.as_ref(), &project, held)? {
                continue;
            }
            for conflict in &conflicts {
                print_message(conflict);
            }
            return Ok(conflicts.len());
        }
        Err(Failure::for_path(self.output, Msg::FileChanged.text(self.lang), self.lang))
    }

    /// Returns the current content of the document's file. A file that is no version of it is left alone:
    /// this is reported if another file is written, and an error if it would be replaced.
    fn read_stored(&self, path: Option<&Path>, in_place: bool) -> Result<Option<StoredFile>, Failure> {
        let Some(path) = path else { return Ok(None) };
        let mut is_unread = false;
        let problem = match StoredFile::read_from(path) {
            Ok(StoredFile { read_only: Some(version), .. }) => {
                Msg::CliNewer.text_with(self.lang, &[("version", &version)])
            }
            Ok(stored) if !self.is_other(&stored.content) => return Ok(Some(stored)),
            Err(OpenError::Missing) => return Ok(None),
            Ok(_) => Msg::CliReplacedByOther.text(self.lang).to_owned(),
            Err(error) => {
                is_unread = matches!(error, OpenError::Failed(_));
                error.explain(self.lang)
            }
        };
        let failure = Failure::for_path(path, &problem, self.lang);
        if in_place {
            return Err(failure);
        }
        let told = failure.explain(self.lang);
        // A version that could not be read now might have been merged otherwise.
        if is_unread {
            report_doubt(&told);
        } else {
            print_message(&told);
        }
        Ok(None)
    }

    fn is_other(&self, found: &Project) -> bool {
        self.left.iter().any(|left| left.stored.info().id != found.info().id)
    }

    /// Merges all recoverable changes into the stored version. If that is not known to come from the opened
    /// one, neither side counts as having removed anything.
    fn merge_changes(&self, stored: Option<&StoredFile>) -> (Project, Vec<String>) {
        let mut project = stored.map(|stored| stored.content.clone());
        let mut conflicts = Vec::new();
        for left in self.left {
            project = Some(match project {
                Some(theirs) => {
                    let is_continued =
                        stored.is_none_or(|stored| left.is_continued_by(stored, Some(self.state)));
                    let merged =
                        if is_continued { left.merge_onto(&theirs) } else { left.merge_beside(&theirs) };
                    let sides = [&left.recovered, &theirs];
                    let told = |found| format_conflict(&merged.project, found, sides, self.lang);
                    conflicts.extend(merged.conflicts.iter().map(told));
                    merged.project
                }
                None => left.recovered.clone(),
            });
        }
        (project.unwrap_or_else(|| self.left[0].recovered.clone()), conflicts)
    }

    /// Saves over the merged file; false if somebody else saved first.
    fn replace_file(
        &self,
        theirs: Option<&StoredFile>,
        project: &Project,
        held: Option<File>,
    ) -> Result<bool, Failure> {
        if let Some(theirs) = theirs {
            self.keep_version(&theirs.content, Label::BeforeMerge);
        }
        let base = theirs.map_or(Base::Absent, |theirs| theirs.base);
        // A failure to keep a version was reported before.
        let (saved, _kept) =
            save_with_origin(self.output, (base, Some(base)), project, Some(self.state), held);
        match saved {
            Ok(saved) => {
                files::tell_saved(&saved, self.lang);
                Ok(true)
            }
            Err(error) if matches!(error.cause, SaveCause::ChangedOnDisk { .. }) => Ok(false),
            Err(error) => Err(Failure::for_path(self.output, &error.explain(self.lang), self.lang)),
        }
    }

    fn keep_version(&self, project: &Project, label: Label) {
        if let Err(error) = keep_version(self.state, Some(self.output), project, label) {
            files::report_unkept(&error, self.lang);
        }
    }
}
