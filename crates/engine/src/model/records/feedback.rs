//! The records of feedback: questions, the answers of each import, and the rules that score them.

use crate::id::{Id, Kind, MetricId, RecipeId};
use crate::model::FieldLabel;
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
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The question's text, or the column's name.
        #[field(TEXT, FieldLabel::Text, holds_words(FreeText), of_aspect(Words))]
        text: String = String::new(),
        /// Column names of imported files that mean this question.
        #[field(ALIASES, FieldLabel::ColumnNames, asked_as(FieldLabel::Aliases), holds_words(FreeText))]
        aliases: BTreeSet<String> = BTreeSet::new(),
        /// The touchpoint, stage or journey it asks about.
        #[field(TARGET, FieldLabel::About,
            refers_to(&[Kind::Touchpoint, Kind::Stage, Kind::Journey]), of_aspect(Link))]
        target: Option<Id> = None,
        /// The lowest answer of the scale.
        #[field(LOW, FieldLabel::LowestAnswer, in_range(ANSWER), merged_with(MergeGroup::Scale))]
        low: f64 = 1.0,
        /// The highest answer of the scale.
        #[field(HIGH, FieldLabel::HighestAnswer, in_range(ANSWER), merged_with(MergeGroup::Scale))]
        high: f64 = 5.0,
        /// The scale's good end.
        #[field(DIRECTION, FieldLabel::ScaleDirection, asked_as(FieldLabel::Direction))]
        direction: Direction = Direction::HighIsGood,
        /// Words in cells, each with the number it means.
        #[field(WORDS, FieldLabel::WordsOfAnswers, asked_as(FieldLabel::AnswerWords), holds_words(FreeText))]
        words: BTreeMap<String, f64> = BTreeMap::new(),
        /// Cells that mean no answer, beside blank ones.
        #[field(MISSING, FieldLabel::NoAnswerCodes, holds_words(FreeText))]
        missing: BTreeSet<String> = BTreeSet::new(),
        /// The metric that scores its answers; `None` means the one that its scale suggests.
        #[field(METRIC, FieldLabel::Metric)]
        metric: Option<MetricId> = None,
        /// The score that the company believes customers give, in the unit of the question's own metric:
        /// percent, points, or a mean on the scale.
        #[field(BELIEF, FieldLabel::BelievedScore, asked_as(FieldLabel::CompanyBelieves), in_range(ANSWER),
            of_aspect(Score))]
        belief: Option<f64> = None,
    }
}

record! {
    /// The rules that turn answers into a score.
    Metric(MetricId) named by NAME {
        /// Order key among the metrics.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        /// The kind of formula.
        #[field(KIND, FieldLabel::Kind)]
        kind: MetricKind,
        ---
        /// The metric's name; empty shows the name of its kind.
        #[field(NAME, FieldLabel::Name, holds_words(FreeText), of_aspect(Words))]
        name: String = String::new(),
        /// CSAT and CES shares: number of best answers that count.
        #[field(BOXES, FieldLabel::BestAnswers, asked_as(FieldLabel::Boxes))]
        boxes: u8 = 2,
        /// CES: true for the share of easy answers instead of the mean.
        #[field(SHARE, FieldLabel::ShareOfEasy, asked_as(FieldLabel::AsShare))]
        share: bool = false,
        /// Minimum number of answers; a score of fewer is drawn hatched.
        #[field(SMALL_N, FieldLabel::SmallSampleBelow, asked_as(FieldLabel::SmallNThreshold))]
        small_n: u64 = 30,
    }
}

record! {
    /// One period of feedback.
    Wave(WaveId) named by LABEL {
        /// Order key among the waves.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The wave's name.
        #[field(LABEL, FieldLabel::Label, asked_as(FieldLabel::Name), holds_words(Period), of_aspect(Words))]
        label: String = String::new(),
        /// The first day of the period, if known.
        #[field(FROM, FieldLabel::FirstDay)]
        from: Option<Date> = None,
        /// The last day of the period, if known.
        #[field(TO, FieldLabel::LastDay)]
        to: Option<Date> = None,
    }
}

record! {
    /// One import of feedback; never changed, only inserted, replaced or removed.
    Batch(BatchId) {
        /// The name of the imported file.
        #[field(FILE, FieldLabel::Name, holds_words(Numbered))]
        file: String,
        /// The hash of the file's content.
        #[field(HASH, FieldLabel::FileContent, holds_words(ProgramWords(HexDigits)))]
        hash: String,
        /// The day of the import.
        #[field(IMPORTED, FieldLabel::Date)]
        imported: Date,
        /// Number of rows read.
        #[field(ROWS, FieldLabel::AnswersCounted)]
        rows: u64,
        /// The counts of answers.
        #[field(COUNTS, FieldLabel::AnswersCounted, holds_words(Groups))]
        counts: Arc<Counts>,
        ---
        /// The mapping by which the file was read.
        #[field(RECIPE, FieldLabel::Recipe)]
        recipe: Option<RecipeId> = None,
        /// True if the file held counts or shares instead of answers.
        #[field(AGGREGATED, FieldLabel::Aggregated)]
        aggregated: bool = false,
        /// Columns of segments whose groups overlap: a customer may be in several.
        #[field(OVERLAPPING, FieldLabel::Segment, holds_words(Groups))]
        overlapping: BTreeSet<String> = BTreeSet::new(),
        /// The day of the first answer, if the file has days.
        #[field(FIRST, FieldLabel::FirstDay)]
        first: Option<Date> = None,
        /// The day of the last answer, if the file has days.
        #[field(LAST, FieldLabel::LastDay)]
        last: Option<Date> = None,
        /// Rows left out by the rules of the mapping; they are part of `rows`.
        #[field(LEFT_OUT, FieldLabel::RowsLeftOut)]
        left_out: u64 = 0,
    }
}

record! {
    /// A saved mapping of a file's columns, with the parts of the file's format that a person set.
    Recipe(RecipeId) named by NAME {
        /// The mapping's name.
        #[field(NAME, FieldLabel::Name, holds_words(Internal), of_aspect(Words))]
        name: String,
        ---
        /// The name of the encoding; `None` to detect it.
        #[field(ENCODING, FieldLabel::FileEncoding, holds_words(Internal))]
        encoding: Option<String> = None,
        /// The character between cells; `None` to detect it.
        #[field(DELIMITER, FieldLabel::FileDelimiter)]
        delimiter: Option<Delimiter> = None,
        /// True if `3,5` is a number; `None` to detect it.
        #[field(DECIMAL_COMMA, FieldLabel::FileDecimalComma)]
        decimal_comma: Option<bool> = None,
        /// The number of rows that hold names of columns; `None` to detect it.
        #[field(HEADER_ROWS, FieldLabel::FileHeaderRows)]
        header_rows: Option<u8> = None,
        /// The sheet of a workbook; `None` to detect it.
        #[field(SHEET, FieldLabel::FileSheet, holds_words(Internal))]
        sheet: Option<String> = None,
        /// The rules of the columns, one per column.
        #[field(COLUMNS, FieldLabel::Columns, holds_words(Internal))]
        columns: Vec<ColumnRule> = Vec::new(),
    }
}
