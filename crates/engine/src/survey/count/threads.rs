//! Counts a table on several threads: one cuts it into chunks, the others each take the next chunk from a
//! queue.
//!
//! The counts equal those of one thread that reads all rows in order, to the last digit, and so does an
//! error: chunks are numbered in order, and of several errors the one in the earliest chunk is reported.

use super::counter::Counter;
use super::{CountOptions, Counted};
use crate::survey::propose::ProposedColumn;
use crate::survey::source::{Chunk, ChunkReader, ChunkedTable, NextChunk, SurveyTable, TableError};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, ScopedJoinHandle, available_parallelism, scope};

/// The most counting threads: each has its own counter in memory.
const MOST_THREADS: usize = 8;
/// The most bytes of a chunk. No block of text has more, so that blocks are not copied.
const CHUNK: usize = 1 << 20;

/// The division of a count into threads.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThreadPlan {
    /// The number of counting threads.
    pub(super) threads: usize,
    /// The most bytes of a chunk of text, except for one longer row.
    pub(super) chunk_bytes: usize,
}

impl ThreadPlan {
    /// Uses all available threads, up to the limit.
    pub(super) fn for_available_threads() -> Self {
        let threads = available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        Self { threads, chunk_bytes: CHUNK }
    }
}

/// The result of a count on several threads.
pub(super) enum ThreadedCount {
    /// The counts.
    Counted(Box<Counted>),
    /// The counts depend on the order of rows: one thread must read the table from its beginning.
    NeedsOrder,
}

/// Counts a table from its first row.
///
/// # Errors
/// If it can't be read to its end, or reading was cancelled.
pub(super) fn count_on_threads(
    mut table: SurveyTable,
    columns: &[ProposedColumn],
    options: &CountOptions,
    plan: ThreadPlan,
) -> Result<ThreadedCount, TableError> {
    let new_counter = |header: &[String]| Counter::new(header, columns, options);
    let mut counter = new_counter(table.column_names());
    while table.has_rows_ahead() {
        if let Some(row) = table.next_row()? {
            counter.add_row(&row);
        }
    }
    let threads = if counter.depends_on_order() { 1 } else { plan.threads };
    // A sheet is parsed too slowly to occupy more than one counting thread; without threads, text is parsed
    // just as well by this one.
    let counting = if table.is_text() { threads } else { 1 };
    if plan.threads < 2 || (table.is_text() && counting < 2) {
        return count_rest(table, counter);
    }
    let mut counters = vec![counter];
    for _ in 1..counting {
        let mut other = new_counter(table.column_names());
        counters.iter().take(1).for_each(|first| other.share_hasher(first));
        counters.push(other);
    }
    for counter in &mut counters {
        counter.share_memory(counting);
    }
    match table.into_chunks(plan.chunk_bytes) {
        Ok(mut table) => count_chunks(&mut table, counters),
        Err(table) => count_rest(*table, counters.swap_remove(0)),
    }
}

/// Counts the rest of a table on the current thread.
fn count_rest(mut table: SurveyTable, mut counter: Counter) -> Result<ThreadedCount, TableError> {
    while let Some(row) = table.next_row()? {
        counter.add_row(&row);
    }
    let file_warnings = table.dialect().file_warnings;
    let all = Counted { file_warnings, ..counter.finish(table.content_hash()) };
    Ok(ThreadedCount::Counted(Box::new(all)))
}

/// The result of one counting thread.
struct ThreadResult {
    counter: Counter,
    reader: ChunkReader,
    /// The error that stopped it, and the number of its chunk.
    failure: Option<(u64, TableError)>,
}

