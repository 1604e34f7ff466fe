//! Messages about columns, files and scores, in the user's words.

use super::compare::ScoreBaseline;
use super::drivers::{Caution, NoDrivers};
use super::file_words::list_names;
use super::overlay::{Overlay, ScoreOrigin};
use super::score::Formula;
use crate::i18n::{Lang, Msg, format_count, format_date, format_decimal, format_figure, format_percent};
use crate::model::choice::MetricKind;
use crate::model::recipe::ColumnRole;
use crate::model::{Project, Worded};
use crate::survey::cell::Reject;
use crate::survey::count::{ANSWERS, Counted, GROUPS, OTHERS};
use crate::survey::propose::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::survey::resolve::Says;
use crate::survey::source::{COLUMNS, HelperError, Limit, TableError};
use crate::survey::values::ColumnValue;

impl ColumnReason {
    /// Returns the reason as a sentence.
    pub fn to_message(self) -> Msg {
        match self {
            Self::Alias => Msg::WhyAlias,
            Self::Name => Msg::WhyName,
            Self::Similar => Msg::WhySimilar,
            Self::Outcome => Msg::WhyOutcome,
            Self::FewTexts => Msg::WhyFewTexts,
            Self::SmallNumbers => Msg::WhySmallNumbers,
            Self::ManyValues => Msg::WhyManyValues,
            Self::Identifier => Msg::WhyIdentifier,
            Self::Date => Msg::WhyDate,
            Self::Personal => Msg::WhyPersonal,
            Self::Comment => Msg::WhyComment,
            Self::Empty => Msg::WhyEmpty,
            Self::Chosen => Msg::WhyChosen,
            Self::Words => Msg::WhyWords,
            Self::Weight => Msg::WhyWeight,
            Self::Group => Msg::WhyGroup,
            Self::Tool => Msg::WhyTool,
            Self::Trait => Msg::WhyTrait,
            Self::Aggregated => Msg::WhyAggregated,
            Self::Row => Msg::WhyRow,
            Self::Choices => Msg::WhyChoices,
            Self::Ticked => Msg::WhyTicked,
            Self::Shares => Msg::WhyShares,
            Self::Averages => Msg::WhyAverages,
            Self::Unrated => Msg::WhyUnrated,
            Self::Counted => Msg::WhyCounted,
            Self::Coded => Msg::WhyCoded,
            Self::Respondent => Msg::WhyRespondent,
            Self::YesNo => Msg::WhyYesNo,
            Self::SmallGroups => Msg::WhySmallGroups,
            Self::LongNames => Msg::WhyLongNames,
            Self::Repeated => Msg::WhyRepeated,
        }
    }
}

