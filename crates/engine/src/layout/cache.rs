//! Cache of drawn blocks by element, each with the key of everything that determines its look.

use crate::scene::Block;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

/// A cheap hasher for ids, which are random already.
#[derive(Default)]
pub(super) struct PassThroughHasher(u64);

impl Hasher for PassThroughHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, bits: u64) {
        self.0 = (self.0.rotate_left(23) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_isize(&mut self, bits: isize) {
        self.write_u64(bits as u64);
    }
}

/// A map by id.
pub(super) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<PassThroughHasher>>;

/// A shared record that compares by pointer first, then by value.
#[derive(Debug, Clone)]
pub(super) struct Same<T>(pub(super) Arc<T>);

impl<T: PartialEq> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

struct CachedBlock<K> {
    key: K,
    block: Arc<Block>,
    round: u32,
}

/// The cached blocks of one part.
pub(super) struct BlockCache<I, K> {
    entries: IdMap<I, CachedBlock<K>>,
    round: u32,
    used: usize,
}

impl<I, K> Default for BlockCache<I, K> {
    fn default() -> Self {
        Self { entries: IdMap::default(), round: 0, used: 0 }
    }
}

impl<I: Copy + Eq + Hash, K> BlockCache<I, K> {
    /// Returns the cached block if `is` accepts its key; no key has to be built for the comparison.
    pub(super) fn get_matching(&mut self, id: I, is: impl FnOnce(&K) -> bool) -> Option<Arc<Block>> {
        let entry = self.entries.get_mut(&id).filter(|entry| is(&entry.key))?;
        entry.round = self.round;
        self.used += 1;
        Some(Arc::clone(&entry.block))
    }

    /// Returns the block of an element: the cached one if its key is equal, else a new one.
    pub(super) fn get_or_draw(&mut self, id: I, key: K, draw: impl FnOnce(&K) -> Block) -> Arc<Block>
    where
        K: PartialEq,
    {
        if let Some(block) = self.get_matching(id, |known| *known == key) {
            return block;
        }
        let block = draw(&key);
        self.insert_block(id, key, block)
    }

    /// Caches a block, replacing the element's last one.
    pub(super) fn insert_block(&mut self, id: I, key: K, block: Block) -> Arc<Block> {
        self.used += 1;
        let block = Arc::new(block);
        self.entries.insert(id, CachedBlock { key, block: Arc::clone(&block), round: self.round });
        block
    }

    /// Ends a layout: drops unused blocks once they are most of the shelf.
    pub(super) fn end_round(&mut self) {
        if self.entries.len() > 2 * self.used + 64 {
            let round = self.round;
            self.entries.retain(|_, entry| entry.round == round);
        }
        self.round = self.round.wrapping_add(1);
        self.used = 0;
    }
}
