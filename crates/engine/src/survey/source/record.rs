//! The cells of one row, in memory that is reused for the next.

/// The cells of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowCells {
    /// The text that contains the cells, possibly with the delimiters between them.
    pub(super) text: String,
    /// The byte range of each cell in it.
    pub(super) places: Vec<(u32, u32)>,
}

impl RowCells {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns a cell unchanged; empty beyond the last one.
    pub(super) fn get(&self, place: usize) -> &str {
        let Some((start, end)) = self.places.get(place) else { return "" };
        self.text.get(*start as usize..*end as usize).unwrap_or_default()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
    }

    /// Adds blank cells up to `count`.
    pub(super) fn fill_to(&mut self, count: usize) {
        let end = self.text.len() as u32;
        self.places.resize(count.max(self.len()), (end, end));
    }

    /// Adds a cell. Rows are far shorter than `u32::MAX` bytes.
    pub(super) fn push(&mut self, cell: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(cell);
        self.places.push((start, self.text.len() as u32));
    }
}
