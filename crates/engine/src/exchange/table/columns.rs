//! The columns of the table: their names, and recognizing the header of a table that people made.

use crate::i18n::{Lang, Msg, Worded};
use crate::model::Touchpoint;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind};

/// The content of a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TableColumn {
    /// The stage's title; a blank cell means the stage of the row above.
    Stage,
    /// The number of the step in its stage, from 1.
    Step,
    /// The touchpoint's title.
    Touchpoint,
    /// The description of the touchpoint; in a stage's own row, the customer's goal.
    Description,
    /// The lane of the card.
    Lane,
    /// Its channels.
    Channels,
    /// The personas who take the step, one a line.
    Personas,
    /// The kind of moment of truth.
    Moment,
    /// The reason why it is one.
    Why,
    /// A persona's feeling, -2 to 2.
    Feeling(String),
    /// Insights of a kind, one a line.
    Insights(InsightKind),
    /// Improvements of a kind, one a line.
    Improvements(ImprovementKind),
    /// The text of a lane: its kind and title.
    Text(LaneKind, String),
    /// The score that customers give.
    Score,
    /// The formula of the score.
    Metric,
    /// The number of answers that it rests on.
    Answers,
}

/// The kinds of lanes whose texts have a column.
pub(super) const TEXTS: [LaneKind; 4] =
    [LaneKind::Doing, LaneKind::Thinking, LaneKind::Text, LaneKind::PhysicalEvidence];

impl TableColumn {
    /// The columns before those of feelings.
    pub(super) const FIRST: [Self; 9] = [
        Self::Stage,
        Self::Step,
        Self::Touchpoint,
        Self::Description,
        Self::Lane,
        Self::Channels,
        Self::Personas,
        Self::Moment,
        Self::Why,
    ];
    /// The columns behind all others.
    pub(super) const LAST: [Self; 3] = [Self::Score, Self::Metric, Self::Answers];

    /// Returns the columns of insights and improvements.
    pub(super) fn insight_and_improvement_columns() -> impl Iterator<Item = Self> {
        let improvements = ImprovementKind::ALL.iter().map(|kind| Self::Improvements(*kind));
        InsightKind::ALL.iter().map(|kind| Self::Insights(*kind)).chain(improvements)
    }

    /// Returns the header in a language.
    pub(super) fn header_text(&self, lang: Lang) -> String {
        match self {
            Self::Feeling(persona) => format!("{}: {persona}", self.header_message().text(lang)),
            Self::Text(kind, title) => lane_name(*kind, title, lang),
            _ => self.header_message().text(lang).to_owned(),
        }
    }

    fn header_message(&self) -> Msg {
        match self {
            Self::Stage => Msg::Stage,
            Self::Step => Msg::Step,
            Self::Touchpoint => Msg::Touchpoint,
            Self::Description => Touchpoint::DESCRIPTION.words.label.display_name(),
            Self::Lane => Touchpoint::LANE.words.label.display_name(),
            Self::Channels => Touchpoint::CHANNELS.words.label.display_name(),
            Self::Personas => Touchpoint::PERSONAS.words.label.display_name(),
            Self::Moment => Touchpoint::MOMENT.words.label.display_name(),
            Self::Why => Touchpoint::MOMENT_WHY.words.label.display_name(),
            Self::Feeling(_) => Touchpoint::FEELINGS.words.label.display_name(),
            Self::Insights(InsightKind::Pain) => Msg::Pains,
            Self::Insights(InsightKind::Gain) => Msg::Gains,
            Self::Insights(InsightKind::Need) => Msg::Needs,
            Self::Insights(InsightKind::Quote) => Msg::Quotes,
            Self::Insights(InsightKind::Question) => Msg::OpenQuestion,
            Self::Insights(InsightKind::Note) => Msg::Notes,
            Self::Improvements(ImprovementKind::Opportunity) => Msg::Opportunities,
            Self::Improvements(ImprovementKind::Solution) => Msg::Solutions,
            Self::Text(kind, _) => kind.display_name(),
            Self::Score => Msg::Score,
            Self::Metric => Msg::Metric,
            Self::Answers => Msg::AnswerCount,
        }
    }

