//! Old workbooks (XLS, XLSB, ODS), read in a separate process: a crash there only fails this import.
//!
//! The process is this program under a hidden command. It writes CSV: the names of the sheets, the name of
//! the one that is read with the number of its first row, then the rows. It limits its own memory; the time
//! until its first output is limited here.

use super::blocks::Blocks;
use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::{HelperError, Limit, TableError};
use super::known_format::KnownFormat;
use super::options::{Delimiter, Dialect, Input};
use super::package::hash_file;
use super::progress::ReadProgress;
use super::record::RowCells;
use super::stamp::Stamp;
use std::io::Read;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The hidden command that reads a sheet.
pub const COMMAND: &str = "read-sheet";
/// Its exit status if the workbook has no sheet with the name.
pub(super) const NO_SHEET: u8 = 3;
/// Its exit status if the workbook is protected by a password.
pub(super) const PROTECTED: u8 = 4;
/// Its exit status where the workbook broke the reader.
pub const BROKE_OFF: u8 = 5;
/// Its exit status where the workbook contradicts its own format, and where it unfolds to too many cells.
pub(super) const DAMAGED: u8 = 6;
pub(super) const TOO_LARGE: u8 = 7;
/// Its exit status where it says in words why it can't read the workbook.
pub(super) const TOLD: u8 = 2;
/// How long it may take before the first row is there.
const PATIENCE: Duration = Duration::from_secs(30);
/// The interval at which cancellation is checked.
const TICK: Duration = Duration::from_millis(50);
/// On Windows: no console window is opened.
#[cfg(windows)]
const NO_WINDOW: u32 = 0x0800_0000;
/// The most bytes of its error message that are kept.
const COMPLAINT: u64 = 4096;

/// Starts reading a sheet in a separate process.
pub(super) fn open(input: &Input, progress: &Arc<ReadProgress>) -> Result<(Delimited, Dialect), TableError> {
    let not_started = |error: std::io::Error| TableError::Helper(HelperError::NotStarted(error.to_string()));
    let program = match &input.helper {
        Some(program) => program.clone(),
        None => std::env::current_exe().map_err(not_started)?,
    };
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(sheet) = &input.options.sheet {
        command.arg("--sheet").arg(sheet);
    }
    // A file name may begin with a dash.
    command.arg("--").arg(&input.path);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut command, NO_WINDOW);
    let mut child = command.spawn().map_err(not_started)?;
    let stamp = Stamp::of_path(&input.path)?;
    let out = child.stdout.take();
    let path = input.path.clone();
    let progress = Arc::clone(progress);
    let watched = Watched::new(child, Arc::clone(&progress));
    let blocks = Blocks::start_thread(move |feed| {
        let mut out = out;
        loop {
            let block = match &mut out {
                Some(out) => feed.fill_block(&mut Begun { out, watched: &watched })?,
                None => Vec::new(),
            };
            if block.is_empty() {
                watched.wait_for_exit()?;
                stamp.check_unchanged(Stamp::of_path(&path)?)?;
                return hash_file(&path);
            }
            feed.send_block(block)?;
        }
    })?;
    read_preamble(Delimited::new(blocks, Delimiter::Comma, b'\n', 0), input)
}

/// Reads the records before the rows.
fn read_preamble(mut rows: Delimited, input: &Input) -> Result<(Delimited, Dialect), TableError> {
    let mut names = RowCells::default();
    let mut chosen = RowCells::default();
    let both = rows.read_record(&mut names, Encoding::UTF_8)?.is_some()
        && rows.read_record(&mut chosen, Encoding::UTF_8)?.is_some();
    let sheets: Vec<String> = names.cells().map(str::to_owned).collect();
    if !both {
        let name = input.options.sheet.clone().unwrap_or_default();
        return Err(if sheets.is_empty() {
            TableError::Empty
        } else {
            TableError::NoSheet { name, names: sheets }
        });
    }
    let decimal_comma = input.options.decimal_comma.unwrap_or(false);
    let sheet = Some(chosen.get(0).to_owned());
    rows.count_from(chosen.get(1).parse().unwrap_or(1));
    Ok((rows, Dialect { decimal_comma, sheet, sheets, ..Dialect::default() }))
}

