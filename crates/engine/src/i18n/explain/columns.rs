//! Columns, cells and rows of a survey file: conclusions with their reasons, open questions, and the parts left
//! out.

use super::Explain;
use crate::i18n::{Lang, Msg, Worded, format_count, format_date, format_figure};
use crate::model::recipe::ColumnRole;
use crate::survey::cell::Reject;
use crate::survey::count::{ANSWERS, Counted, GROUPS, OTHERS};
use crate::survey::mapping::Mapping;
use crate::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::survey::resolve::Says;
use crate::survey::row_rules::{RowKind, RowRule};
use crate::survey::scale::ScaleSource;
use crate::survey::values::ColumnValue;

/// The role that a column was given and the reason, with the source of its scale's ends.
impl Explain for ProposedColumn {
    fn explain(&self, lang: Lang) -> String {
        let reason = reason_message(self.reason).text(lang);
        if !self.is_question() || self.reason == ColumnReason::Row {
            return reason.to_owned();
        }
        let low = format_figure(self.rule.low, 1);
        let high = format_figure(self.rule.high, 1);
        let scale = match self.source {
            ScaleSource::Answers => Msg::ScaleByAnswers,
            ScaleSource::Header => Msg::ScaleByHeader,
            ScaleSource::Battery => Msg::ScaleByBattery,
            ScaleSource::Words => Msg::ScaleByWords,
            ScaleSource::Cells => Msg::ScaleByCells,
            ScaleSource::TwoValues => Msg::ScaleByTwoValues,
            ScaleSource::Recommend => Msg::ScaleByRecommend,
            ScaleSource::Earlier => Msg::ScaleByEarlier,
            ScaleSource::Said => Msg::ScaleBySaid,
        };
        let scale = scale.text_with(lang, &[("low", &low), ("high", &high)]);
        Msg::ReasonAndScale.text_with(lang, &[("reason", &reason), ("scale", &scale)])
    }
}

/// Returns the remark that rows of the sample are repeated, unless an open or answered question is about them.
pub fn repeated_rows_remark(mapping: &Mapping, lang: Lang) -> Option<String> {
    let rows = mapping.unasked_repeats();
    (rows > 0).then(|| Msg::RowsRepeated.text_with(lang, &[("n", &format_count(rows))]))
}

impl Explain for RowRule {
    fn explain(&self, lang: Lang) -> String {
        let kind = match self.kind {
            RowKind::Test => Msg::RowsOfTests,
            RowKind::Spam => Msg::RowsOfSpam,
            RowKind::Unfinished => Msg::RowsUnfinished,
            RowKind::ScreenedOut => Msg::RowsScreenedOut,
            RowKind::Summary => Msg::RowsOfSums,
            RowKind::Header => Msg::RowsOfHeaders,
        };
        let text =
            if self.written.is_empty() { Msg::BlankCell.text(lang).to_owned() } else { self.written.clone() };
        let told: [(&str, &dyn std::fmt::Display); 4] = [
            ("n", &format_count(self.rows)),
            ("column", &self.column),
            ("text", &text),
            ("kind", &kind.text(lang)),
        ];
        Msg::RowsNotCounted.text_with(lang, &told)
    }
}

fn reason_message(reason: ColumnReason) -> Msg {
    match reason {
        ColumnReason::Alias => Msg::WhyAlias,
        ColumnReason::Name => Msg::WhyName,
        ColumnReason::Similar => Msg::WhySimilar,
        ColumnReason::Outcome => Msg::WhyOutcome,
        ColumnReason::FewTexts => Msg::WhyFewTexts,
        ColumnReason::SmallNumbers => Msg::WhySmallNumbers,
        ColumnReason::ManyValues => Msg::WhyManyValues,
        ColumnReason::Identifier => Msg::WhyIdentifier,
        ColumnReason::Date => Msg::WhyDate,
        ColumnReason::Personal => Msg::WhyPersonal,
        ColumnReason::Comment => Msg::WhyComment,
        ColumnReason::Empty => Msg::WhyEmpty,
        ColumnReason::Chosen => Msg::WhyChosen,
        ColumnReason::Words => Msg::WhyWords,
        ColumnReason::Weight => Msg::WhyWeight,
        ColumnReason::Group => Msg::WhyGroup,
        ColumnReason::Tool => Msg::WhyTool,
        ColumnReason::Trait => Msg::WhyTrait,
        ColumnReason::Aggregated => Msg::WhyAggregated,
        ColumnReason::Row => Msg::WhyRow,
        ColumnReason::Choices => Msg::WhyChoices,
        ColumnReason::Ticked => Msg::WhyTicked,
        ColumnReason::Shares => Msg::WhyShares,
        ColumnReason::Averages => Msg::WhyAverages,
        ColumnReason::Unrated => Msg::WhyUnrated,
        ColumnReason::Counted => Msg::WhyCounted,
        ColumnReason::Coded => Msg::WhyCoded,
        ColumnReason::Respondent => Msg::WhyRespondent,
        ColumnReason::YesNo => Msg::WhyYesNo,
        ColumnReason::SmallGroups => Msg::WhySmallGroups,
        ColumnReason::LongNames => Msg::WhyLongNames,
        ColumnReason::Repeated => Msg::WhyRepeated,
    }
}

