//! Questions about a column that only a person can answer.

use crate::model::choice::Direction;
use jiff::civil::Date;

/// A question or a notice about a column, for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenQuestion {
    /// 0 may be an answer or "not applicable".
    Zero,
    /// Either end may be the good one; this one is the likelier.
    Direction(Direction),
    /// This number of profiled cells is off the scale.
    OffScale(u64),
    /// This number just past an end of the scale may be a code for no answer.
    Past(i16),
    /// From this line on, answers are on another scale.
    Turn(u64),
    /// Dates may begin with the day or the month.
    Order,
    /// The column's name is only similar to the one in the mapping.
    Renamed,
    /// The cells of an aggregated table may be counts or shares.
    Unit,
    /// This number of cells holds words that the scale does not know.
    Words(u64),
    /// A number of cells with impossible dates, and the line of the first.
    Impossible(u64, u64),
    /// A number of cells with dates in the future, the line of the first, and its date.
    Future(u64, u64, Date),
    /// The scale may as well have these ends: no answer lies beyond them.
    Ends(i16, i16),
    /// The header declares a scale with these ends, but answers lie beyond them.
    Declared(i16, i16),
    /// The words may belong to a scale with one more step, the middle, which nobody chose.
    Middle,
    /// 1 and 2 may mean yes and no, or be answers on a wider scale.
    OneTwo,
    /// The cells are codes of answers, such as A1 to A5, in an unknown order.
    Codes,
    /// Several columns look like weights.
    Weights,
    /// This number of rows has the id of an earlier row.
    Repeats(u64),
    /// In a table without ids, this number of rows equals an earlier one, time of day included.
    SameRows(u64),
    /// The known scale is narrower than some answers; the usual scale with these ends contains all.
    Wider(i16, i16),
    /// This number of answers lies between whole numbers.
    Fractions(u64),
}

impl OpenQuestion {
    /// True for a question that must be answered before an import; false for a notice.
    pub fn is_blocking(self) -> bool {
        !matches!(self, Self::OffScale(_) | Self::Impossible(..) | Self::Future(..) | Self::Fractions(_))
    }

    /// Returns its name in recipe files; `None` if it is detected anew in each file.
    pub fn name(self) -> Option<String> {
        match self {
            Self::Zero => Some("zero".to_owned()),
            Self::Direction(Direction::LowIsGood) => Some("direction low".to_owned()),
            Self::Direction(Direction::HighIsGood) => Some("direction".to_owned()),
            Self::Past(code) => Some(format!("code {code}")),
            Self::Turn(line) => Some(format!("turn {line}")),
            Self::Order => Some("order".to_owned()),
            Self::Unit => Some("unit".to_owned()),
            Self::Ends(low, high) => Some(format!("ends {low} {high}")),
            Self::Declared(low, high) => Some(format!("declared {low} {high}")),
            Self::Middle => Some("middle".to_owned()),
            Self::OneTwo => Some("one-two".to_owned()),
            Self::Codes => Some("codes".to_owned()),
            Self::Weights
            | Self::Repeats(_)
            | Self::SameRows(_)
            | Self::Wider(..)
            | Self::Fractions(_)
            | Self::Renamed
            | Self::Words(_)
            | Self::OffScale(_)
            | Self::Impossible(..)
            | Self::Future(..) => None,
        }
    }

    /// Parses the name used in recipe files.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.split_once(' ') {
            None => match name {
                "zero" => Some(Self::Zero),
                "direction" => Some(Self::Direction(Direction::HighIsGood)),
                "order" => Some(Self::Order),
                "unit" => Some(Self::Unit),
                "middle" => Some(Self::Middle),
                "one-two" => Some(Self::OneTwo),
                "codes" => Some(Self::Codes),
                _ => None,
            },
            Some(("direction", "low")) => Some(Self::Direction(Direction::LowIsGood)),
            Some(("code", code)) => code.parse().ok().map(Self::Past),
            Some(("turn", line)) => line.parse().ok().map(Self::Turn),
            Some((kind @ ("ends" | "declared"), ends)) => {
                let (low, high) = ends.split_once(' ')?;
                let doubt = if kind == "ends" { Self::Ends } else { Self::Declared };
                Some(doubt(low.parse().ok()?, high.parse().ok()?))
            }
            _ => None,
        }
    }
}
