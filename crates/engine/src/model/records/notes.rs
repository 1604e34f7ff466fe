//! Insights and improvements, with their links to the elements they are about and to each other.

use crate::id::{EvidenceId, Id, ImprovementId, JourneyId, Kind, PersonaId};
use crate::model::FieldLabel;
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
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// Order key among the insights.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        /// Its kind.
        #[field(KIND, FieldLabel::Kind)]
        kind: InsightKind,
        ---
        /// The insight in a few words.
        #[field(TITLE, FieldLabel::Text, asked_as(FieldLabel::Title), holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The insight in detail.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// For pains: 1 (slight) to 5 (customers leave).
        #[field(SEVERITY, FieldLabel::Severity, in_range(LEVEL), of_aspect(Score))]
        severity: Option<u8> = None,
        /// For pains: the level that it reaches.
        #[field(LEVEL, FieldLabel::Level)]
        level: Option<PainLevel> = None,
        /// The persona whose insight it is.
        #[field(PERSONA, FieldLabel::Persona)]
        persona: Option<PersonaId> = None,
        /// The sources it is based on.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// An opportunity (a possibility to improve) or a solution (a concrete change).
    Improvement(ImprovementId) named by TITLE {
        /// Order key among the improvements.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        /// Opportunity or solution.
        #[field(KIND, FieldLabel::Kind)]
        kind: ImprovementKind,
        ---
        /// The improvement in a few words.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The improvement in detail.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The kind of its value to the business.
        #[field(VALUE, FieldLabel::BusinessValue)]
        value: Option<BusinessValue> = None,
        /// The size of its effect, 1 to 5.
        #[field(IMPACT, FieldLabel::Impact, in_range(LEVEL), of_aspect(Score))]
        impact: Option<u8> = None,
        /// The cost, 1 to 5.
        #[field(EFFORT, FieldLabel::Effort, in_range(LEVEL), of_aspect(Score))]
        effort: Option<u8> = None,
        /// The team's confidence, 1 to 5.
        #[field(CONFIDENCE, FieldLabel::Confidence, in_range(LEVEL), of_aspect(Score))]
        confidence: Option<u8> = None,
        /// The person or team responsible for it.
        #[field(OWNER, FieldLabel::Owner, holds_words(NamesPeople))]
        owner: String = String::new(),
        /// The due date.
        #[field(DUE, FieldLabel::Due)]
        due: Option<Date> = None,
        /// Its progress.
        #[field(STATUS, FieldLabel::Status)]
        status: Status = Status::Idea,
        /// The sources it is based on.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// Links an insight, improvement or picture to the element that it is about.
    About(AboutId) {
        /// The journey of the target.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The insight, improvement or picture.
        #[field(FROM, FieldLabel::From,
            refers_to(&[Kind::Insight, Kind::Improvement, Kind::Picture]), merged_with(MergeGroup::Ends))]
        from: Id,
        /// The touchpoint, stage, step or flow it is about.
        #[field(TO, FieldLabel::To,
            refers_to(&[Kind::Touchpoint, Kind::Stage, Kind::Step, Kind::Flow]), merged_with(MergeGroup::Ends))]
        to: Id,
        ---
    }
}

record! {
    /// Links an opportunity to a pain or need it answers, or a solution to an opportunity it serves.
    Answer(AnswerId) {
        /// The opportunity or solution.
        #[field(FROM, FieldLabel::From, merged_with(MergeGroup::Ends))]
        from: ImprovementId,
        /// The pain or need, or the opportunity.
        #[field(TO, FieldLabel::To, refers_to(&[Kind::Insight, Kind::Improvement]), merged_with(MergeGroup::Ends))]
        to: Id,
        ---
    }
}
