//! Settles the questions about columns that only a person can answer.

use super::cell::{fold_text, parse_number};
use super::choices::{ChoiceList, find_choices};
use super::outcome::read_two_values;
use super::profile::{ColumnProfile, Profile};
use super::propose::{ColumnReason, OpenQuestion, ProposedColumn, odd_dates};
use super::scale::{ScaleHint, ScaleSource, guess_scale, is_no_answer};
use super::text_scale::read_words;
use super::values::{is_read_by_cell, unknown_words};
use super::vocabulary::Languages;
use crate::model::choice::{DateOrder, Direction};
use crate::model::counts::Answer;
use crate::model::recipe::ColumnRole;

/// The end of the widest usual scale.
const WIDEST: f64 = 10.0;

/// The reading that a person chooses for a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueReading {
    /// An answer with this number.
    Number(f64),
    /// No answer.
    NoAnswer,
    /// Neither: the value does not count.
    Rejected,
}

/// A person's answer to an open question about columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The code, or the words that the scale does not know, mean no answer.
    NoAnswer,
    /// The code is an answer.
    Answer,
    /// Low answers are good.
    LowIsGood,
    /// High answers are good.
    HighIsGood,
    /// All answers are on the wide scale.
    Wide,
    /// The column is not read.
    LeaveOut,
    /// The day comes first.
    DayFirst,
    /// The month comes first.
    MonthFirst,
    /// It is the same column that the mapping names.
    Same,
    /// The cells are numbers of people.
    Counts,
    /// The cells are shares of people.
    Shares,
    /// The proposed scale is right.
    Keep,
    /// The alternative scale is right.
    Other,
    /// 1 is yes and 2 is no.
    OneIsYes,
    /// The codes are answers from worst to best.
    Ascending,
    /// The codes are answers from best to worst.
    Descending,
    /// The column at this index holds the weights.
    Weight(usize),
    /// The import is unweighted.
    NoWeight,
    /// Each id counts once.
    Once,
    /// All rows count.
    All,
}

impl OpenQuestion {
    /// Returns the possible answers to it for the columns at these indices, the likeliest first; empty if it
    /// is only a notice.
    pub fn possible_answers(self, places: &[usize]) -> Vec<Says> {
        match self {
            Self::Zero | Self::Past(_) => vec![Says::NoAnswer, Says::Answer],
            Self::Direction(Direction::LowIsGood) => vec![Says::LowIsGood, Says::HighIsGood],
            Self::Direction(Direction::HighIsGood) => vec![Says::HighIsGood, Says::LowIsGood],
            Self::Turn(_) => vec![Says::Wide, Says::LeaveOut],
            Self::Wider(..) => vec![Says::Wide, Says::Keep, Says::LeaveOut],
            Self::Order => vec![Says::DayFirst, Says::MonthFirst],
            Self::Renamed => vec![Says::Same, Says::LeaveOut],
            Self::Words(_) => vec![Says::NoAnswer, Says::LeaveOut],
            Self::Unit => vec![Says::Counts, Says::Shares],
            Self::Ends(..) | Self::Declared(..) | Self::Middle => vec![Says::Keep, Says::Other],
            Self::OneTwo => vec![Says::OneIsYes, Says::Other, Says::LeaveOut],
            Self::Codes => vec![Says::Ascending, Says::Descending, Says::LeaveOut],
            Self::Weights => {
                places.iter().map(|place| Says::Weight(*place)).chain([Says::NoWeight]).collect()
            }
            Self::Repeats(_) | Self::SameRows(_) => vec![Says::Once, Says::All],
            Self::OffScale(_) | Self::Impossible(..) | Self::Future(..) | Self::Fractions(_) => Vec::new(),
        }
    }
}

