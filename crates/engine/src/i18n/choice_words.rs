//! The interface word for each choice of the model's closed lists and for each kind of record.

use super::Msg;
use crate::id::Kind;
use crate::model::choice::{
    BusinessValue, ChoiceList, ColumnRole, DateOrder, Delimiter, Direction, Existence, ImprovementKind,
    Initiator, InsightKind, JourneyState, LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
    WaveSplit,
};
use crate::model::{FieldLabel, field_labels};

/// A choice that the interface shows by name.
pub trait Worded: Copy + PartialEq + 'static {
    /// Returns all choices, in the order in which the interface offers them.
    fn all_choices() -> &'static [Self];
    /// Returns the message with the choice's name.
    fn display_name(self) -> Msg;
}

macro_rules! worded {
    ($($type:ident { $($variant:ident $msg:ident),+ $(,)? })+) => {$(
        impl Worded for $type {
            fn all_choices() -> &'static [Self] {
                &[$(Self::$variant,)+]
            }
            fn display_name(self) -> Msg {
                match self { $(Self::$variant => Msg::$msg,)+ }
            }
        }
    )+};
}

worded! {
    JourneyState { AsIs AsIs, ToBe ToBe, Hypothesis Hypothesis }
    LaneKind {
        Touchpoints LaneTouchpoints, Doing LaneDoing, Thinking LaneThinking, Feeling LaneFeeling,
        Scores LaneScores, Insights LaneInsights, Pictures LanePictures, Text LaneText,
        PhysicalEvidence LanePhysicalEvidence, FrontStage LaneFrontStage, BackStage LaneBackStage,
        Support LaneSupport,
    }
    InsightKind { Pain Pain, Gain Gain, Need Need, Quote Quote, Question OpenQuestion, Note Note }
    PainLevel { Interaction LevelInteraction, Journey LevelJourney, Relationship LevelRelationship }
    ImprovementKind { Opportunity Opportunity, Solution Solution }
    MomentKind {
        Zero MomentZero, First MomentFirst, Second MomentSecond, Third MomentThird,
        Ultimate MomentUltimate, Own MomentOwn,
    }
    Initiator { Customer Customer, Company Company, Partner Partner }
    Visibility { Front FrontStage, Back BackStage }
    Existence { Exists Exists, Planned Planned }
    BusinessValue { Acquisition Acquisition, Retention Retention, Efficiency Efficiency }
    Status { Idea StatusIdea, Planned StatusPlanned, Started StatusStarted, Done StatusDone, Dropped StatusDropped }
    MetricKind { Nps Nps, Csat Csat, Ces Ces, Mean Mean }
    Direction { HighIsGood HighIsGood, LowIsGood LowIsGood }
    ColumnRole {
        Ignore RoleIgnore, Touchpoint RoleTouchpoint, Stage RoleStage, Journey RoleJourney, Segment RoleSegment,
        Choices RoleChoices, Date RoleDate, Weight RoleWeight, Names RoleNames, Count RoleCount,
        AnswerCount RoleAnswerCount, AnswerShare RoleAnswerShare, Respondent RoleRespondent,
    }
    Delimiter { Comma DelimiterComma, Semicolon DelimiterSemicolon, Tab DelimiterTab, Pipe DelimiterPipe }
    WaveSplit { Month SplitMonth, Quarter SplitQuarter, Year SplitYear, All SplitAll }
    DateOrder { YearFirst OrderYearFirst, DayFirst OrderDayFirst, MonthFirst OrderMonthFirst }
    Kind {
        Project Project, Journey Journey, Stage Stage, Step Step, Lane Lane, Touchpoint Touchpoint, Insight Insight,
        Picture Picture, Cell Cell, Flow Flow, About About, Answer Answers, Improvement Improvement,
        Persona Persona, Channel Channel, Question SurveyQuestion, Metric Metric, Wave Wave, Batch Batch,
        Recipe Recipe, Evidence Evidence, Image Picture,
    }
}

macro_rules! word_labels {
    ($($label:ident)+) => { worded! { FieldLabel { $($label $label,)+ } } };
}

field_labels! { word_labels }

/// Returns the word for the choice with this name in files.
pub fn find_choice_word(list: ChoiceList, name: &str) -> Option<Msg> {
    macro_rules! find {
        ($($type:ident)+) => {
            match list {
                $(ChoiceList::$type => name.parse().ok().map(<$type>::display_name),)+
                ChoiceList::NoteKind => {
                    let kind = name.parse().ok().map(InsightKind::display_name);
                    kind.or_else(|| name.parse().ok().map(ImprovementKind::display_name))
                }
            }
        };
    }
    find! {
        JourneyState LaneKind InsightKind PainLevel ImprovementKind MomentKind Initiator Visibility Existence
        BusinessValue Status MetricKind Direction ColumnRole Delimiter WaveSplit DateOrder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::store::load::load_project;
    use std::collections::BTreeSet;

    #[test]
    fn lists_are_offered_whole_and_in_the_order_of_the_model() {
        assert_eq!(LaneKind::all_choices(), LaneKind::ALL);
        assert_eq!(InsightKind::all_choices(), InsightKind::ALL);
        assert_eq!(Status::all_choices(), Status::ALL);
        assert_eq!(ColumnRole::all_choices(), ColumnRole::ALL);
        assert_eq!(Kind::all_choices(), Kind::ALL);
    }

    #[test]
    fn every_field_has_a_label_in_every_language() {
        let file = include_bytes!("../../../../tests/data/v1/everything.ron");
        let project = load_project(file).expect("it opens").project;
        let mut kinds = BTreeSet::new();
        for record in project.records().filter(|record| kinds.insert(record.id().kind())) {
            for field in record.fields() {
                assert_eq!(field.kind, record.id().kind(), "{field}");
                for (label, lang) in
                    Lang::ALL.into_iter().flat_map(|lang| [(field.words.label, lang), (field.prompt, lang)])
                {
                    let has_words =
                        label != FieldLabel::OtherField && !label.display_name().text(lang).is_empty();
                    assert!(has_words, "{} {field}", record.type_name());
                }
            }
        }
        assert_eq!(kinds.len(), Kind::ALL.len());
    }
}