/// Output of the process that notes when it has begun.
struct Begun<'a> {
    out: &'a mut ChildStdout,
    watched: &'a Watched,
}

impl Read for Begun<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.out.read(buffer)?;
        self.watched.begun.fetch_or(count > 0, Ordering::Relaxed);
        Ok(count)
    }
}

/// A process that is killed when it takes too long, when reading is cancelled, and when its reader is
/// dropped.
struct Watched {
    child: Arc<Mutex<Child>>,
    begun: Arc<AtomicBool>,
    late: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    /// Dropping it ends the watch.
    _watch: Sender<()>,
}

impl Watched {
    fn new(child: Child, progress: Arc<ReadProgress>) -> Self {
        let child = Arc::new(Mutex::new(child));
        let [begun, late, stopped] = [false; 3].map(|flag| Arc::new(AtomicBool::new(flag)));
        let (watch, ended) = channel::<()>();
        let of_watch = Arc::clone(&child);
        let seen = [&begun, &late, &stopped].map(Arc::clone);
        let run = move || {
            let [begun, late, stopped] = seen;
            let start = Instant::now();
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let over = !begun.load(Ordering::Relaxed) && start.elapsed() > PATIENCE;
                let unwanted = !progress.report_read(0, 1);
                late.fetch_or(over, Ordering::Relaxed);
                stopped.fetch_or(unwanted, Ordering::Relaxed);
                if over || unwanted {
                    break;
                }
            }
            kill_child(&of_watch);
        };
        // Without the watching thread, `wait_for_exit` still ends the process.
        drop(std::thread::Builder::new().name("watch".to_owned()).spawn(run));
        Self { child, begun, late, stopped, _watch: watch }
    }

    /// Waits for the process, which has closed its output, and checks how it ended.
    fn wait_for_exit(&self) -> Result<(), TableError> {
        let start = Instant::now();
        let status = loop {
            let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(status) = child.try_wait()? {
                break status;
            }
            drop(child);
            if start.elapsed() > PATIENCE {
                kill_child(&self.child);
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        if self.stopped.load(Ordering::Relaxed) {
            return Err(TableError::Cancelled);
        }
        let error = match status.code() {
            _ if self.late.load(Ordering::Relaxed) => HelperError::Late,
            Some(0) => return Ok(()),
            Some(code) if code == i32::from(NO_SHEET) => return Ok(()),
            Some(code) if code == i32::from(PROTECTED) => {
                return Err(TableError::Foreign(KnownFormat::ProtectedWorkbook));
            }
            Some(code) if code == i32::from(BROKE_OFF) => HelperError::Died,
            Some(code) if code == i32::from(TOO_LARGE) => return Err(TableError::Refused(Limit::Cells)),
            Some(code) if code == i32::from(DAMAGED) => {
                return Err(TableError::Damaged(self.read_error_message().unwrap_or_default()));
            }
            Some(code) if code == i32::from(TOLD) => {
                self.read_error_message().map_or(HelperError::Died, HelperError::Told)
            }
            // It panicked, or ran out of memory: what it wrote then is nothing for people.
            Some(_) | None => HelperError::Died,
        };
        Err(TableError::Helper(error))
    }

    /// Returns the error message of the process.
    fn read_error_message(&self) -> Option<String> {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told = String::new();
        child.stderr.take()?.take(COMPLAINT).read_to_string(&mut told).ok()?;
        let told = told.trim().to_owned();
        (!told.is_empty()).then_some(told)
    }
}

/// Kills a process; it may have ended already.
fn kill_child(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    drop(child.kill());
    drop(child.wait());
}
