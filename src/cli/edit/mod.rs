//! `desireline edit`: changes a project line by line, from a script or another program. A line is
//! acknowledged only when its change is on stable storage, and no other editor of the file loses changes.

mod act;
mod document;
mod line;

use super::args::Edit;
use super::{CommandFinding, Failure, print_message};
use crate::i18n::{Explain, Lang, Msg};
use crate::id::{Id, IdSource};
use crate::store::watch::take_signs_away_on_end;
use crate::store::whole::WholeReader;
use document::{Safe, ScriptDocument};
use line::{ScriptLine, Wrong};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};

/// The longest line that is read, in bytes.
const MOST: u64 = 1 << 20;

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
    let document = ScriptDocument::open(&args.file, args.state_dir.as_deref(), lang)?;
    let mut editor =
        ScriptRunner { document, source: IdSource::from_entropy(), waiting: Vec::new(), out, lang };
    let wrong = editor.run_script(script, args.strict)?;
    let conflicts = editor.finish(!args.no_save)?;
    if wrong > 0 {
        return Err(Failure::new(Msg::CliEditWrong, lang, &[("n", &wrong)]));
    }
    Ok(if conflicts == 0 { CommandFinding::Nothing } else { CommandFinding::Problems })
}

/// The state of a running script.
struct ScriptRunner<'a> {
    document: ScriptDocument<'a>,
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
                Ok(Followed::Changed(change, id)) => {
                    let id = id.map(|id| format!(" {id}")).unwrap_or_default();
                    self.acknowledge_line(change, format!("ok {number}{id}"))?;
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
        let change = match line {
            ScriptLine::Save => return Ok(Followed::Save),
            ScriptLine::Undo => (self.document.undo().ok_or(Wrong::NothingToUndo)?, None),
            ScriptLine::Redo => (self.document.redo().ok_or(Wrong::NothingToRedo)?, None),
            _ => {
                let (transaction, id) =
                    act::line_to_transaction(line, self.document.project(), &mut self.source)?;
                (self.document.commit(&transaction).ok_or(Wrong::DoesNotFit)?, id)
            }
        };
        Ok(Followed::Changed(change.0, change.1))
    }

    /// Acknowledges a line once its change is on stable storage.
    fn acknowledge_line(&mut self, change: u64, text: String) -> Result<(), Failure> {
        self.waiting.push(text);
        match self.document.wait_until_durable(change) {
            Safe::Durable => self.write_acknowledgements(),
            Safe::Not => Ok(()),
        }
    }

    fn write_acknowledgements(&mut self) -> Result<(), Failure> {
        for text in self.waiting.drain(..) {
            writeln!(self.out, "{text}")?;
        }
        Ok(self.out.flush()?)
    }

    /// Saves, which also acknowledges all lines before.
    fn save_document(&mut self, text: &str) -> Result<usize, Failure> {
        let conflicts = self.document.save()?;
        self.waiting.push(text.to_owned());
        self.write_acknowledgements()?;
        Ok(conflicts)
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
        Ok(self.document.close())
    }
}

/// The result of a line.
enum Followed {
    /// The number of a change, and the new element.
    Changed(u64, Option<Id>),
    /// A request to save the document.
    Save,
}