    /// Returns other names of the column, folded.
    fn synonyms(&self) -> &'static [&'static str] {
        match self {
            Self::Stage => &["stages", "phase", "phases", "旅程阶段", "环节"],
            Self::Step => &["steps", "steporder", "stepno", "order", "序号", "顺序", "步骤序号"],
            Self::Touchpoint => &["touchpoints", "activity", "activities", "触点", "客户触点", "活动"],
            Self::Description => &["details", "descriptions", "描述", "详情"],
            Self::Lane => &["lanes", "swimlane"],
            Self::Channels => &["channel"],
            Self::Personas => &["persona", "who", "actor", "actors"],
            Self::Moment => &["momentsoftruth", "mot", "真实时刻"],
            Self::Why => &["reason", "理由"],
            Self::Insights(InsightKind::Pain) => &["pain", "pains", "painpoint"],
            Self::Insights(InsightKind::Gain) => &["gain", "爽点收益点", "收益点", "亮点"],
            Self::Insights(InsightKind::Need) => &["need"],
            Self::Insights(InsightKind::Quote) => &["quote", "客户之声", "原话"],
            Self::Insights(InsightKind::Question) => &["question", "questions", "openquestions", "问题"],
            Self::Insights(InsightKind::Note) => &["note", "remarks", "comment", "comments"],
            Self::Improvements(ImprovementKind::Opportunity) => &["opportunity", "机会"],
            Self::Improvements(ImprovementKind::Solution) => &["solution", "解决方案", "措施"],
            Self::Score => &["scores", "评分"],
            Self::Answers => &["n", "samplesize", "样本量"],
            Self::Feeling(_) => &["feelings", "emotion", "emotions", "mood", "情感", "心情"],
            Self::Text(LaneKind::Doing, _) => &["actions", "customeractions", "客户行为"],
            Self::Text(LaneKind::Thinking, _) => &["thoughts", "客户想法"],
            Self::Metric | Self::Text(..) => &[],
        }
    }

    /// Returns the column that a header names, in either language.
    pub(super) fn from_header(header: &str) -> Option<Self> {
        let (word, rest) = header.split_once([':', '：']).unwrap_or((header, ""));
        let title = rest.trim();
        let named = TEXTS.map(|kind| Self::Text(kind, title.to_owned()));
        let named = named.into_iter().chain([Self::Feeling(title.to_owned())]);
        let plain = Self::FIRST.into_iter().chain(Self::insight_and_improvement_columns()).chain(Self::LAST);
        let folded = fold_word(word);
        let plain = if title.is_empty() { Some(plain) } else { None };
        plain.into_iter().flatten().chain(named).find(|column| column.is_called(&folded))
    }

    fn is_called(&self, word: &str) -> bool {
        let own = Lang::ALL.map(|lang| fold_word(self.header_message().text(lang)));
        own.iter().any(|own| own == word) || self.synonyms().contains(&word)
    }
}

/// Names a lane: its kind, and its title if it has one.
pub(super) fn lane_name(kind: LaneKind, title: &str, lang: Lang) -> String {
    let word = kind.display_name().text(lang);
    if title.is_empty() { word.to_owned() } else { format!("{word}: {title}") }
}

/// Returns the lane of cards that a cell names: its kind and title. A name without a kind is the title of a
/// touchpoint lane.
pub(super) fn card_lane(cell: &str) -> (LaneKind, &str) {
    let (word, rest) = cell.split_once([':', '：']).unwrap_or((cell, ""));
    let word = fold_word(word);
    let is = |kind: &LaneKind| {
        fold_word(kind.name()) == word
            || Lang::ALL.iter().any(|lang| fold_word(kind.display_name().text(*lang)) == word)
    };
    LaneKind::OF_CARDS
        .into_iter()
        .find(is)
        .map_or((LaneKind::Touchpoints, cell.trim()), |kind| (kind, rest.trim()))
}

/// Returns the letters and digits of a word, in small letters.
pub(super) fn fold_word(word: &str) -> String {
    word.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
