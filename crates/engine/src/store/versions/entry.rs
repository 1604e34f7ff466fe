//! A kept version as a file: the parts of its name, and the header before its packed content.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Label;
use crate::store::base::Base;
use crate::store::packed::pack_bytes;
use crate::store::path_form::WrittenPath;

/// The extension of kept versions.
const ENDING: &str = "version";
/// The format that is written, and the highest one that can be read.
const FORMAT: u32 = 1;
/// Maximum length of the header line, in bytes.
const MOST_HEAD: u64 = 64 << 10;

/// The parts of a kept version's name: `MILLISECONDS-LABEL-DOCUMENT-CONTENT.version`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct VersionName {
    millis: i64,
    pub(super) label: Label,
    /// The first eight hexadecimal digits of the hash of the document's path.
    pub(super) document: String,
    /// The first sixteen hexadecimal digits of the hash of the content.
    pub(super) content: String,
}

impl VersionName {
    pub(super) fn new(time: Timestamp, label: Label, path: Option<&Path>, bytes: &[u8]) -> Self {
        let content = blake3::hash(bytes).to_hex()[..16].to_owned();
        Self { millis: time.as_millisecond().max(0), label, document: document_hash(path), content }
    }

    /// Parses a file's name; `None` if it is not a kept version's.
    pub(super) fn from_path(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?.strip_suffix(ENDING)?.strip_suffix('.')?;
        let parts: Vec<&str> = name.split('-').collect();
        let [millis, label, document, content] = parts[..] else { return None };
        let label = Label::ALL.into_iter().find(|known| known.name() == label)?;
        let [document, content] = [document, content].map(str::to_owned);
        Some(Self { millis: millis.parse().ok()?, label, document, content })
    }

    pub(super) fn time(&self) -> Timestamp {
        Timestamp::from_millisecond(self.millis).unwrap_or_default()
    }

    /// Returns true if the version has this content, as far as the name tells.
    pub(super) fn is_content(&self, hash: blake3::Hash) -> bool {
        hash.to_hex().starts_with(&self.content)
    }

    pub(super) fn is_of(&self, path: Option<&Path>) -> bool {
        self.document == document_hash(path)
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { millis, label, document, content } = self;
        write!(f, "{millis:014}-{}-{document}-{content}.{ENDING}", label.name())
    }
}

impl Label {
    /// Returns its name in files.
    fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::BeforeMerge => "merge",
            Self::BeforeRestore => "restore",
            Self::Recovered => "recovered",
        }
    }
}

fn document_hash(path: Option<&Path>) -> String {
    let bytes = path.map(|path| path.as_os_str().as_encoded_bytes()).unwrap_or_default();
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

/// The header line before the content.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Version", default)]
struct VersionHeader {
    format: u32,
    path: WrittenPath,
    hash: String,
    /// The hash of the version it was saved from; empty if unknown.
    from: String,
}

/// The content of the header line.
#[derive(Debug, Clone, Copy)]
pub(super) struct VersionOrigin {
    /// The hash of the content that follows.
    pub(super) content: blake3::Hash,
    /// The version it was saved from, if known.
    pub(super) from: Option<Base>,
}

/// Returns a version as file content: a header line, then the packed content.
pub(super) fn pack_version(path: Option<&Path>, bytes: &[u8], from: Option<Base>) -> io::Result<Vec<u8>> {
    let hash = blake3::hash(bytes).to_hex().to_string();
    let from = match from {
        Some(Base::Content(hash)) => hash.to_hex().to_string(),
        Some(Base::Absent) | None => String::new(),
    };
    let head = VersionHeader { format: FORMAT, path: WrittenPath::from_path(path), hash, from };
    // A struct of texts and numbers can always be serialised.
    let mut line = ron::ser::to_string(&head).unwrap_or_default();
    line.push('\n');
    pack_bytes(bytes, line.into_bytes())
}

/// Reads the header line; `None` if it is damaged.
///
/// # Errors
/// Returns an error if the disk fails.
pub(super) fn read_head(from: &mut impl BufRead) -> io::Result<Option<VersionOrigin>> {
    let mut line = Vec::new();
    from.by_ref().take(MOST_HEAD).read_until(b'\n', &mut line)?;
    Ok(parse_head(&line))
}

fn parse_head(line: &[u8]) -> Option<VersionOrigin> {
    let head: VersionHeader = ron::de::from_bytes(line).ok()?;
    if head.format > FORMAT {
        return None;
    }
    let content = blake3::Hash::from_hex(head.hash).ok()?;
    let from = blake3::Hash::from_hex(head.from).ok().map(Base::Content);
    Some(VersionOrigin { content, from })
}
