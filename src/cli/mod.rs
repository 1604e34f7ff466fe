//! The command line: the same engine without a window. Results go to standard output, messages to standard
//! error; the exit status is 0 when all is well, 1 when problems were found, 2 when a command failed.

mod args;
mod check;
mod diff;
mod drivers;
mod edit;
mod export;
mod files;
mod import;
mod mapping;
mod merge;
mod meter;
mod new;
mod plain_output;
mod questions;
mod read_sheet;
mod recover;
mod redact;
mod redact_args;
mod redact_texts;
mod repair;
mod rows;
mod scores;
mod signals;
mod templates;

use args::{Args, Command};
use clap::Parser;
use engine::analysis::changes::conflict_words;
use engine::edit::Conflict;
use engine::i18n::{Explain, Lang, Msg, escape_invisible, shorten_lines};
use engine::model::Project;
use engine::survey::source::BoundMemory;
use engine::theme::fallback;
use plain_output::PlainWriter;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit status if problems were found.
const PROBLEMS: u8 = 1;
/// Exit status if a command failed.
const FAILED: u8 = 2;

/// Runs the command of the arguments; without one, the window. `bound` limits the memory of the process, for
/// the command that reads old workbooks.
pub fn run(arguments: impl IntoIterator<Item = OsString>, bound: BoundMemory) -> ExitCode {
    signals::fail_at_size_limit();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return print_usage(&error),
    };
    let lang = args.lang.unwrap_or_else(Lang::from_locale);
    let Some(command) = args.command else { return open_window(args.file, lang) };
    fallback::use_system();
    let stdout = io::stdout();
    // Data is written unchanged, unless the output is a terminal.
    let mut out: Box<dyn Write> = if command.writes_data() && !stdout.is_terminal() {
        Box::new(stdout.lock())
    } else {
        Box::new(PlainWriter::new(stdout.lock()))
    };
    match execute_command(command, lang, &mut *out, bound)
        .and_then(|found| out.flush().map(|()| found).map_err(Failure::from))
    {
        Ok(CommandFinding::Nothing) if !DOUBTED.load(Ordering::Relaxed) => ExitCode::SUCCESS,
        Ok(CommandFinding::Nothing | CommandFinding::Problems) => ExitCode::from(PROBLEMS),
        // The reader of our output closed the pipe: it has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            print_message(&failure.explain(lang));
            ExitCode::from(failure.exit_status())
        }
    }
}

/// Opens the window; reports a missing display.
fn open_window(file: Option<PathBuf>, lang: Lang) -> ExitCode {
    // The list of recent files must work from another folder too.
    let file = file.map(|file| std::path::absolute(&file).unwrap_or(file));
    match crate::app::run_window(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let arguments: [(&str, &dyn Display); 2] =
                [("problem", &Msg::WindowFailed.text(lang)), ("path", &error)];
            print_message(&Msg::DetailsAt.text_with(lang, &arguments));
            ExitCode::from(FAILED)
        }
    }
}

fn execute_command(
    command: Command,
    lang: Lang,
    out: &mut dyn Write,
    bound: BoundMemory,
) -> Result<CommandFinding, Failure> {
    match command {
        Command::Templates => templates::run(out),
        Command::New(args) => new::run(&args, lang),
        Command::Check(args) => check::run(&args, lang, out),
        Command::Edit(args) => edit::run(&args, lang, out),
        Command::Recover(args) => recover::run(&args, lang, out),
        Command::Repair(args) => repair::run(&args, lang, out),
        Command::Redact(args) => redact::run(&args, lang, out),
        Command::Import(args) => import::run(&args, lang, out),
        Command::Scores(args) => scores::run(&args, lang, out),
        Command::Drivers(args) => drivers::run(&args, lang, out),
        Command::Export(args) => export::run(&args, lang),
        Command::Diff(args) => diff::run(&args, lang, out),
        Command::Merge(args) => merge::run(&args, lang, out),
        Command::ReadSheet(args) => read_sheet::run(&args, lang, out, bound),
    }
}

/// The result of a successful command, for its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CommandFinding {
    /// No problems.
    Nothing,
    /// Problems, which were printed.
    Problems,
}

/// The reason why a command failed.
#[derive(Debug)]
enum Failure {
    /// A message to the user.
    Told(String),
    /// A message with a specific exit status.
    Status(String, u8),
    /// Standard output is closed or full.
    Output(io::Error),
}

impl Failure {
    /// A message.
    fn new(message: Msg, lang: Lang, arguments: &[(&str, &dyn Display)]) -> Self {
        Self::Told(message.text_with(lang, arguments))
    }

    /// Returns the failure of a file, with its path last.
    fn for_path(path: &Path, problem: &str, lang: Lang) -> Self {
        Self::new(Msg::CliPlace, lang, &[("problem", &problem), ("path", &path.display())])
    }

    fn exit_status(&self) -> u8 {
        match self {
            Self::Status(_, status) => *status,
            Self::Told(_) | Self::Output(_) => FAILED,
        }
    }
}

impl Explain for Failure {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Told(message) | Self::Status(message, _) => message.clone(),
            Self::Output(error) => {
                Msg::SaveFailed.text_with(lang, &[("step", &Msg::StepWrite.text(lang)), ("detail", error)])
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// True once a successful command has reported a doubt about its work.
static DOUBTED: AtomicBool = AtomicBool::new(false);

/// Reports a doubt about the work done, such as a save that the disk did not confirm: a script sees it by the
/// exit status.
fn report_doubt(message: &str) {
    DOUBTED.store(true, Ordering::Relaxed);
    print_message(message);
}

/// Writes a message to standard error. A closed standard error can't be reported to anybody.
fn print_message(message: &str) {
    // In one write, so that messages are not mixed up if one is cut off.
    let line = format!("{}\n", shorten_lines(&escape_invisible(message)));
    drop(io::stderr().write_all(line.as_bytes()));
}

/// Returns a conflict of a merge on one line.
fn format_conflict(project: &Project, conflict: &Conflict, sides: [&Project; 2], lang: Lang) -> String {
    let words = conflict_words(project, conflict, sides, lang);
    let mut parts = vec![words.subject, words.what];
    if !words.other.is_empty() {
        parts.push(Msg::Stands.text_with(lang, &[("value", &words.kept)]));
        parts.push(Msg::OtherSide.text_with(lang, &[("value", &words.other)]));
    }
    shorten_lines(&parts.join("; "))
}

/// Prints help or the problem with the arguments.
fn print_usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // It repeats the typed text.
        print_message(error.render().to_string().trim_end());
        return ExitCode::from(FAILED);
    }
    drop(error.print());
    ExitCode::SUCCESS
}