/// Returns the questions that must be answered before the import, each with the indices of its columns.
/// Columns with the same question are asked about together, unless the answer depends on the column.
pub fn open_questions(columns: &[ProposedColumn], profile: &Profile) -> Vec<(OpenQuestion, Vec<usize>)> {
    let mut asked: Vec<(OpenQuestion, Vec<usize>)> = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let by_cell = is_read_by_cell(columns, column);
        let seen = if by_cell { profile.column_named(&column.rule.column) } else { None };
        let words = seen.and_then(|seen| unknown_words_doubt(column, seen));
        for doubt in column.blocking_doubts().chain(words) {
            let together =
                !matches!(doubt, OpenQuestion::Turn(_) | OpenQuestion::Renamed | OpenQuestion::Repeats(_));
            match asked.iter_mut().find(|(known, _)| together && *known == doubt) {
                Some((_, places)) => places.push(place),
                None => asked.push((doubt, vec![place])),
            }
        }
    }
    for (_, places) in asked.iter_mut().filter(|(doubt, _)| *doubt == OpenQuestion::Weights) {
        // The proposed weight comes first.
        places.sort_by_key(|place| {
            columns.get(*place).is_none_or(|column| column.rule.role != ColumnRole::Weight)
        });
    }
    asked
}

/// Yields each column of days that has a notice about days in the future, with that notice.
pub fn days_ahead(columns: &[ProposedColumn]) -> impl Iterator<Item = (&ProposedColumn, OpenQuestion)> {
    let dated = columns.iter().filter(|column| column.rule.role == ColumnRole::Date);
    let ahead = |doubt: &&OpenQuestion| matches!(doubt, OpenQuestion::Future(..));
    dated.flat_map(move |column| column.doubts.iter().filter(ahead).map(move |doubt| (column, *doubt)))
}

/// Returns the question about words that the scale of a column does not know.
fn unknown_words_doubt(column: &ProposedColumn, seen: &ColumnProfile) -> Option<OpenQuestion> {
    let cells = unknown_words(seen, &column.rule).iter().map(|value| value.count).sum();
    (cells > 0).then_some(OpenQuestion::Words(cells))
}

impl ProposedColumn {
    /// Reads a code as no answer; if it is the scale's 0, the scale then begins at 1.
    pub fn set_no_answer(&mut self, code: &str) {
        self.rule.missing.insert(fold_text(code));
        let code = parse_number(code);
        let rule = &mut self.rule;
        if code.is_some() && code == Answer::new(0.0) && Answer::new(rule.low) == code && rule.high > 1.0 {
            rule.low = 1.0;
        }
        self.settle_doubts(|doubt| code.is_some() && number_in_doubt(doubt) == code);
    }

    /// Reads the column as multiple choices per cell, with the detected separator, otherwise with a
    /// semicolon.
    pub fn read_choices(&mut self, seen: &ColumnProfile) {
        let list = find_choices(seen)
            .unwrap_or_else(|| ChoiceList { separator: ";".to_owned(), ..ChoiceList::default() });
        self.rule.separator = list.separator;
        self.rule.words = list.options.into_iter().map(|option| (option, 1.0)).collect();
    }

    /// Moves words to a scale with one more step in its middle.
    fn add_middle(&mut self) {
        let half = self.rule.high / 2.0;
        self.rule.words.values_mut().filter(|step| **step > half).for_each(|step| *step += 1.0);
        self.rule.high += 1.0;
    }

