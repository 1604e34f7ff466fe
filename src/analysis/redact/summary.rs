//! The removed parts of a copy, counted by kind.

use super::{Redacted, Taken, Why};
use crate::i18n::{Lang, Msg, count};
use std::collections::BTreeMap;

impl Redacted {
    /// Returns one line for each kind of removed part with their number, and the questions that a person must
    /// decide on.
    pub fn summary(&self, lang: Lang) -> Vec<String> {
        let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
        let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
        for taken in &self.taken {
            match Reason::of(taken) {
                Ok(reason) => *reasons.entry(reason).or_default() += 1,
                Err(kind) => *kinds.entry(kind.text(lang)).or_default() += 1,
            }
        }
        let kinds = kinds
            .into_iter()
            .map(|(kind, n)| Msg::RedactSumKind.with(lang, &[("kind", &kind), ("n", &count(n))]));
        let reasons = reasons.into_iter().map(|(reason, n)| reason.message().with(lang, &[("n", &count(n))]));
        let same = (!self.same.is_empty())
            .then(|| Msg::RedactSumEveryone.with(lang, &[("n", &count(self.same.len() as u64))]));
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
    fn of(taken: &Taken) -> Result<Self, Msg> {
        match taken {
            Taken::Element { kind, .. } | Taken::Field { kind, .. } | Taken::Masked { kind, .. } => {
                Err(*kind)
            }
            Taken::Answers { why, .. } => Ok(Self::Answers(*why)),
            Taken::Drivers { .. } => Ok(Self::Drivers),
            Taken::Weights { .. } => Ok(Self::Weights),
            Taken::Fingerprint { .. } => Ok(Self::Fingerprint),
            Taken::Repeated { .. } => Ok(Self::Repeated),
        }
    }

    fn message(self) -> Msg {
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