impl OpenQuestion {
    /// Returns the open question for the user.
    pub fn message(self, lang: Lang) -> String {
        match self {
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

impl ColumnValue {
    /// Returns the value with its number of occurrences, and its first line.
    pub fn message(&self, lang: Lang) -> String {
        let line = self.lines.first().copied().unwrap_or_default();
        Msg::WordListed
            .text_with(lang, &[("text", &self.text), ("n", &format_count(self.count)), ("line", &line)])
    }
}

impl Says {
    /// Returns the answer to a doubt about a column, in a word or two.
    pub fn message(self, doubt: OpenQuestion, lang: Lang) -> String {
        let code = match doubt {
            OpenQuestion::Past(code) => code.to_string(),
            OpenQuestion::Zero => "0".to_owned(),
            _ => String::new(),
        };
        match self {
            Self::NoAnswer if code.is_empty() => Msg::SaysWordsNoAnswer.text(lang).to_owned(),
            Self::NoAnswer => Msg::SaysNoAnswer.text_with(lang, &[("code", &code)]),
            Self::Answer => Msg::SaysAnswer.text_with(lang, &[("code", &code)]),
            Self::LowIsGood => Msg::LowIsGoodShort.text(lang).to_owned(),
            Self::HighIsGood => Msg::SaysHighIsGood.text(lang).to_owned(),
            Self::Wide => match doubt {
                OpenQuestion::Wider(low, high) => format!("{low}–{high}"),
                _ => Msg::SaysWide.text(lang).to_owned(),
            },
            Self::LeaveOut => Msg::SaysLeaveOut.text(lang).to_owned(),
            Self::DayFirst => Msg::OrderDayFirst.text(lang).to_owned(),
            Self::MonthFirst => Msg::OrderMonthFirst.text(lang).to_owned(),
            Self::Same => Msg::SaysSame.text(lang).to_owned(),
            Self::Counts => Msg::SaysCounts.text(lang).to_owned(),
            Self::Shares => Msg::SaysShares.text(lang).to_owned(),
            Self::Keep => Msg::SaysKeep.text(lang).to_owned(),
            Self::Other => match doubt {
                OpenQuestion::Ends(low, high) | OpenQuestion::Declared(low, high) => format!("{low}–{high}"),
                OpenQuestion::Middle => Msg::SaysMiddle.text(lang).to_owned(),
                _ => Msg::SaysFiveSteps.text(lang).to_owned(),
            },
            Self::OneIsYes => Msg::SaysOneIsYes.text(lang).to_owned(),
            Self::Ascending => Msg::SaysAscending.text(lang).to_owned(),
            Self::Descending => Msg::SaysDescending.text(lang).to_owned(),
            Self::Weight(_) => Msg::SaysWeight.text(lang).to_owned(),
            Self::NoWeight => Msg::SaysNoWeight.text(lang).to_owned(),
            Self::Once => Msg::SaysOnce.text(lang).to_owned(),
            Self::All => Msg::SaysAllRows.text(lang).to_owned(),
        }
    }
}

impl ScoreOrigin {
    /// Returns the file's name, and a note if it was an aggregated table.
    pub fn file_label(&self, lang: Lang) -> String {
        if self.aggregated {
            format!("{} ({})", self.file, Msg::Aggregated.text(lang))
        } else {
            self.file.clone()
        }
    }
}

impl Caution {
    /// Returns the caution as a sentence; `name` returns the name of a driver.
    pub fn message(&self, lang: Lang, name: impl Fn(usize) -> String) -> String {
        match self {
            Self::Thin { needed } => Msg::CautionThin.text_with(lang, &[("n", &format_count(*needed))]),
            Self::Constant(driver) => Msg::CautionConstant.text_with(lang, &[("name", &name(*driver))]),
            Self::Collinear { drivers, condition } => {
                let names: Vec<String> = drivers.iter().map(|driver| name(*driver)).collect();
                let arguments: [(&str, &dyn std::fmt::Display); 2] =
                    [("names", &names.join(", ")), ("condition", &format_figure(*condition, 1))];
                Msg::CautionCollinear.text_with(lang, &arguments)
            }
        }
    }
}

impl NoDrivers {
    /// Returns the reason why no shares can be computed.
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::NoDriver => Msg::NoDriver.text(lang).to_owned(),
            Self::TooFew { n, needed } => Msg::DriversTooFew
                .text_with(lang, &[("n", &format_count(n)), ("needed", &format_count(needed))]),
            Self::ConstantOutcome => Msg::OutcomeConstant.text(lang).to_owned(),
        }
    }
}

impl Reject {
    /// Returns the reason why cells do not count.
    pub fn message(self, lang: Lang) -> String {
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

impl TableError {
    /// Returns the problem with the file, its place, and a remedy.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => Msg::ReadFailed.text_with(lang, &[("problem", error)]),
            Self::NotAFile => Msg::NotAFile.text(lang).to_owned(),
            Self::Empty => Msg::FileEmpty.text(lang).to_owned(),
            Self::NoRows => Msg::NoRows.text(lang).to_owned(),
            Self::NotATable => Msg::NotATable.text(lang).to_owned(),
            Self::Foreign(format) => format.to_message().text(lang).to_owned(),
            Self::SeveralTables { names } => {
                Msg::ArchiveSeveral.text_with(lang, &[("names", &list_names(names, lang))])
            }
            Self::NoTableInArchive { names } => {
                Msg::ArchiveNoTable.text_with(lang, &[("names", &list_names(names, lang))])
            }
            Self::EncryptedMember { name } => Msg::ArchiveEncrypted.text_with(lang, &[("name", name)]),
            Self::PackedOtherwise { name } => Msg::ArchivePacked.text_with(lang, &[("name", name)]),
            Self::EndsEarly => Msg::FileEndsEarly.text(lang).to_owned(),
            Self::Changed => Msg::FileChangedMeanwhile.text(lang).to_owned(),
            Self::Encoding { line, column, encoding } => Msg::NotEncoding
                .text_with(lang, &[("line", line), ("column", column), ("encoding", encoding)]),
            Self::Columns { found } => Msg::TooManyColumns.text_with(
                lang,
                &[("n", &format_count(*found as u64)), ("limit", &format_count(COLUMNS as u64))],
            ),
            Self::Long { line } => Msg::CellTooLong.text_with(lang, &[("line", line)]),
            Self::OpenQuote { line } => Msg::OpenQuote.text_with(lang, &[("line", line)]),
            Self::NoSheet { name, names } => {
                Msg::NoSheet.text_with(lang, &[("name", name), ("names", &names.join(", "))])
            }
            Self::Damaged(problem) => Msg::WorkbookDamaged.text_with(lang, &[("problem", problem)]),
            Self::Refused(limit) => limit.to_message().text(lang).to_owned(),
            Self::Helper(error) => error.message(lang),
            Self::Cancelled => Msg::ImportCancelled.text(lang).to_owned(),
        }
    }
}

/// Describes a formula in a sentence: the answers that count, and the scale.
pub fn formula_words(lang: Lang, formula: &Formula) -> String {
    let low = format_figure(formula.low, 1);
    let high = format_figure(formula.high, 1);
    let threshold = format_figure(formula.top_box_threshold(), 1);
    let best = formula.is_top_box(formula.high);
    let (from, to) = if best { (&threshold, &high) } else { (&low, &threshold) };
    let message = match formula.kind {
        MetricKind::Nps if formula.is_of_groups() => Msg::FormulaNpsGroups,
        MetricKind::Nps => Msg::FormulaNps,
        MetricKind::Csat if from == to => Msg::FormulaCsatOne,
        MetricKind::Csat => Msg::FormulaCsat,
        MetricKind::Ces if formula.share => Msg::FormulaCesShare,
        MetricKind::Ces => Msg::FormulaCesMean,
        MetricKind::Mean => Msg::FormulaMean,
    };
    message.text_with(lang, &[("from", from), ("to", to), ("low", &low), ("high", &high)])
}

/// Returns the number of answers that a score rests on, in words.
pub fn n_words(lang: Lang, n: Option<u64>) -> String {
    n.map_or_else(
        || Msg::UnknownN.text(lang).to_owned(),
        |n| Msg::CountN.text_with(lang, &[("n", &format_count(n))]),
    )
}

/// The length of [`hatched_words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HatchedForm {
    /// A sentence.
    Sentence,
    /// A few signs, where there is little room.
    Short,
}

