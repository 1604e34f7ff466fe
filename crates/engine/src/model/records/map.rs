//! The records of a map: the journey with its rows and columns, and what is placed on it.

use crate::id::{ChannelId, EvidenceId, Id, ImageId, JourneyId, Kind, LaneId, PersonaId, StageId, StepId};
use crate::model::FieldLabel;
use crate::model::choice::{
    ChoiceList, Existence, Initiator, JourneyState, LaneKind, MomentKind, Visibility,
};
use crate::model::field::Aspect::{Place, Score, Words};
use crate::model::field::MergeGroup;
use crate::model::field::NumberUnit::{Minutes, Share, Signed};
use crate::model::privacy::PrivacyClass::{FreeText, NamesPeople, ProgramWords};
use crate::model::privacy::ProgramWordList::InsightKinds;
use crate::model::range::{AMOUNT, FEELING, LEVEL, RATING, SHARE};
use crate::model::record::record;
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// A customer journey: the steps one kind of customer goes through to reach a goal.
    JourneyInfo(JourneyId) named by TITLE {
        /// Order key among the journeys.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The journey's title.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The goal or scenario.
        #[field(GOAL, FieldLabel::Goal, holds_words(FreeText), of_aspect(Words))]
        goal: String = String::new(),
        /// As-is, to-be or hypothesis.
        #[field(STATE, FieldLabel::State)]
        state: JourneyState = JourneyState::AsIs,
        /// The journey that this one was copied from, such as the as-is journey of a to-be one.
        #[field(ORIGIN, FieldLabel::MadeFrom)]
        origin: Option<JourneyId> = None,
        /// The personas whose journey it is; empty means every persona of the project.
        #[field(PERSONAS, FieldLabel::Personas, empty_means(FieldLabel::Everyone))]
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// The sources of its claims.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// A phase of a journey, named as the customer would.
    Stage(StageId) named by TITLE {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// Order key among the stages.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The stage's name.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The customer's aim in this stage, in the customer's words.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
    }
}

record! {
    /// One column of a stage.
    Step(StepId) {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The stage it belongs to.
        #[field(STAGE, FieldLabel::Stage, merged_with(MergeGroup::Place))]
        stage: StageId,
        /// Order key among the stage's steps.
        #[field(KEY, FieldLabel::PlaceInOrder, merged_with(MergeGroup::Place))]
        key: OrderKey,
        ---
    }
}

record! {
    /// One row of a journey.
    Lane(LaneId) named by TITLE {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// Order key among the lanes.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        /// The kind of its content.
        #[field(KIND, FieldLabel::Kind)]
        kind: LaneKind,
        ---
        /// The lane's own name; empty shows the name of its kind.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// For touchpoint lanes: the channel whose touchpoints it holds.
        #[field(CHANNEL, FieldLabel::Channel)]
        channel: Option<ChannelId> = None,
        /// For insight lanes: the kinds it holds by name ("pain", "opportunity"…); empty means all.
        #[field(ONLY, FieldLabel::KindsShown, holds_words(ProgramWords(InsightKinds)),
            names_choices(ChoiceList::NoteKind))]
        only: BTreeSet<String> = BTreeSet::new(),
        /// True if it is drawn as a thin strip.
        #[field(FOLDED, FieldLabel::Folded)]
        folded: bool = false,
    }
}

