//! `desireline merge`: merges two people's versions; conflicts that remain are listed, one a line.

use super::args::Merge;
use super::{CommandFinding, Failure, files, format_conflict};
use engine::edit::merge_versions;
use engine::i18n::{Lang, Msg};
use engine::model::Project;
use engine::store::load::Loaded;
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &Merge, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let open =
        |path: &Path| files::open_to_read(path, lang).and_then(|loaded| require_writable(path, loaded, lang));
    let ours = open(&args.ours)?;
    let theirs = open(&args.theirs)?;
    // If both sides added the file, git gives an empty one as their ancestor.
    let base = if is_empty(&args.base) { Project::new(ours.info().id) } else { open(&args.base)? };
    for (path, version) in [(&args.ours, &ours), (&args.theirs, &theirs)] {
        if version.info().id != base.info().id {
            return Err(Failure::for_path(path, Msg::CliOtherProject.text(lang), lang));
        }
    }
    let merged = merge_versions(&base, &ours, &theirs);
    files::save_as(&args.output, &merged.project, lang)?;
    for found in &merged.conflicts {
        writeln!(out, "{}", format_conflict(&merged.project, found, [&ours, &theirs], lang))?;
    }
    Ok(if merged.conflicts.is_empty() { CommandFinding::Nothing } else { CommandFinding::Problems })
}

/// Returns the project unless a newer program wrote it: it may hold data that this one does not know, which
/// merging would lose.
fn require_writable(path: &Path, loaded: Loaded, lang: Lang) -> Result<Project, Failure> {
    match loaded.read_only {
        Some(version) => {
            Err(Failure::for_path(path, &Msg::CliNewer.text_with(lang, &[("version", &version)]), lang))
        }
        None => Ok(loaded.project),
    }
}

/// True if the file is empty; a pipe has no length either, but may have content.
fn is_empty(path: &Path) -> bool {
    path == Path::new("/dev/null") || path.metadata().is_ok_and(|found| found.is_file() && found.len() == 0)
}
