//! Progress of a long command: one line on standard error, rewritten in place, if that is a terminal. Ctrl+C
//! stops the work, so that its temporary files are removed.

use super::{Failure, signals};
use engine::i18n::{Lang, Msg, file_name};
use engine::survey::source::ReadProgress;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The time between two states of the line, and before the first: short work shows none.
const PAUSE: Duration = Duration::from_millis(200);
/// The most characters of a file's name in the line, so that it stays one line.
const NAME: usize = 40;
/// Exit status of a command that Ctrl+C stopped, as shells have it.
const INTERRUPTED: u8 = 130;

/// The progress of one work.
pub(super) struct Meter {
    message: Msg,
    name: String,
    lang: Lang,
    stopped: Arc<AtomicBool>,
    /// `None` if nobody watches.
    line: Option<Mutex<Line>>,
}

/// The line on the terminal.
struct Line {
    out: Box<dyn Write + Send>,
    /// The time of the next state.
    due: Instant,
    is_shown: bool,
}

impl Meter {
    /// Starts the work on a file; the message has its `name` and the `percent` done.
    pub(super) fn start(message: Msg, path: &Path, lang: Lang) -> Arc<Self> {
        let stderr = io::stderr();
        let out: Option<Box<dyn Write + Send>> =
            if stderr.is_terminal() { Some(Box::new(stderr)) } else { None };
        Arc::new(Self::new(message, path, lang, out, signals::stop_request()))
    }

    fn new(
        message: Msg,
        path: &Path,
        lang: Lang,
        out: Option<Box<dyn Write + Send>>,
        stopped: Arc<AtomicBool>,
    ) -> Self {
        let name = file_name(path).chars().take(NAME).collect();
        let line = out.map(|out| Mutex::new(Line { out, due: Instant::now() + PAUSE, is_shown: false }));
        Self { message, name, lang, stopped, line }
    }

    /// Reports the share done, 0 to 1; returns false once the user wants the work to stop.
    pub(super) fn report_progress(&self, share: f32) -> bool {
        if let Some(line) = &self.line {
            let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            if now >= line.due {
                line.due = now + PAUSE;
                line.is_shown = true;
                let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
                let told = self.message.text_with(self.lang, &[("name", &self.name), ("percent", &percent)]);
                line.write(&format!("\r{told}\x1b[K"));
            }
        }
        !self.stopped.load(Ordering::Relaxed)
    }

    /// Returns the reporter of a survey that is read.
    pub(super) fn of_read(self: &Arc<Self>) -> Arc<ReadProgress> {
        let meter = Arc::clone(self);
        Arc::new(ReadProgress::with_callback(move |share| meter.report_progress(share)))
    }

    /// Ends the work: removes the line. Fails if the user stopped it.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        if let Some(line) = &self.line {
            let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
            if std::mem::take(&mut line.is_shown) {
                line.write("\r\x1b[K");
            }
        }
        if self.stopped.load(Ordering::Relaxed) {
            return Err(Failure::Status(Msg::CliStopped.text(self.lang).to_owned(), INTERRUPTED));
        }
        Ok(())
    }
}

impl Line {
    /// Writes to the terminal. A closed one can't be told about it.
    fn write(&mut self, text: &str) {
        drop(self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::i18n::Explain;

    /// A terminal whose content can be read.
    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn meter(terminal: &Terminal, stopped: &Arc<AtomicBool>) -> Meter {
        let out: Box<dyn Write + Send> = Box::new(terminal.clone());
        Meter::new(Msg::CliReading, Path::new("far/data.csv"), Lang::En, Some(out), Arc::clone(stopped))
    }

    #[test]
    fn a_line_is_rewritten_now_and_then_and_removed() {
        let terminal = Terminal::default();
        let stopped = Arc::default();
        let meter = meter(&terminal, &stopped);
        let begun = Instant::now();
        let mut reports = 0;
        while begun.elapsed() < 3 * PAUSE {
            assert!(meter.report_progress(0.5));
            reports += 1;
        }
        assert!(meter.finish().is_ok());
        let text = String::from_utf8(terminal.0.lock().unwrap().clone()).unwrap();
        let states = text.matches("\rReading data.csv: 50 %\x1b[K").count();
        assert!((1..=4).contains(&states) && reports > states, "{states} of {reports}: {text:?}");
        assert!(text.ends_with("\r\x1b[K") && !text.contains('\n'), "{text:?}");
    }

    #[test]
    fn short_work_shows_nothing_and_can_be_stopped() {
        let terminal = Terminal::default();
        let stopped = Arc::<AtomicBool>::default();
        let meter = meter(&terminal, &stopped);
        assert!(meter.report_progress(0.1));
        stopped.store(true, Ordering::Relaxed);
        assert!(!meter.report_progress(0.2));
        let failure = meter.finish().unwrap_err();
        assert_eq!(
            (failure.exit_status(), failure.explain(Lang::En).as_str()),
            (130, "Stopped, nothing was changed")
        );
        assert!(terminal.0.lock().unwrap().is_empty());
    }
}
