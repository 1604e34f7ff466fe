//! A stream of blocks from a separate thread: it reads, hashes, unpacks and decodes while the consumer parses
//! rows.

use super::error::TableError;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// The size of a block in bytes.
pub(super) const BLOCK: usize = 256 << 10;
/// The most blocks that may wait, so that memory does not grow with the file.
const WAITING: usize = 4;

enum Message {
    Block(Vec<u8>),
    /// The end of the stream, with the hash of the content.
    End(blake3::Hash),
    Failed(TableError),
}

/// The sending end, on the reading thread.
pub(super) struct Feed {
    sender: SyncSender<Message>,
    spent: Receiver<Vec<u8>>,
}

impl Feed {
    /// Sends a block.
    ///
    /// # Errors
    /// If the receiver was dropped.
    pub(super) fn send_block(&self, block: Vec<u8>) -> Result<(), TableError> {
        if block.is_empty() {
            return Ok(());
        }
        self.sender.send(Message::Block(block)).map_err(|_gone| TableError::Cancelled)
    }

    /// Reads the next block of bytes, full unless the end is near; empty at the end.
    pub(super) fn fill_block(&self, bytes: &mut impl Read) -> Result<Vec<u8>, TableError> {
        let mut block = self.spent.try_recv().unwrap_or_default();
        block.resize(BLOCK, 0);
        let mut filled = 0;
        while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match bytes.read(rest) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(TableError::from_stream(error)),
            }
        }
        block.truncate(filled);
        Ok(block)
    }
}

/// The origin of blocks.
enum BlockOrigin {
    /// A reading thread.
    Thread(Receiver<Message>),
    /// A chunk of a text, completely in memory.
    Chunk(std::vec::IntoIter<Vec<u8>>),
}

/// The blocks of a stream, in order.
pub(super) struct Blocks {
    origin: BlockOrigin,
    spent: Sender<Vec<u8>>,
    block: Vec<u8>,
    at: usize,
    hash: Option<blake3::Hash>,
    failure: Option<TableError>,
}

impl Blocks {
    /// Starts a reading thread; `work` returns the hash of the content, or the error that stopped it.
    ///
    /// # Errors
    /// If no thread can be started.
    pub(super) fn start_thread(
        work: impl FnOnce(&Feed) -> Result<blake3::Hash, TableError> + Send + 'static,
    ) -> Result<Self, TableError> {
        let (sender, receiver) = sync_channel(WAITING);
        let (back, spent) = channel();
        let run = move || {
            let feed = Feed { sender, spent };
            let last = work(&feed).map_or_else(Message::Failed, Message::End);
            // A dropped receiver does not need the result.
            drop(feed.sender.send(last));
        };
        std::thread::Builder::new().name("read".to_owned()).spawn(run)?;
        let origin = BlockOrigin::Thread(receiver);
        Ok(Self { origin, spent: back, block: Vec::new(), at: 0, hash: None, failure: None })
    }

    /// Creates a stream from the blocks of a chunk of this one; the reading thread reuses their memory.
    pub(super) fn for_chunk(&self, blocks: Vec<Vec<u8>>) -> Self {
        let origin = BlockOrigin::Chunk(blocks.into_iter());
        Self { origin, spent: self.spent.clone(), block: Vec::new(), at: 0, hash: None, failure: None }
    }

    /// Returns the next block, or the rest of the current one; empty at the end.
    ///
    /// # Errors
    /// If the reading thread failed.
    pub(super) fn take_block(&mut self) -> Result<Vec<u8>, TableError> {
        self.refill_block()?;
        let mut block = std::mem::take(&mut self.block);
        block.drain(..self.at.min(block.len()));
        self.at = 0;
        Ok(block)
    }

    /// Returns the available bytes of the stream; empty at its end.
    ///
    /// # Errors
    /// If the reading thread failed. It fails once; then the stream has ended.
    pub(super) fn available_bytes(&mut self) -> Result<&[u8], TableError> {
        self.refill_block()?;
        Ok(self.block.get(self.at..).unwrap_or_default())
    }

    fn refill_block(&mut self) -> Result<(), TableError> {
        if self.at < self.block.len() || self.hash.is_some() {
            return Ok(());
        }
        let spent = std::mem::take(&mut self.block);
        self.at = 0;
        // Small buffers, which hold only the end of a record, would pile up.
        if spent.capacity() >= BLOCK {
            // The thread may have ended.
            drop(self.spent.send(spent));
        }
        let receiver = match &mut self.origin {
            BlockOrigin::Thread(receiver) => receiver,
            BlockOrigin::Chunk(blocks) => {
                self.block = blocks.next().unwrap_or_default();
                return Ok(());
            }
        };
        match receiver.recv() {
            Ok(Message::Block(block)) => self.block = block,
            Ok(Message::End(hash)) => self.hash = Some(hash),
            Ok(Message::Failed(error)) => return Err(error),
            Err(_gone) => return Err(TableError::Io(io::ErrorKind::BrokenPipe.into())),
        }
        Ok(())
    }

    /// Consumes `count` of the available bytes.
    pub(super) fn consume_bytes(&mut self, count: usize) {
        self.at += count;
    }

    /// The hash of the content, once the stream has ended.
    pub(super) fn content_hash(&self) -> Option<blake3::Hash> {
        self.hash
    }

    /// Takes the error of the last read, if it failed.
    pub(super) fn take_failure(&mut self) -> Option<TableError> {
        self.failure.take()
    }
}

impl Read for Blocks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.refill_block().map_err(io::Error::other)?;
        let ready = self.block.get(self.at..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        buffer.iter_mut().zip(ready).for_each(|(to, from)| *to = *from);
        self.consume_bytes(count);
        Ok(count)
    }
}

impl io::BufRead for Blocks {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Err(error) = self.refill_block() {
            self.failure = Some(error);
            return Err(io::Error::other("the stream failed"));
        }
        Ok(self.block.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.consume_bytes(count);
    }
}