record! {
    /// One meeting of customer and company, or (in blueprint lanes) one activity of the company for it.
    Touchpoint(TouchpointId) named by TITLE {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The column that holds it.
        #[field(STEP, FieldLabel::Step, merged_with(MergeGroup::Place))]
        step: StepId,
        /// Order key among the cards of its column and lane.
        #[field(KEY, FieldLabel::PlaceInOrder, merged_with(MergeGroup::Place))]
        key: OrderKey,
        ---
        /// The touchpoint's name.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The events at the touchpoint, in detail.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The lane that holds it; `None` means the first touchpoint lane.
        #[field(LANE, FieldLabel::Lane, of_aspect(Place))]
        lane: Option<LaneId> = None,
        /// The channels it happens in, the main one first.
        #[field(CHANNELS, FieldLabel::Channels)]
        channels: Vec<ChannelId> = Vec::new(),
        /// The personas who take the step; empty means every persona of the journey.
        #[field(PERSONAS, FieldLabel::Personas, empty_means(FieldLabel::Everyone))]
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// The party that starts it.
        #[field(INITIATOR, FieldLabel::StartedBy)]
        initiator: Option<Initiator> = None,
        /// The kind of moment of truth, if it is one.
        #[field(MOMENT, FieldLabel::MomentOfTruth)]
        moment: Option<MomentKind> = None,
        /// The reason why it is one, or the team's own name for it.
        #[field(MOMENT_WHY, FieldLabel::Why, holds_words(FreeText), of_aspect(Words))]
        moment_why: String = String::new(),
        /// Each persona's feeling there, -2 (very bad) to 2 (very good).
        #[field(FEELINGS, FieldLabel::Feeling, in_range(FEELING), in_unit(Signed), of_aspect(Score))]
        feelings: BTreeMap<PersonaId, f64> = BTreeMap::new(),
        /// Usefulness, 0 to 3.
        #[field(USEFUL, FieldLabel::Useful, in_range(RATING), of_aspect(Score))]
        useful: Option<u8> = None,
        /// Usability, 0 to 3.
        #[field(USABLE, FieldLabel::Usable, in_range(RATING), of_aspect(Score))]
        usable: Option<u8> = None,
        /// Meaningfulness, 0 to 3.
        #[field(MEANINGFUL, FieldLabel::Meaningful, in_range(RATING), of_aspect(Score))]
        meaningful: Option<u8> = None,
        /// Importance to the customer, 1 to 5.
        #[field(IMPORTANCE, FieldLabel::Importance, in_range(LEVEL), of_aspect(Score))]
        importance: Option<u8> = None,
        /// The customer's effort, 1 to 5.
        #[field(EFFORT, FieldLabel::CustomerEffort, in_range(LEVEL), of_aspect(Score))]
        effort: Option<u8> = None,
        /// The customer's waiting time there, in minutes.
        #[field(WAIT, FieldLabel::Wait, asked_as(FieldLabel::WaitInMinutes), in_range(AMOUNT), in_unit(Minutes))]
        wait: Option<f64> = None,
        /// The person or team responsible for it.
        #[field(OWNER, FieldLabel::Owner, holds_words(NamesPeople))]
        owner: String = String::new(),
        /// Front stage or back stage: visible to the customer or not.
        #[field(VISIBILITY, FieldLabel::Visibility)]
        visibility: Visibility = Visibility::Front,
        /// Existing or only planned.
        #[field(EXISTENCE, FieldLabel::Existence)]
        existence: Existence = Existence::Exists,
        /// The sources of its claims.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// A picture placed in a picture lane.
    Picture(PictureId) named by TITLE {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The step or stage it is placed under.
        #[field(AT, FieldLabel::Under, refers_to(&[Kind::Step, Kind::Stage]), merged_with(MergeGroup::Place))]
        at: Id,
        /// Order key among the pictures of that step or stage.
        #[field(KEY, FieldLabel::PlaceInOrder, merged_with(MergeGroup::Place))]
        key: OrderKey,
        /// The image it shows.
        #[field(IMAGE, FieldLabel::Picture)]
        image: ImageId,
        ---
        /// The lane that holds it; `None` means the first picture lane.
        #[field(LANE, FieldLabel::Lane, of_aspect(Place))]
        lane: Option<LaneId> = None,
        /// The caption.
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
    }
}

record! {
    /// A text in a text lane.
    Cell(CellId) named by TEXT {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The lane that holds it.
        #[field(LANE, FieldLabel::Lane, merged_with(MergeGroup::Place))]
        lane: LaneId,
        /// The step or stage it is placed under.
        #[field(AT, FieldLabel::Under, refers_to(&[Kind::Step, Kind::Stage]), merged_with(MergeGroup::Place))]
        at: Id,
        ---
        /// The text.
        #[field(TEXT, FieldLabel::Text, holds_words(FreeText), of_aspect(Words))]
        text: String = String::new(),
    }
}

record! {
    /// A directed link from a stage or touchpoint to the next. Loops back are normal.
    Flow(FlowId) named by CONDITION {
        /// The journey it belongs to.
        #[field(JOURNEY, FieldLabel::Journey)]
        journey: JourneyId,
        /// The touchpoint or stage it leaves.
        #[field(FROM, FieldLabel::From, refers_to(&[Kind::Touchpoint, Kind::Stage]), merged_with(MergeGroup::Ends))]
        from: Id,
        /// The touchpoint or stage it leads to.
        #[field(TO, FieldLabel::To, refers_to(&[Kind::Touchpoint, Kind::Stage]), merged_with(MergeGroup::Ends))]
        to: Id,
        ---
        /// The condition under which customers take it; empty for none.
        #[field(CONDITION, FieldLabel::Condition, holds_words(FreeText), of_aspect(Words))]
        condition: String = String::new(),
        /// Share of customers who take it, 0 to 1.
        #[field(SHARE, FieldLabel::Share, asked_as(FieldLabel::FlowShare), in_range(SHARE), in_unit(Share))]
        share: Option<f64> = None,
        /// Number of customers who take it in a period.
        #[field(VOLUME, FieldLabel::Volume, in_range(AMOUNT))]
        volume: Option<f64> = None,
        /// Its duration, in minutes.
        #[field(WAIT, FieldLabel::Wait, asked_as(FieldLabel::WaitInMinutes), in_range(AMOUNT), in_unit(Minutes))]
        wait: Option<f64> = None,
        /// The sources of its figures.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}
