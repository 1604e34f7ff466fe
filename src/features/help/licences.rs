//! The licences of the third-party packages in the program, as bundled with it.

use flate2::read::GzDecoder;
use std::io::Read;
use std::ops::Range;

/// First character of a line that names a package.
const MARK: char = '\u{1}';

/// A third-party package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceEntry {
    /// The package's name.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The package's licence, as an SPDX expression.
    pub licence: String,
    /// The byte range of the licence text in [`Licences`]' content.
    text: Range<usize>,
}

/// All packages with the texts of their licences.
#[derive(Debug, Default)]
pub struct Licences {
    content: String,
    entries: Vec<LicenceEntry>,
}

impl Licences {
    /// Unpacks the bundled licences.
    pub fn load_bundled() -> Self {
        let packed: &[u8] = include_bytes!("../../../assets/licences/texts.txt.gz");
        let mut content = String::new();
        // A test reads the bundled file, so this does not fail.
        if GzDecoder::new(packed).read_to_string(&mut content).is_err() {
            content.clear();
        }
        let entries = entries_of(&content);
        Self { content, entries }
    }

    /// Returns the packages, sorted by name and version.
    pub fn entries(&self) -> &[LicenceEntry] {
        &self.entries
    }

    /// Returns the text of a package's licence.
    pub fn text(&self, entry: &LicenceEntry) -> &str {
        self.content.get(entry.text.clone()).unwrap_or_default().trim()
    }

    /// Returns the indices of the packages whose name, version and licence contain all words, ignoring case.
    pub fn find_entries(&self, search: &str) -> Vec<usize> {
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        let fits = |entry: &LicenceEntry| {
            let line = format!("{} {} {}", entry.name, entry.version, entry.licence).to_lowercase();
            words.iter().all(|word| line.contains(word))
        };
        (0..self.entries.len()).filter(|place| self.entries.get(*place).is_some_and(fits)).collect()
    }
}

/// Parses the bundled file: packages, one a line, precede the licence text that they share.
fn entries_of(content: &str) -> Vec<LicenceEntry> {
    let mut entries = Vec::new();
    let mut open = Vec::new();
    let mut at = 0;
    let mut begun = 0;
    let mut in_text = false;
    for line in content.split_inclusive('\n') {
        if let Some(package) = line.strip_prefix(MARK) {
            if in_text {
                finish_entries(&mut entries, &mut open, begun..at);
                in_text = false;
            }
            open.push(package.trim_end().to_owned());
        } else if !in_text {
            (begun, in_text) = (at, true);
        }
        at += line.len();
    }
    finish_entries(&mut entries, &mut open, begun..at);
    entries.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    entries
}

fn finish_entries(entries: &mut Vec<LicenceEntry>, open: &mut Vec<String>, text: Range<usize>) {
    for package in open.drain(..) {
        let mut columns = package.split('\t').map(str::to_owned);
        let [name, version, licence] = std::array::from_fn(|_| columns.next().unwrap_or_default());
        entries.push(LicenceEntry { name, version, licence, text: text.clone() });
    }
}
