//! What only a person can settle about a column.

use crate::model::choice::Direction;
use jiff::civil::Date;

/// What only a person can settle about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// 0 may be an answer or "not applicable".
    Zero,
    /// Either end may be the good one; this one is the likelier.
    Direction(Direction),
    /// So many of the cells looked at are off the scale.
    OffScale(u64),
    /// This number just past an end of the scale may be a code for no answer.
    Past(i16),
    /// From this line on, answers are on another scale.
    Turn(u64),
    /// Of a date, the day or the month may come first.
    Order,
    /// The column is only like the one that the mapping names.
    Renamed,
    /// Cells of an aggregated table may be counts or shares.
    Unit,
    /// So many cells hold words that the scale does not know.
    Words(u64),
    /// So many cells name a day that cannot be, the first in this line.
    Impossible(u64, u64),
    /// So many cells name a day that lies ahead, the first in this line.
    Future(u64, u64, Date),
    /// The scale may as well end at these numbers: no answer lies beyond them.
    Ends(i16, i16),
    /// The header declares a scale with these ends, but answers lie beyond them.
    Declared(i16, i16),
    /// The words may be those of a scale with one step more, whose middle nobody chose.
    Middle,
    /// 1 and 2 may be yes and no, or answers on a wider scale.
    OneTwo,
    /// The cells are codes of answers, such as A1 to A5: their order is not told.
    Codes,
    /// Several columns look like weights.
    Weights,
    /// So many rows have an id that an earlier row had.
    Repeats(u64),
    /// Without ids: so many rows are the same as an earlier one, the time of day included.
    SameRows(u64),
    /// Known answers are on a narrower scale than some of these, which end at these numbers.
    Wider(i16, i16),
    /// So many answers lie between whole numbers.
    Fractions(u64),
}

impl Doubt {
    /// Whether an import must not go on before a person has settled it.
    pub fn blocks(self) -> bool {
        !matches!(self, Self::OffScale(_) | Self::Impossible(..) | Self::Future(..) | Self::Fractions(_))
    }

    /// Its name in recipe files; none for one that is found anew in each file.
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

    /// The doubt of this name.
    pub fn named(name: &str) -> Option<Self> {
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