    /// Applies a person's answer to a question.
    pub fn apply_answer(&mut self, doubt: OpenQuestion, says: Says, seen: Option<&ColumnProfile>) {
        match (doubt, says) {
            (OpenQuestion::Zero, Says::NoAnswer) => self.set_no_answer("0"),
            (OpenQuestion::Zero, Says::Answer) => self.set_scale(self.rule.low.min(0.0), self.rule.high),
            (OpenQuestion::Past(code), Says::NoAnswer) => self.set_no_answer(&code.to_string()),
            (OpenQuestion::Past(code), Says::Answer) => {
                self.set_scale(self.rule.low, self.rule.high.max(f64::from(code)));
            }
            (OpenQuestion::Words(_), Says::NoAnswer) => {
                let unknown = seen.map(|seen| unknown_words(seen, &self.rule)).unwrap_or_default();
                for value in unknown {
                    self.set_no_answer(&value.text);
                }
            }
            (_, Says::LowIsGood) => self.set_good_end(Direction::LowIsGood),
            (_, Says::HighIsGood) => self.set_good_end(Direction::HighIsGood),
            (OpenQuestion::Wider(low, high), Says::Wide)
            | (OpenQuestion::Ends(low, high) | OpenQuestion::Declared(low, high), Says::Other) => {
                self.set_scale(f64::from(low), f64::from(high));
            }
            (_, Says::Wide) => self.set_scale(self.rule.low, self.rule.high.max(WIDEST)),
            (OpenQuestion::Middle, Says::Other) => self.add_middle(),
            (OpenQuestion::OneTwo, Says::Other) => {
                self.rule.words.clear();
                self.set_scale(1.0, 5.0);
            }
            (OpenQuestion::Codes, Says::Descending) => self.rule.direction = Direction::LowIsGood,
            (_, Says::Once | Says::All) => self.rule.once = says == Says::Once,
            (_, Says::DayFirst) => self.set_date_order(DateOrder::DayFirst),
            (_, Says::MonthFirst) => self.set_date_order(DateOrder::MonthFirst),
            (_, Says::LeaveOut) => {
                (self.rule.role, self.target, self.reason) = (ColumnRole::Ignore, None, ColumnReason::Chosen);
                self.rule.target.clear();
            }
            (_, Says::Counts | Says::Shares) => self.read_shares(says == Says::Shares),
            // The proposal holds, or the mapping applies the answer to all columns together.
            _ => {}
        }
        self.settle_doubts(|known| known == doubt);
    }

    /// Sets the reading of a value.
    pub fn set_value(&mut self, text: &str, taken: ValueReading) {
        let folded = fold_text(text);
        let code = parse_number(text);
        self.rule.words.retain(|word, _| fold_text(word) != folded);
        self.rule
            .missing
            .retain(|known| fold_text(known) != folded && (code.is_none() || parse_number(known) != code));
        match taken {
            ValueReading::NoAnswer => self.set_no_answer(text),
            ValueReading::Rejected => {}
            // A number read as itself needs no word, but may need a wider scale.
            ValueReading::Number(value) if code.map(Answer::get) == Some(value) => {
                let low = self.rule.low.min(value);
                let high = self.rule.high.max(value);
                self.set_scale(low, high);
                self.settle_doubts(|doubt| number_in_doubt(doubt) == code);
            }
            ValueReading::Number(value) => self.map_text(text, value),
        }
    }

    /// Reads the column as days, in the order that its cells allow; if they allow several, a person is asked.
    pub fn read_dates(&mut self, seen: &ColumnProfile) {
        if self.reason != ColumnReason::Date || self.rule.role != ColumnRole::Date {
            let order = seen.dates.detect_order();
            self.rule.order = order.unwrap_or(DateOrder::YearFirst);
            self.doubts =
                order.is_none().then_some(OpenQuestion::Order).into_iter().chain(odd_dates(seen)).collect();
        }
    }

    /// True if a code is an answer on the column's scale that no open question is about.
    pub fn is_answer(&self, code: &str) -> bool {
        let on_scale = |code: Answer| (self.rule.low..=self.rule.high).contains(&code.get());
        let doubted = |code: Answer| self.doubts.iter().any(|doubt| number_in_doubt(*doubt) == Some(code));
        parse_number(code).is_some_and(|code| on_scale(code) && !doubted(code))
            || self.rule.words.contains_key(&fold_text(code))
    }