/// Describes the shown scores that are drawn hatched: those of fewer than `small_n` answers, or of an unknown
/// number.
pub fn hatched_words(lang: Lang, overlay: &Overlay, (small_n, form): (u64, HatchedForm)) -> String {
    let unknown = overlay.scores.values().any(|target| target.score.is_of_unknown_n);
    let message = match (form, unknown) {
        (HatchedForm::Sentence, true) => Msg::SmallOrUnknown,
        (HatchedForm::Sentence, false) => Msg::SmallSample,
        (HatchedForm::Short, true) => Msg::SmallOrUnknownShort,
        (HatchedForm::Short, false) => Msg::SmallSampleShort,
    };
    message.text_with(lang, &[("n", &small_n)])
}

/// Formats a score for tables: 51.4 %, 34, 3.9.
pub fn figure_of(formula: &Formula, value: f64, lang: Lang) -> String {
    match formula.kind {
        _ if formula.is_share() => format_percent(lang, value / 100.0, 1),
        MetricKind::Nps => format_decimal(value, 1),
        MetricKind::Csat | MetricKind::Ces | MetricKind::Mean => format_decimal(value, 2),
    }
}

impl Limit {
    /// Returns the name of the exceeded limit.
    fn to_message(self) -> Msg {
        match self {
            Self::Parts => Msg::LimitParts,
            Self::Unpacked => Msg::LimitUnpacked,
            Self::Cells => Msg::LimitCells,
            Self::Doctype => Msg::LimitDoctype,
            Self::Depth => Msg::LimitDepth,
            Self::Text => Msg::LimitText,
        }
    }
}

impl HelperError {
    /// Returns the failure of the process, and a remedy.
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotStarted(problem) | Self::Told(problem) => {
                Msg::OldWorkbook.text_with(lang, &[("problem", problem)])
            }
            Self::Died => Msg::OldWorkbookDied.text(lang).to_owned(),
            Self::Late => Msg::OldWorkbookLate.text(lang).to_owned(),
        }
    }
}

/// Describes the baseline of shown scores and how differences are judged; `None` if they are not compared.
pub fn compared_words(project: &Project, overlay: &Overlay, lang: Lang) -> Option<String> {
    let name = against_word(project, overlay.choice.against.as_ref()?, lang);
    let proven = overlay.changes.of.values().filter(|change| change.is_proven());
    let all = overlay.changes.of.len();
    let proven = proven.count();
    let chance = format_figure(overlay.changes.by_chance(), 1);
    let told: [(&str, &dyn std::fmt::Display); 4] =
        [("name", &name), ("proven", &proven), ("all", &all), ("chance", &chance)];
    Some(Msg::ComparedWith.text_with(lang, &told))
}

/// Returns the name of a baseline.
pub fn against_word(project: &Project, against: &ScoreBaseline, lang: Lang) -> String {
    match against {
        ScoreBaseline::Wave(wave) => {
            project.waves().get(wave).map(|wave| wave.label.clone()).unwrap_or_default()
        }
        ScoreBaseline::Segment(segment) => segment.value.clone(),
        ScoreBaseline::Rest => Msg::TheRest.text(lang).to_owned(),
        ScoreBaseline::Belief => Msg::CompanyBelief.text(lang).to_owned(),
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