/// Counts all chunks, with one thread per counter.
fn count_chunks(table: &mut ChunkedTable, counters: Vec<Counter>) -> Result<ThreadedCount, TableError> {
    let stop = AtomicBool::new(false);
    let is_alone = counters.len() == 1;
    let (sender, receiver) = sync_channel(counters.len());
    // Dropped with the last counting thread, so that sending then fails.
    let queue = Arc::new(Mutex::new(receiver));
    let (end, results) = scope(|scope| {
        let mut handles = Vec::new();
        for counter in counters {
            let thread = CountingThread { queue: Arc::clone(&queue), stop: &stop, is_alone, counter };
            let reader = table.chunk_reader();
            let run = move || thread.run_to_end(reader);
            handles.push(Builder::new().name("count".to_owned()).spawn_scoped(scope, run)?);
        }
        drop(queue);
        let end = hand_out(table, &stop, &sender);
        drop(sender);
        Ok::<_, TableError>((end, handles.into_iter().map(join_thread).collect::<Vec<ThreadResult>>()))
    })?;
    let Some((merged, readers)) = merge_results(results, end, is_alone)? else {
        return Ok(ThreadedCount::NeedsOrder);
    };
    let file_warnings = table.merged_dialect(readers).file_warnings;
    let counted = Counted { file_warnings, ..merged.finish(table.content_hash()) };
    Ok(ThreadedCount::Counted(Box::new(counted)))
}

/// Merges the counters of all threads, and returns them with the readers; `None` if the order of rows decides
/// what is counted. `end` is true if all chunks were handed out.
fn merge_results(
    results: Vec<ThreadResult>,
    end: Result<bool, TableError>,
    is_alone: bool,
) -> Result<Option<(Counter, Vec<ChunkReader>)>, TableError> {
    if results.iter().any(|result| result.reader.found_gap()) {
        return Ok(None);
    }
    let is_usable = |counter: &Counter| is_alone || !counter.has_reached_limit();
    if !results.iter().all(|result| is_usable(&result.counter)) {
        return Ok(None);
    }
    let mut counters = Vec::new();
    let mut readers = Vec::new();
    let mut failures = Vec::new();
    for result in results {
        counters.push(result.counter);
        readers.push(result.reader);
        failures.push(result.failure);
    }
    if let Some((_, error)) = failures.into_iter().flatten().min_by_key(|(chunk, _)| *chunk) {
        return Err(error);
    }
    if !end? {
        return Ok(None);
    }
    let merged = counters.into_iter().reduce(|mut all, other| {
        all.merge(other);
        all
    });
    Ok(merged.filter(is_usable).map(|merged| (merged, readers)))
}

/// Sends chunk after chunk, numbered. Returns false if the table can't be split any further.
fn hand_out(
    table: &mut ChunkedTable,
    stop: &AtomicBool,
    sender: &SyncSender<(u64, Chunk)>,
) -> Result<bool, TableError> {
    for number in 0.. {
        let chunk = match table.next_chunk()? {
            NextChunk::Chunk(chunk) => *chunk,
            NextChunk::End => break,
            NextChunk::Unsplittable => return Ok(false),
        };
        if stop.load(Ordering::Relaxed) || sender.send((number, chunk)).is_err() {
            break;
        }
    }
    Ok(true)
}

fn join_thread(handle: ScopedJoinHandle<'_, ThreadResult>) -> ThreadResult {
    handle.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// A counting thread.
struct CountingThread<'a> {
    queue: Arc<Mutex<Receiver<(u64, Chunk)>>>,
    /// Set once the other threads can stop.
    stop: &'a AtomicBool,
    /// True if it receives all chunks, so that limits are reached in row order.
    is_alone: bool,
    counter: Counter,
}

impl CountingThread<'_> {
    fn run_to_end(mut self, mut reader: ChunkReader) -> ThreadResult {
        let mut failure = None;
        while !self.stop.load(Ordering::Relaxed) {
            let next = self.queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((number, chunk)) = next else { break };
            let counted = self.count_chunk(&mut reader, chunk);
            failure = counted.err().map(|error| (number, error));
            if failure.is_some() || reader.found_gap() || (!self.is_alone && self.counter.has_reached_limit())
            {
                self.stop.store(true, Ordering::Relaxed);
            }
        }
        if !self.is_alone {
            self.counter.prepare_merge();
        }
        ThreadResult { counter: self.counter, reader, failure }
    }

    fn count_chunk(&mut self, reader: &mut ChunkReader, chunk: Chunk) -> Result<(), TableError> {
        reader.begin_chunk(chunk);
        while let Some(row) = reader.next_row()? {
            self.counter.add_row(&row);
            if reader.found_gap() {
                break;
            }
        }
        Ok(())
    }
}