    /// Reads a text as a number. Words alone define the scale; beside numbers they widen it.
    pub fn map_text(&mut self, text: &str, value: f64) {
        let rule = &mut self.rule;
        rule.words.insert(fold_text(text), value);
        rule.missing.remove(&fold_text(text));
        if rule.low >= rule.high {
            let values = || rule.words.values().copied();
            rule.low = values().fold(f64::INFINITY, f64::min);
            rule.high = values().fold(f64::NEG_INFINITY, f64::max);
        }
        (rule.low, rule.high) = (rule.low.min(value), rule.high.max(value));
        let code = parse_number(text);
        self.settle_doubts(|doubt| code.is_some() && number_in_doubt(doubt) == code);
    }

    /// Sets the ends of the scale, which settles the questions about them.
    pub fn set_scale(&mut self, low: f64, high: f64) {
        (self.rule.low, self.rule.high) = (low, high);
        self.source = ScaleSource::Said;
        self.settle_doubts(|doubt| match doubt {
            OpenQuestion::Turn(_)
            | OpenQuestion::Ends(..)
            | OpenQuestion::Declared(..)
            | OpenQuestion::Wider(..) => true,
            OpenQuestion::Zero => low > 0.0,
            OpenQuestion::Past(code) => high >= f64::from(code),
            _ => false,
        });
    }

    /// Sets the good end of the scale.
    pub fn set_good_end(&mut self, direction: Direction) {
        self.rule.direction = direction;
        self.settle_doubts(|doubt| matches!(doubt, OpenQuestion::Direction(_) | OpenQuestion::Codes));
    }

    /// Sets the order of day and month.
    pub fn set_date_order(&mut self, order: DateOrder) {
        self.rule.order = order;
        self.settle_doubts(|doubt| doubt == OpenQuestion::Order);
    }

    /// Sets whether a column of one answer in an aggregated table holds shares or counts.
    pub fn read_shares(&mut self, shares: bool) {
        if matches!(self.rule.role, ColumnRole::AnswerCount | ColumnRole::AnswerShare) {
            self.rule.role = if shares { ColumnRole::AnswerShare } else { ColumnRole::AnswerCount };
            self.settle_doubts(|doubt| doubt == OpenQuestion::Unit);
        }
    }

    /// Makes the column one of answers, with the scale that its cells suggest if it has none. Returns false
    /// if they suggest none: both ends are then 0 until words or a scale are set.
    pub fn read_answers(&mut self, profile: &ColumnProfile) -> bool {
        if self.reason.has_scale() {
            return true;
        }
        let hint = ScaleHint { rated: true, ..ScaleHint::default() };
        let missing = profile.values.keys().filter(|value| is_no_answer(value)).cloned();
        self.rule.missing = missing.collect();
        if let Some(words) = read_two_values(&profile.values, profile.many, Languages::ALL) {
            (self.rule.low, self.rule.high, self.source) = (0.0, 1.0, ScaleSource::TwoValues);
            self.rule.words = words.into_iter().filter(|(word, _)| parse_number(word).is_none()).collect();
            return true;
        }
        if let Some(scale) = guess_scale(&profile.values, profile.many, &hint) {
            (self.rule.low, self.rule.high, self.source) = (scale.low, scale.high, scale.source);
            self.rule.missing = scale.missing;
            return true;
        }
        (self.rule.low, self.rule.high) = (0.0, 0.0);
        let Some(reading) = read_words(&profile.values, &profile.values, Languages::ALL) else {
            return false;
        };
        (self.rule.words, self.rule.low, self.rule.high) = (reading.words, 1.0, reading.high);
        self.source = ScaleSource::Words;
        true
    }

    fn settle_doubts(&mut self, settled: impl Fn(OpenQuestion) -> bool) {
        self.doubts.retain(|doubt| !settled(*doubt));
    }
}

/// Returns the number that a question is about.
fn number_in_doubt(doubt: OpenQuestion) -> Option<Answer> {
    match doubt {
        OpenQuestion::Zero => Answer::new(0.0),
        OpenQuestion::Past(code) => Answer::new(f64::from(code)),
        _ => None,
    }
}
