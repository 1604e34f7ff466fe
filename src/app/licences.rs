//! The licences of the packages that the program is made of, as they are bundled with it.

use flate2::read::GzDecoder;
use std::io::Read;
use std::ops::Range;

/// What begins the line of a package.
const MARK: char = '\u{1}';

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceEntry {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as an expression of SPDX.
    pub licence: String,
    /// Where its text lies.
    text: Range<usize>,
}

/// All packages with the texts of their licences.
#[derive(Debug, Default)]
pub struct Licences {
    content: String,
    entries: Vec<LicenceEntry>,
}

impl Licences {
    /// Reads what is bundled.
    pub fn bundled() -> Self {
        let packed: &[u8] = include_bytes!("../../assets/licences/texts.txt.gz");
        let mut content = String::new();
        // What is bundled was read by a test.
        if GzDecoder::new(packed).read_to_string(&mut content).is_err() {
            content.clear();
        }
        let entries = entries_of(&content);
        Self { content, entries }
    }

    /// The packages by their names.
    pub fn entries(&self) -> &[LicenceEntry] {
        &self.entries
    }

    /// The text of a package's licence.
    pub fn text(&self, entry: &LicenceEntry) -> &str {
        self.content.get(entry.text.clone()).unwrap_or_default().trim()
    }

    /// The numbers of the packages whose name, version or licence holds these words, in capitals or not.
    pub fn found(&self, search: &str) -> Vec<usize> {
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        let fits = |entry: &LicenceEntry| {
            let line = format!("{} {} {}", entry.name, entry.version, entry.licence).to_lowercase();
            words.iter().all(|word| line.contains(word))
        };
        (0..self.entries.len()).filter(|place| self.entries.get(*place).is_some_and(fits)).collect()
    }
}

/// Packages stand before the text that holds for them, a line each.
fn entries_of(content: &str) -> Vec<LicenceEntry> {
    let (mut entries, mut open, mut at) = (Vec::new(), Vec::new(), 0);
    let mut begun = 0;
    let mut in_text = false;
    for line in content.split_inclusive('\n') {
        if let Some(package) = line.strip_prefix(MARK) {
            if in_text {
                close(&mut entries, &mut open, begun..at);
                in_text = false;
            }
            open.push(package.trim_end().to_owned());
        } else if !in_text {
            (begun, in_text) = (at, true);
        }
        at += line.len();
    }
    close(&mut entries, &mut open, begun..at);
    entries.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    entries
}

fn close(entries: &mut Vec<LicenceEntry>, open: &mut Vec<String>, text: Range<usize>) {
    for package in open.drain(..) {
        let mut columns = package.split('\t').map(str::to_owned);
        let [name, version, licence] = std::array::from_fn(|_| columns.next().unwrap_or_default());
        entries.push(LicenceEntry { name, version, licence, text: text.clone() });
    }
}