impl Explain for OpenQuestion {
    fn explain(&self, lang: Lang) -> String {
        match *self {
            Self::Zero => Msg::DoubtZero.text(lang).to_owned(),
            Self::Direction(_) => Msg::DoubtDirection.text(lang).to_owned(),
            Self::Ends(low, high) => Msg::DoubtEnds.text_with(lang, &[("low", &low), ("high", &high)]),
            Self::Declared(low, high) => {
                Msg::DoubtDeclared.text_with(lang, &[("low", &low), ("high", &high)])
            }
            Self::Middle => Msg::DoubtMiddle.text(lang).to_owned(),
            Self::OneTwo => Msg::DoubtOneTwo.text(lang).to_owned(),
            Self::Codes => Msg::DoubtCodes.text(lang).to_owned(),
            Self::Weights => Msg::DoubtWeights.text(lang).to_owned(),
            Self::Repeats(rows) => Msg::DoubtRepeats.text_with(lang, &[("n", &format_count(rows))]),
            Self::SameRows(rows) => Msg::DoubtSameRows.text_with(lang, &[("n", &format_count(rows))]),
            Self::Wider(low, high) => Msg::DoubtWider.text_with(lang, &[("low", &low), ("high", &high)]),
            Self::Fractions(cells) => Msg::DoubtFractions.text_with(lang, &[("n", &format_count(cells))]),
            Self::Past(code) => Msg::DoubtPast.text_with(lang, &[("code", &code)]),
            Self::Turn(line) => Msg::DoubtTurn.text_with(lang, &[("line", &line)]),
            Self::Order => Msg::DoubtOrder.text(lang).to_owned(),
            Self::Renamed => Msg::DoubtRenamed.text(lang).to_owned(),
            Self::Unit => Msg::DoubtUnit.text(lang).to_owned(),
            Self::OffScale(cells) => Msg::DoubtOffScale.text_with(lang, &[("n", &format_count(cells))]),
            Self::Words(cells) => Msg::DoubtWords.text_with(lang, &[("n", &format_count(cells))]),
            Self::Impossible(cells, line) => {
                Msg::DoubtImpossible.text_with(lang, &[("n", &format_count(cells)), ("line", &line)])
            }
            Self::Future(cells, line, day) => Msg::DoubtFuture.text_with(
                lang,
                &[("n", &format_count(cells)), ("line", &line), ("day", &format_date(lang, day))],
            ),
        }
    }
}

impl Explain for ColumnValue {
    fn explain(&self, lang: Lang) -> String {
        let line = self.lines.first().copied().unwrap_or_default();
        Msg::WordListed
            .text_with(lang, &[("text", &self.text), ("n", &format_count(self.count)), ("line", &line)])
    }
}

