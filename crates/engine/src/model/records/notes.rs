//! Insights and improvements, with their links to the elements they are about and to each other.

use crate::i18n::Msg;
use crate::id::{EvidenceId, Id, ImprovementId, JourneyId, Kind, PersonaId};
use crate::model::choice::{BusinessValue, ImprovementKind, InsightKind, PainLevel, Status};
use crate::model::field::Aspect::{Score, Words};
use crate::model::field::MergeGroup;
use crate::model::privacy::PrivacyClass::{FreeText, NamesPeople};
use crate::model::range::LEVEL;
use crate::model::record::record;
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::BTreeSet;

record! {
    /// A pain, gain, need, quote, question or note.
    Insight(InsightId) named by TITLE {
        /// The journey it belongs to.
        #[field(JOURNEY, Msg::Journey)]
        journey: JourneyId,
        /// Order key among the insights.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        /// Its kind.
        #[field(KIND, Msg::Kind)]
        kind: InsightKind,
        ---
        /// The insight in a few words.
        #[field(TITLE, Msg::Text, asked_as(Msg::Title), holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The insight in detail.
        #[field(DESCRIPTION, Msg::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// For pains: 1 (slight) to 5 (customers leave).
        #[field(SEVERITY, Msg::Severity, in_range(LEVEL), of_aspect(Score))]
        severity: Option<u8> = None,
        /// For pains: the level that it reaches.
        #[field(LEVEL, Msg::Level)]
        level: Option<PainLevel> = None,
        /// The persona whose insight it is.
        #[field(PERSONA, Msg::Persona)]
        persona: Option<PersonaId> = None,
        /// The sources it is based on.
        #[field(EVIDENCE, Msg::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, Msg::Assumption, asked_as(Msg::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// An opportunity (a possibility to improve) or a solution (a concrete change).
    Improvement(ImprovementId) named by TITLE {
        /// Order key among the improvements.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        /// Opportunity or solution.
        #[field(KIND, Msg::Kind)]
        kind: ImprovementKind,
        ---
        /// The improvement in a few words.
        #[field(TITLE, Msg::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The improvement in detail.
        #[field(DESCRIPTION, Msg::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The kind of its value to the business.
        #[field(VALUE, Msg::BusinessValue)]
        value: Option<BusinessValue> = None,
        /// The size of its effect, 1 to 5.
        #[field(IMPACT, Msg::Impact, in_range(LEVEL), of_aspect(Score))]
        impact: Option<u8> = None,
        /// The cost, 1 to 5.
        #[field(EFFORT, Msg::Effort, in_range(LEVEL), of_aspect(Score))]
        effort: Option<u8> = None,
        /// The team's confidence, 1 to 5.
        #[field(CONFIDENCE, Msg::Confidence, in_range(LEVEL), of_aspect(Score))]
        confidence: Option<u8> = None,
        /// The person or team responsible for it.
        #[field(OWNER, Msg::Owner, holds_words(NamesPeople))]
        owner: String = String::new(),
        /// The due date.
        #[field(DUE, Msg::Due)]
        due: Option<Date> = None,
        /// Its progress.
        #[field(STATUS, Msg::Status)]
        status: Status = Status::Idea,
        /// The sources it is based on.
        #[field(EVIDENCE, Msg::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, Msg::Assumption, asked_as(Msg::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// Links an insight, improvement or picture to the element that it is about.
    About(AboutId) {
        /// The journey of the target.
        #[field(JOURNEY, Msg::Journey)]
        journey: JourneyId,
        /// The insight, improvement or picture.
        #[field(FROM, Msg::From,
            refers_to(&[Kind::Insight, Kind::Improvement, Kind::Picture]), merged_with(MergeGroup::Ends))]
        from: Id,
        /// The touchpoint, stage, step or flow it is about.
        #[field(TO, Msg::To,
            refers_to(&[Kind::Touchpoint, Kind::Stage, Kind::Step, Kind::Flow]), merged_with(MergeGroup::Ends))]
        to: Id,
        ---
    }
}

record! {
    /// Links an opportunity to a pain or need it answers, or a solution to an opportunity it serves.
    Answer(AnswerId) {
        /// The opportunity or solution.
        #[field(FROM, Msg::From, merged_with(MergeGroup::Ends))]
        from: ImprovementId,
        /// The pain or need, or the opportunity.
        #[field(TO, Msg::To, refers_to(&[Kind::Insight, Kind::Improvement]), merged_with(MergeGroup::Ends))]
        to: Id,
        ---
    }
}
