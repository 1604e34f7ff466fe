//! Selects kept versions that are no longer needed.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::entry::VersionName;

/// Maximum total size of all versions, in bytes; those that are always kept may exceed it.
const MOST: u64 = 256 << 20;
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// Up to this age, in seconds, one version an hour is kept.
const HOURLY: i64 = 7 * DAY;
/// Up to this age, in seconds, one version a day is kept, and every one that may be the only copy of its
/// content.
const DAILY: i64 = 90 * DAY;
/// The length of a month, in seconds.
const MONTH: i64 = 30 * DAY;

/// A kept version with its file size in bytes.
pub(super) struct VersionFile {
    pub(super) name: VersionName,
    pub(super) file: PathBuf,
    pub(super) size: u64,
}

/// Returns the files to remove. The newest version of each document stays, and the newest that was never
/// saved.
pub(super) fn select_unneeded(mut items: Vec<VersionFile>, now: Timestamp) -> Vec<PathBuf> {
    items.sort_by_key(|item| Reverse(item.name.time()));
    let mut seen = HashSet::new();
    let mut first = HashSet::new();
    let mut total = 0_u64;
    let mut gone = Vec::new();
    for item in items {
        let document = (item.file.parent().map(ToOwned::to_owned), item.name.document.clone());
        let age = now.as_second().saturating_sub(item.name.time().as_second());
        let unsaved = item.name.label.is_unsaved();
        // Both are evaluated for every item, since the sets record the first item of each.
        let newest = first.insert((document.clone(), false));
        let newest_unsaved = unsaved && first.insert((document.clone(), true));
        let always = newest || newest_unsaved || (unsaved && age <= DAILY);
        let alone = time_slot(age, item.name.time()).is_none_or(|slot| seen.insert((document, slot)));
        if always || (alone && total.saturating_add(item.size) <= MOST) {
            total = total.saturating_add(item.size);
        } else {
            gone.push(item.file);
        }
    }
    gone
}

/// Returns the time span of which one version is kept; `None` while all are.
fn time_slot(age: i64, time: Timestamp) -> Option<(i64, i64)> {
    let ages = [(DAY, None), (HOURLY, Some(HOUR)), (DAILY, Some(DAY)), (i64::MAX, Some(MONTH))];
    let span = ages.iter().find(|(most, _)| age <= *most).and_then(|(_, span)| *span)?;
    Some((span, time.as_second().div_euclid(span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::versions::Label;

    fn item(now: Timestamp, age: i64, label: Label, size: u64) -> VersionFile {
        let time = Timestamp::from_second(now.as_second() - age).unwrap();
        let name = VersionName::new(time, label, None, &age.to_le_bytes());
        VersionFile { file: PathBuf::from(format!("p/{name}")), name, size }
    }

    #[test]
    fn fewer_are_kept_the_older_they_are() {
        let now = Timestamp::from_second(2_000_000_000).unwrap();
        let every = 10 * 60;
        let items = || (0..365 * DAY / every).map(|n| item(now, n * every, Label::Saved, 1));
        let gone = select_unneeded(items().collect(), now).len();
        let kept = 365 * DAY / every - i64::try_from(gone).unwrap();
        let expected = DAY / every + 6 * 24 + 83 + 10;
        assert!((kept - expected).abs() <= 4, "{kept} kept, about {expected} expected");
        assert!(
            select_unneeded(vec![item(now, -DAY, Label::Saved, 1), item(now, 0, Label::Saved, 1)], now)
                .is_empty()
        );
    }

    #[test]
    fn what_may_be_the_only_copy_stays_whatever_it_takes() {
        let now = Timestamp::from_second(2_000_000_000).unwrap();
        let large = |age, label| item(now, age, label, MOST / 2 + 1);
        let items = vec![
            large(1, Label::Saved),
            large(2, Label::Saved),
            large(3, Label::BeforeRestore),
            large(30 * DAY, Label::BeforeMerge),
            large(200 * DAY, Label::Recovered),
        ];
        let second = items[1].file.clone();
        let last = items[4].file.clone();
        assert_eq!(select_unneeded(items, now), [second, last]);
    }
}