/// Returns the answer to an open question about a column, in a word or two.
pub fn explain_answer(says: Says, doubt: OpenQuestion, lang: Lang) -> String {
    let code = match doubt {
        OpenQuestion::Past(code) => code.to_string(),
        OpenQuestion::Zero => "0".to_owned(),
        _ => String::new(),
    };
    match says {
        Says::NoAnswer if code.is_empty() => Msg::SaysWordsNoAnswer.text(lang).to_owned(),
        Says::NoAnswer => Msg::SaysNoAnswer.text_with(lang, &[("code", &code)]),
        Says::Answer => Msg::SaysAnswer.text_with(lang, &[("code", &code)]),
        Says::LowIsGood => Msg::LowIsGoodShort.text(lang).to_owned(),
        Says::HighIsGood => Msg::SaysHighIsGood.text(lang).to_owned(),
        Says::Wide => match doubt {
            OpenQuestion::Wider(low, high) => format!("{low}–{high}"),
            _ => Msg::SaysWide.text(lang).to_owned(),
        },
        Says::LeaveOut => Msg::SaysLeaveOut.text(lang).to_owned(),
        Says::DayFirst => Msg::OrderDayFirst.text(lang).to_owned(),
        Says::MonthFirst => Msg::OrderMonthFirst.text(lang).to_owned(),
        Says::Same => Msg::SaysSame.text(lang).to_owned(),
        Says::Counts => Msg::SaysCounts.text(lang).to_owned(),
        Says::Shares => Msg::SaysShares.text(lang).to_owned(),
        Says::Keep => Msg::SaysKeep.text(lang).to_owned(),
        Says::Other => match doubt {
            OpenQuestion::Ends(low, high) | OpenQuestion::Declared(low, high) => format!("{low}–{high}"),
            OpenQuestion::Middle => Msg::SaysMiddle.text(lang).to_owned(),
            _ => Msg::SaysFiveSteps.text(lang).to_owned(),
        },
        Says::OneIsYes => Msg::SaysOneIsYes.text(lang).to_owned(),
        Says::Ascending => Msg::SaysAscending.text(lang).to_owned(),
        Says::Descending => Msg::SaysDescending.text(lang).to_owned(),
        Says::Weight(_) => Msg::SaysWeight.text(lang).to_owned(),
        Says::NoWeight => Msg::SaysNoWeight.text(lang).to_owned(),
        Says::Once => Msg::SaysOnce.text(lang).to_owned(),
        Says::All => Msg::SaysAllRows.text(lang).to_owned(),
    }
}

impl Explain for Reject {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::NotANumber => Msg::RejectNotANumber.text(lang).to_owned(),
            Self::OffScale => Msg::RejectOffScale.text(lang).to_owned(),
            Self::RaggedRow => Msg::RejectRagged.text(lang).to_owned(),
            Self::NotADate => Msg::RejectNotADate.text(lang).to_owned(),
            Self::UnclearDate => Msg::RejectUnclearDate.text(lang).to_owned(),
            Self::ImpossibleDate => Msg::RejectImpossibleDate.text(lang).to_owned(),
            Self::NotAWeight => Msg::RejectNotAWeight.text(lang).to_owned(),
            Self::NotACount => Msg::RejectNotACount.text(lang).to_owned(),
            Self::NotAShare => Msg::RejectNotAShare.text(lang).to_owned(),
            Self::MoreThanAll => Msg::RejectMoreThanAll.text(lang).to_owned(),
            Self::UnknownName => Msg::RejectUnknownName.text(lang).to_owned(),
            Self::TooMany => Msg::RejectTooManyValues.text_with(lang, &[("n", &ANSWERS)]),
        }
    }
}

/// Lists the parts that an import left out or changed, a sentence each: rows excluded by rules, small groups,
/// segment columns with too many values.
pub fn left_out_words(counted: &Counted, columns: &[ProposedColumn], lang: Lang) -> Vec<String> {
    let rows = counted.left_out.iter().filter_map(|(index, rows)| {
        let column = &columns.get(*index)?.rule.column;
        let lines: Vec<String> = rows.lines.iter().map(u64::to_string).collect();
        let told: [(&str, &dyn std::fmt::Display); 3] =
            [("column", column), ("n", &format_count(rows.count)), ("lines", &lines.join(", "))];
        Some(Msg::ImportLeftOut.text_with(lang, &told))
    });
    let groups = counted.folded.iter().map(|(column, values)| {
        let is_dropped = counted.dropped.contains(column);
        let message = if is_dropped { Msg::SegmentDropped } else { Msg::SegmentFolded };
        message.text_with(lang, &[("column", column), ("n", values), ("others", &OTHERS)])
    });
    let too_many = counted.too_many_groups.iter().map(|column| too_many_groups(column, lang));
    rows.chain(groups).chain(too_many).collect()
}

/// Returns the reason why nothing was counted: several columns have a role that only one can have.
pub fn ambiguous_words(counted: &Counted, columns: &[ProposedColumn], lang: Lang) -> Option<String> {
    let of_role = |(role, indices): &(ColumnRole, Vec<usize>)| {
        let names = indices.iter().filter_map(|index| Some(columns.get(*index)?.rule.column.as_str()));
        let names: Vec<&str> = names.collect();
        let told: [(&str, &dyn std::fmt::Display); 2] =
            [("role", &role.display_name().text(lang)), ("columns", &names.join(", "))];
        Msg::RoleAmbiguous.text_with(lang, &told)
    };
    let sentences: Vec<String> = counted.ambiguous.iter().map(of_role).collect();
    if sentences.is_empty() { None } else { Some(sentences.join("\n")) }
}

fn too_many_groups(column: &str, lang: Lang) -> String {
    Msg::SegmentTooMany.text_with(lang, &[("column", &column), ("n", &GROUPS)])
}
