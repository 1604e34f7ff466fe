//! `desireline edit`: changes a project line by line, from a script or another program. A line is
//! acknowledged only when its change is on stable storage, and no other editor of the file loses changes.

mod act;
mod line;

use super::args::Edit;
use super::{CommandFinding, Failure, files, print_message, report_doubt};
use engine::i18n::{Explain, Lang, Msg};
use engine::id::{Id, IdSource};
use engine::store::document::Document;
use engine::store::state;
use engine::store::versions::Label;
use engine::store::watch::take_signs_away_on_end;
use engine::store::whole::WholeReader;
use line::{ScriptLine, Wrong};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::time::Duration;

/// The longest line that is read, in bytes.
const MOST: u64 = 1 << 20;
/// The time that a line waits for its change to reach stable storage.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn run(args: &Edit, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let script: Box<dyn BufRead> = match &args.script {
        None => Box::new(io::stdin().lock()),
        Some(path) => {
            let unreadable = |error| {
                let problem = Msg::FileUnreadable.text_with(lang, &[("detail", &error)]);
                Failure::for_path(path, &problem, lang)
            };
            let file = File::open(path).map_err(unreadable)?;
            // A script that is partly hidden from us would do half of its changes.
            let size = file.metadata().map_err(unreadable)?.len();
            Box::new(BufReader::new(WholeReader::new(file, size)))
        }
    };
    take_signs_away_on_end();
    let document = open_document(&args.file, args.state_dir.as_deref(), lang)?;
    let path = &args.file;
    let mut editor =
        ScriptRunner { path, document, source: IdSource::from_entropy(), waiting: Vec::new(), out, lang };
    let wrong = editor.run_script(script, args.strict)?;
    let conflicts = editor.finish(!args.no_save)?;
    if wrong > 0 {
        return Err(Failure::new(Msg::CliEditWrong, lang, &[("n", &wrong)]));
    }
    Ok(if conflicts == 0 { CommandFinding::Nothing } else { CommandFinding::Problems })
}

/// Opens the project, keeps its changes in a journal, and tells others that it is open.
fn open_document(path: &Path, given: Option<&Path>, lang: Lang) -> Result<Document, Failure> {
    let folder = state::state_folder(given);
    let mut document = files::open_document(path, folder.as_deref(), lang)?;
    if let Some(folder) = &folder {
        document.keep_safe(folder);
    }
    document.announce_open();
    document.keep_version(Label::Opened);
    files::report_version_trouble(&mut document, lang);
    Ok(document)
}

/// The state of a running script.
struct ScriptRunner<'a> {
    path: &'a Path,
    document: Document,
    source: IdSource,
    /// Acknowledgements of lines that are not yet on stable storage.
    waiting: Vec<String>,
    out: &'a mut dyn Write,
    lang: Lang,
}

impl ScriptRunner<'_> {
    /// Executes the lines; returns the number of wrong ones.
    fn run_script(&mut self, mut script: Box<dyn BufRead>, strict: bool) -> Result<usize, Failure> {
        let mut wrong = 0;
        for number in 1_usize.. {
            let mut bytes = Vec::new();
            script.by_ref().take(MOST).read_until(b'\n', &mut bytes)?;
            if bytes.is_empty() || (wrong > 0 && strict) {
                break;
            }
            if bytes.len() as u64 == MOST && !bytes.ends_with(b"\n") {
                return Err(Failure::new(Msg::CliEditLong, self.lang, &[("line", &number)]));
            }
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let line = if std::str::from_utf8(&bytes).is_ok() {
                ScriptLine::parse(&text)
            } else {
                Err(Wrong::NotText)
            };
            match line.and_then(|line| self.run_line(&line)) {
                Ok(Followed::Changed(id)) => {
                    let id = id.map(|id| format!(" {id}")).unwrap_or_default();
                    self.acknowledge_line(format!("ok {number}{id}"))?;
                }
                Ok(Followed::Save) => {
                    self.save_document(&format!("ok {number} saved"))?;
                }
                Err(reason) => {
                    wrong += 1;
                    let reason = reason.explain(self.lang);
                    print_message(
                        &Msg::UnreadLine
                            .text_with(self.lang, &[("line", &number), ("reason", &reason), ("text", &text)]),
                    );
                }
            }
        }
        Ok(wrong)
    }

    fn run_line(&mut self, line: &ScriptLine) -> Result<Followed, Wrong> {
        let mut added = None;
        match line {
            ScriptLine::Save => return Ok(Followed::Save),
            ScriptLine::Undo => drop(self.document.undo().ok().flatten().ok_or(Wrong::NothingToUndo)?),
            ScriptLine::Redo => drop(self.document.redo().ok().flatten().ok_or(Wrong::NothingToRedo)?),
            _ => {
                let (transaction, id) =
                    act::line_to_transaction(line, self.document.project(), &mut self.source)?;
                self.document.commit(transaction).map_err(|_error| Wrong::DoesNotFit)?;
                added = id;
            }
        }
        Ok(Followed::Changed(added))
    }

    /// Acknowledges a line once its change is on stable storage; else the next save makes it so. A problem
    /// with the journal is reported once.
    fn acknowledge_line(&mut self, text: String) -> Result<(), Failure> {
        self.waiting.push(text);
        if self.document.wait_until_durable(PATIENCE) {
            return self.write_acknowledgements();
        }
        if let Some(trouble) = self.document.take_journal_trouble() {
            report_doubt(&trouble.explain(self.lang));
        }
        Ok(())
    }

    fn write_acknowledgements(&mut self) -> Result<(), Failure> {
        for text in self.waiting.drain(..) {
            writeln!(self.out, "{text}")?;
        }
        Ok(self.out.flush()?)
    }

    /// Saves, which also acknowledges all lines before.
    fn save_document(&mut self, text: &str) -> Result<(), Failure> {
        files::save_document(self.path, &mut self.document, self.lang)?;
        self.waiting.push(text.to_owned());
        self.write_acknowledgements()
    }

    /// Saves if asked to and needed; returns the total number of conflicts.
    fn finish(mut self, save: bool) -> Result<usize, Failure> {
        if save && self.document.is_dirty() {
            self.save_document("ok saved")?;
        }
        if self.document.is_dirty() && !self.waiting.is_empty() {
            return Err(Failure::new(Msg::CliEditUnsafe, self.lang, &[("n", &self.waiting.len())]));
        }
        self.write_acknowledgements()?;
        let conflicts = self.document.open_conflicts().len();
        self.document.close();
        Ok(conflicts)
    }
}

/// The result of a line.
enum Followed {
    /// A change, and the new element.
    Changed(Option<Id>),
    /// A request to save the document.
    Save,
}
