//! The records of feedback: questions, the answers of each import, and the rules that score them.

use crate::i18n::Msg;
use crate::id::{Id, Kind, MetricId, RecipeId};
use crate::model::choice::{Delimiter, Direction, MetricKind};
use crate::model::counts::Counts;
use crate::model::field::Aspect::{Link, Score, Words};
use crate::model::field::MergeGroup;
use crate::model::privacy::PrivacyClass::{FreeText, Groups, Internal, Numbered, Period, ProgramWords};
use crate::model::privacy::ProgramWordList::HexDigits;
use crate::model::range::ANSWER;
use crate::model::recipe::ColumnRule;
use crate::model::record::record;
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

record! {
    /// One question asked of customers.
    Question(QuestionId) named by TEXT {
        /// Order key among the questions.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The question's text, or the column's name.
        #[field(TEXT, Msg::Text, holds_words(FreeText), of_aspect(Words))]
        text: String = String::new(),
        /// Column names of imported files that mean this question.
        #[field(ALIASES, Msg::ColumnNames, asked_as(Msg::Aliases), holds_words(FreeText))]
        aliases: BTreeSet<String> = BTreeSet::new(),
        /// The touchpoint, stage or journey it asks about.
        #[field(TARGET, Msg::About,
            refers_to(&[Kind::Touchpoint, Kind::Stage, Kind::Journey]), of_aspect(Link))]
        target: Option<Id> = None,
        /// The lowest answer of the scale.
        #[field(LOW, Msg::LowestAnswer, in_range(ANSWER), merged_with(MergeGroup::Scale))]
        low: f64 = 1.0,
        /// The highest answer of the scale.
        #[field(HIGH, Msg::HighestAnswer, in_range(ANSWER), merged_with(MergeGroup::Scale))]
        high: f64 = 5.0,
        /// The scale's good end.
        #[field(DIRECTION, Msg::ScaleDirection, asked_as(Msg::Direction))]
        direction: Direction = Direction::HighIsGood,
        /// Words in cells, each with the number it means.
        #[field(WORDS, Msg::WordsOfAnswers, asked_as(Msg::AnswerWords), holds_words(FreeText))]
        words: BTreeMap<String, f64> = BTreeMap::new(),
        /// Cells that mean no answer, beside blank ones.
        #[field(MISSING, Msg::NoAnswerCodes, holds_words(FreeText))]
        missing: BTreeSet<String> = BTreeSet::new(),
        /// The metric that scores its answers; `None` means the one that its scale suggests.
        #[field(METRIC, Msg::Metric)]
        metric: Option<MetricId> = None,
        /// The score that the company believes customers give, in the unit of the question's own metric:
        /// percent, points, or a mean on the scale.
        #[field(BELIEF, Msg::BelievedScore, asked_as(Msg::CompanyBelieves), in_range(ANSWER),
            of_aspect(Score))]
        belief: Option<f64> = None,
    }
}

record! {
    /// The rules that turn answers into a score.
    Metric(MetricId) named by NAME {
        /// Order key among the metrics.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        /// The kind of formula.
        #[field(KIND, Msg::Kind)]
        kind: MetricKind,
        ---
        /// The metric's name; empty shows the name of its kind.
        #[field(NAME, Msg::Name, holds_words(FreeText), of_aspect(Words))]
        name: String = String::new(),
        /// CSAT and CES shares: number of best answers that count.
        #[field(BOXES, Msg::BestAnswers, asked_as(Msg::Boxes))]
        boxes: u8 = 2,
        /// CES: true for the share of easy answers instead of the mean.
        #[field(SHARE, Msg::ShareOfEasy, asked_as(Msg::AsShare))]
        share: bool = false,
        /// Minimum number of answers; a score of fewer is drawn hatched.
        #[field(SMALL_N, Msg::SmallSampleBelow, asked_as(Msg::SmallNThreshold))]
        small_n: u64 = 30,
    }
}

record! {
    /// One period of feedback.
    Wave(WaveId) named by LABEL {
        /// Order key among the waves.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The wave's name.
        #[field(LABEL, Msg::Label, asked_as(Msg::Name), holds_words(Period), of_aspect(Words))]
        label: String = String::new(),
        /// The first day of the period, if known.
        #[field(FROM, Msg::FirstDay)]
        from: Option<Date> = None,
        /// The last day of the period, if known.
        #[field(TO, Msg::LastDay)]
        to: Option<Date> = None,
    }
}

record! {
    /// One import of feedback; never changed, only inserted, replaced or removed.
    Batch(BatchId) {
        /// The name of the imported file.
        #[field(FILE, Msg::Name, holds_words(Numbered))]
        file: String,
        /// The hash of the file's content.
        #[field(HASH, Msg::Picture, holds_words(ProgramWords(HexDigits)))]
        hash: String,
        /// The day of the import.
        #[field(IMPORTED, Msg::Date)]
        imported: Date,
        /// Number of rows read.
        #[field(ROWS, Msg::AnswersCounted)]
        rows: u64,
        /// The counts of answers.
        #[field(COUNTS, Msg::AnswersCounted, holds_words(Groups))]
        counts: Arc<Counts>,
        ---
        /// The mapping by which the file was read.
        #[field(RECIPE, Msg::Recipe)]
        recipe: Option<RecipeId> = None,
        /// True if the file held counts or shares instead of answers.
        #[field(AGGREGATED, Msg::Aggregated)]
        aggregated: bool = false,
        /// Columns of segments whose groups overlap: a customer may be in several.
        #[field(OVERLAPPING, Msg::Segment, holds_words(Groups))]
        overlapping: BTreeSet<String> = BTreeSet::new(),
        /// The day of the first answer, if the file has days.
        #[field(FIRST, Msg::FirstDay)]
        first: Option<Date> = None,
        /// The day of the last answer, if the file has days.
        #[field(LAST, Msg::LastDay)]
        last: Option<Date> = None,
        /// Rows left out by the rules of the mapping; they are part of `rows`.
        #[field(LEFT_OUT, Msg::RowsLeftOut)]
        left_out: u64 = 0,
    }
}

record! {
    /// A saved mapping of a file's columns, with the parts of the file's format that a person set.
    Recipe(RecipeId) named by NAME {
        /// The mapping's name.
        #[field(NAME, Msg::Name, holds_words(Internal), of_aspect(Words))]
        name: String,
        ---
        /// The name of the encoding; `None` to detect it.
        #[field(ENCODING, Msg::FileEncoding, holds_words(Internal))]
        encoding: Option<String> = None,
        /// The character between cells; `None` to detect it.
        #[field(DELIMITER, Msg::FileDelimiter)]
        delimiter: Option<Delimiter> = None,
        /// True if `3,5` is a number; `None` to detect it.
        #[field(DECIMAL_COMMA, Msg::FileDecimalComma)]
        decimal_comma: Option<bool> = None,
        /// The number of rows that hold names of columns; `None` to detect it.
        #[field(HEADER_ROWS, Msg::FileHeaderRows)]
        header_rows: Option<u8> = None,
        /// The sheet of a workbook; `None` to detect it.
        #[field(SHEET, Msg::FileSheet, holds_words(Internal))]
        sheet: Option<String> = None,
        /// The rules of the columns, one per column.
        #[field(COLUMNS, Msg::Columns, holds_words(Internal))]
        columns: Vec<ColumnRule> = Vec::new(),
    }
}
