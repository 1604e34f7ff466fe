//! The first record of a journal, which identifies the document and version that its changes apply to.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::base::Base;
use crate::store::path_form::WrittenPath;

/// The format that is written, and the highest one that can be read.
const FORMAT: u32 = 1;

/// The properties of a journal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JournalHeader {
    /// The document's path; `None` while it was never saved.
    pub(super) path: Option<PathBuf>,
    /// The content of the file at that path.
    pub(super) base: Base,
    /// The hash of the file beside the journal, unpacked.
    pub(super) content: blake3::Hash,
    /// The time at which the journal began.
    pub(super) began: Timestamp,
    /// The number of the last change that the base contains.
    pub(super) start: u64,
    /// The number of the last change that was written together with this header.
    pub(super) last: u64,
    /// The names of the journals it replaces, once all those changes are in it.
    pub(super) replaces: Vec<String>,
}

/// The header as it is serialised; unknown fields of later versions are ignored.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Journal", default)]
struct HeaderFile {
    format: u32,
    path: WrittenPath,
    base: String,
    content: String,
    began: String,
    start: u64,
    last: u64,
    replaces: Vec<String>,
}

/// The reason why a header can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// A later version wrote it.
    Newer,
    /// It is damaged.
    Damaged,
}

impl JournalHeader {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let form = HeaderFile {
            format: FORMAT,
            path: WrittenPath::from_path(self.path.as_deref()),
            base: match self.base {
                Base::Absent => String::new(),
                Base::Content(hash) => hash.to_hex().to_string(),
            },
            content: self.content.to_hex().to_string(),
            began: self.began.to_string(),
            start: self.start,
            last: self.last,
            replaces: self.replaces.clone(),
        };
        // A struct of texts, numbers and lists of them can always be serialised.
        ron::ser::to_string(&form).unwrap_or_default().into_bytes()
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Unusable> {
        let form: HeaderFile = ron::de::from_bytes(bytes).map_err(|_damaged| Unusable::Damaged)?;
        if form.format > FORMAT {
            return Err(Unusable::Newer);
        }
        let hash = |text: &str| blake3::Hash::from_hex(text).map_err(|_damaged| Unusable::Damaged);
        Ok(Self {
            path: form.path.into_path(),
            base: if form.base.is_empty() { Base::Absent } else { Base::Content(hash(&form.base)?) },
            content: hash(&form.content)?,
            began: form.began.parse().map_err(|_damaged| Unusable::Damaged)?,
            start: form.start,
            last: form.last,
            replaces: form.replaces,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_comes_back_and_one_of_a_later_version_is_told_apart() {
        let header = JournalHeader {
            path: Some(PathBuf::from("/旅程/a \"b\".ron")),
            base: Base::from_bytes(b"file"),
            content: blake3::hash(b"project"),
            began: Timestamp::UNIX_EPOCH,
            start: 7,
            last: 8,
            replaces: vec!["1-2".to_owned()],
        };
        let bytes = header.to_bytes();
        assert_eq!(JournalHeader::parse(&bytes), Ok(header.clone()));
        let text = String::from_utf8(bytes).unwrap();
        let newer = text.replace("format:1", "format:2");
        assert_eq!(JournalHeader::parse(newer.as_bytes()), Err(Unusable::Newer));
        assert_eq!(JournalHeader::parse(&text.as_bytes()[1..]), Err(Unusable::Damaged));
        let unsaved = JournalHeader { path: None, base: Base::Absent, ..header };
        assert_eq!(JournalHeader::parse(&unsaved.to_bytes()), Ok(unsaved));
    }
}
