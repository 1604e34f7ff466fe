//! The periods that a column of dates splits answers into.

use crate::model::choice::WaveSplit;
use jiff::civil::{Date, date};

/// A period of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Period {
    /// The whole file as one period, or answers without a date.
    #[default]
    Undated,
    /// A month (1 to 12), a quarter (1 to 4) or all (0) of a year.
    Of(i16, WaveSplit, i8),
}

impl Period {
    /// Returns the period that contains a day; [`Period::Undated`] if the split keeps all days together.
    pub fn containing_day(day: Date, split: WaveSplit) -> Self {
        let part = match split {
            WaveSplit::Month => day.month(),
            WaveSplit::Quarter => (day.month() + 2) / 3,
            WaveSplit::Year => 0,
            WaveSplit::All => return Self::Undated,
        };
        Self::Of(day.year(), split, part)
    }

    /// Returns its first and last day; `None` if it is undated.
    pub fn day_range(self) -> Option<(Date, Date)> {
        let Self::Of(year, split, part) = self else { return None };
        let (first, last) = match split {
            WaveSplit::Month => (part, part),
            WaveSplit::Quarter => (part * 3 - 2, part * 3),
            WaveSplit::Year => (1, 12),
            WaveSplit::All => return None,
        };
        Some((date(year, first, 1), date(year, last, 1).last_of_month()))
    }

    /// Returns its name, the same in every language: `2024-02`, `2024-Q1`, `2024`. `None` if it is undated.
    pub fn label(self) -> Option<String> {
        let Self::Of(year, split, part) = self else { return None };
        Some(match split {
            WaveSplit::Month => format!("{year:04}-{part:02}"),
            WaveSplit::Quarter => format!("{year:04}-Q{part}"),
            WaveSplit::Year => format!("{year:04}"),
            WaveSplit::All => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_names_and_days() {
        let day = date(2024, 2, 29);
        for (split, label, first, last) in [
            (WaveSplit::Month, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            (WaveSplit::Quarter, "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
            (WaveSplit::Year, "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ] {
            let period = Period::containing_day(day, split);
            assert_eq!((period.label().as_deref(), period.day_range()), (Some(label), Some((first, last))));
        }
        assert_eq!(Period::containing_day(day, WaveSplit::All), Period::Undated);
        assert!(
            Period::containing_day(date(2023, 12, 1), WaveSplit::Month)
                < Period::containing_day(day, WaveSplit::Month)
        );
    }
}
