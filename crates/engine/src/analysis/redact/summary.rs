//! The removed parts of a copy, counted by kind.

use super::{Redacted, RedactedItem, Why};
use crate::i18n::{Lang, Msg, format_count};
use std::collections::BTreeMap;

impl Redacted {
    /// Returns one line for each kind of removed part with their number, and the questions that a person must
    /// decide on.
    pub fn summary_lines(&self, lang: Lang) -> Vec<String> {
        let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
        let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
        for taken in &self.taken {
            match Reason::from_item(taken) {
                Ok(reason) => *reasons.entry(reason).or_default() += 1,
                Err(kind) => *kinds.entry(kind.text(lang)).or_default() += 1,
            }
        }
        let kinds = kinds
            .into_iter()
            .map(|(kind, n)| Msg::RedactSumKind.text_with(lang, &[("kind", &kind), ("n", &format_count(n))]));
        let reasons = reasons
            .into_iter()
            .map(|(reason, n)| reason.to_message().text_with(lang, &[("n", &format_count(n))]));
        let same = (!self.same.is_empty())
            .then(|| Msg::RedactSumEveryone.text_with(lang, &[("n", &format_count(self.same.len() as u64))]));
        kinds.chain(reasons).chain(same).collect()
    }
}

/// The reason why answers and related data were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Answers(Why),
    Drivers,
    Weights,
    Fingerprint,
    Repeated,
}

impl Reason {
    /// Returns the reason; `Err` with the kind for a part that is removed because of its kind.
    fn from_item(taken: &RedactedItem) -> Result<Self, Msg> {
        match taken {
            RedactedItem::Element { kind, .. }
            | RedactedItem::Field { kind, .. }
            | RedactedItem::Masked { kind, .. } => Err(*kind),
            RedactedItem::Answers { why, .. } => Ok(Self::Answers(*why)),
            RedactedItem::Drivers { .. } => Ok(Self::Drivers),
            RedactedItem::Weights { .. } => Ok(Self::Weights),
            RedactedItem::Fingerprint { .. } => Ok(Self::Fingerprint),
            RedactedItem::Repeated { .. } => Ok(Self::Repeated),
        }
    }

    fn to_message(self) -> Msg {
        match self {
            Self::Answers(Why::Few) => Msg::RedactSumFew,
            Self::Answers(Why::Same) => Msg::RedactSumSame,
            Self::Answers(Why::Partner) => Msg::RedactSumPartner,
            Self::Drivers => Msg::RedactSumDrivers,
            Self::Weights => Msg::RedactSumWeights,
            Self::Fingerprint => Msg::RedactSumFingerprint,
            Self::Repeated => Msg::RedactSumRepeated,
        }
    }
}
