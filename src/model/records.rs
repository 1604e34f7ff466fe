//! The records a project is made of. Order among siblings is always (`key`, `id`).

use super::choice::{
    BusinessValue, Delimiter, Direction, Existence, ImprovementKind, Initiator, InsightKind, JourneyState,
    LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
};
use super::counts::Counts;
use super::recipe::ColumnRule;
use super::record::record;
use crate::id::{
    ChannelId, EvidenceId, Id, ImageId, ImprovementId, JourneyId, LaneId, MetricId, PersonaId, RecipeId,
    StageId, StepId,
};
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

record! {
    /// The project itself; there is exactly one.
    ProjectInfo(ProjectId) {
        ---
        /// The project's title.
        title: String = String::new(),
        /// What the project is about.
        description: String = String::new(),
        /// Where the content comes from, such as "invented example".
        note: String = String::new(),
    }
}

record! {
    /// A customer journey: the steps one kind of customer goes through to reach a goal.
    JourneyInfo(JourneyId) {
        /// Place among the journeys.
        key: OrderKey,
        ---
        /// The journey's title.
        title: String = String::new(),
        /// The goal or scenario.
        goal: String = String::new(),
        /// As it is, as it shall be, or supposed.
        state: JourneyState = JourneyState::AsIs,
        /// The journey that it was copied from, such as the one that is from the one that shall be.
        origin: Option<JourneyId> = None,
        /// Whose journey it is; empty means every persona of the project.
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// Where its claims come from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A phase of a journey, named as the customer would.
    Stage(StageId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Place among the stages.
        key: OrderKey,
        ---
        /// The stage's name.
        title: String = String::new(),
        /// The customer's aim in this stage, in the customer's words.
        description: String = String::new(),
    }
}

record! {
    /// One column of a stage.
    Step(StepId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The stage it belongs to.
        stage: StageId,
        /// Place among the stage's steps.
        key: OrderKey,
        ---
    }
}

record! {
    /// One row of a journey.
    Lane(LaneId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Place among the lanes.
        key: OrderKey,
        /// What it holds.
        kind: LaneKind,
        ---
        /// The lane's own name; empty shows the name of its kind.
        title: String = String::new(),
        /// For touchpoint lanes: the channel whose touchpoints it holds.
        channel: Option<ChannelId> = None,
        /// For insight lanes: the kinds it holds by name ("pain", "opportunity"…); empty means all.
        only: BTreeSet<String> = BTreeSet::new(),
        /// Drawn as a thin strip.
        folded: bool = false,
    }
}

record! {
    /// One meeting of customer and company, or (in blueprint lanes) what the company does for it.
    Touchpoint(TouchpointId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The column it stands in.
        step: StepId,
        /// Place among the cards of its column and lane.
        key: OrderKey,
        ---
        /// The touchpoint's name.
        title: String = String::new(),
        /// What happens there.
        description: String = String::new(),
        /// The lane it stands in; none means the first touchpoint lane.
        lane: Option<LaneId> = None,
        /// The channels it happens in, the main one first.
        channels: Vec<ChannelId> = Vec::new(),
        /// Who takes the step; empty means everyone of the journey.
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// Who starts it.
        initiator: Option<Initiator> = None,
        /// Which moment of truth it is, if any.
        moment: Option<MomentKind> = None,
        /// Why it is one, or the team's own name for it.
        moment_why: String = String::new(),
        /// Each persona's feeling there, -2 (very bad) to 2 (very good).
        feelings: BTreeMap<PersonaId, f64> = BTreeMap::new(),
        /// How useful it is, 0 to 3.
        useful: Option<u8> = None,
        /// How usable it is, 0 to 3.
        usable: Option<u8> = None,
        /// How meaningful it is, 0 to 3.
        meaningful: Option<u8> = None,
        /// How much it matters to the customer, 1 to 5.
        importance: Option<u8> = None,
        /// How much effort it takes the customer, 1 to 5.
        effort: Option<u8> = None,
        /// How long the customer waits there, in minutes.
        wait: Option<f64> = None,
        /// Who answers for it.
        owner: String = String::new(),
        /// Whether the customer sees it.
        visibility: Visibility = Visibility::Front,
        /// Whether it is there yet.
        existence: Existence = Existence::Exists,
        /// Where its claims come from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A pain, gain, need, quote, question or note.
    Insight(InsightId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Place among the insights.
        key: OrderKey,
        /// What it is.
        kind: InsightKind,
        ---
        /// The insight in a few words.
        title: String = String::new(),
        /// The details.
        description: String = String::new(),
        /// For pains: 1 (slight) to 5 (customers leave).
        severity: Option<u8> = None,
        /// For pains: how far it reaches.
        level: Option<PainLevel> = None,
        /// Whose insight it is.
        persona: Option<PersonaId> = None,
        /// Where it comes from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A picture placed in a picture lane.
    Picture(PictureId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The step or stage it stands under.
        at: Id,
        /// Place among the pictures there.
        key: OrderKey,
        /// The image it shows.
        image: ImageId,
        ---
        /// The lane it stands in; none means the first picture lane.
        lane: Option<LaneId> = None,
        /// What the picture shows.
        title: String = String::new(),
    }
}

record! {
    /// A text in a text lane.
    Cell(CellId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The lane it stands in.
        lane: LaneId,
        /// The step or stage it stands under.
        at: Id,
        ---
        /// The text.
        text: String = String::new(),
    }
}

record! {
    /// A directed link from a stage or touchpoint to the next. Loops back are normal.
    Flow(FlowId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Where it leaves.
        from: Id,
        /// Where it goes.
        to: Id,
        ---
        /// When customers take it.
        condition: String = String::new(),
        /// Share of customers who take it, 0 to 1.
        share: Option<f64> = None,
        /// Customers who take it in a period.
        volume: Option<f64> = None,
        /// How long it takes, in minutes.
        wait: Option<f64> = None,
        /// Where its figures come from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// Says what an insight, improvement or picture speaks of.
    About(AboutId) {
        /// The journey of what is spoken of.
        journey: JourneyId,
        /// The insight, improvement or picture.
        from: Id,
        /// The touchpoint, stage, step or flow spoken of.
        to: Id,
        ---
    }
}

record! {
    /// Says which pain or need an opportunity answers, or which opportunity a solution serves.
    Answer(AnswerId) {
        /// The opportunity or solution.
        from: ImprovementId,
        /// The pain or need, or the opportunity.
        to: Id,
        ---
    }
}

record! {
    /// An opportunity (what could be better) or a solution (a concrete change).
    Improvement(ImprovementId) {
        /// Place among the improvements.
        key: OrderKey,
        /// Opportunity or solution.
        kind: ImprovementKind,
        ---
        /// The improvement in a few words.
        title: String = String::new(),
        /// The details.
        description: String = String::new(),
        /// What it is worth to the business.
        value: Option<BusinessValue> = None,
        /// How much it would change, 1 to 5.
        impact: Option<u8> = None,
        /// What it would cost, 1 to 5.
        effort: Option<u8> = None,
        /// How sure the team is, 1 to 5.
        confidence: Option<u8> = None,
        /// Who answers for it.
        owner: String = String::new(),
        /// When it is due.
        due: Option<Date> = None,
        /// How far it has come.
        status: Status = Status::Idea,
        /// Where it comes from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A kind of customer, as a person.
    Persona(PersonaId) {
        /// Place among the personas.
        key: OrderKey,
        ---
        /// The persona's name.
        name: String = String::new(),
        /// Who this is, in a few words.
        description: String = String::new(),
        /// What the persona wants.
        goals: String = String::new(),
        /// Where the persona comes from.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// The team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A medium in which touchpoints happen.
    Channel(ChannelId) {
        /// Place among the channels.
        key: OrderKey,
        ---
        /// The channel's name.
        name: String = String::new(),
        /// The name of its icon, from the bundled icon font.
        icon: String = String::new(),
    }
}

record! {
    /// One thing asked of customers.
    Question(QuestionId) {
        /// Place among the questions.
        key: OrderKey,
        ---
        /// The question's text, or the column's name.
        text: String = String::new(),
        /// Column names under which it was seen.
        aliases: BTreeSet<String> = BTreeSet::new(),
        /// The touchpoint, stage or journey it asks about.
        target: Option<Id> = None,
        /// The lowest answer.
        low: f64 = 1.0,
        /// The highest answer.
        high: f64 = 5.0,
        /// Which end is good.
        direction: Direction = Direction::HighIsGood,
        /// Words that stand for a number.
        words: BTreeMap<String, f64> = BTreeMap::new(),
        /// Cells that mean no answer, beside blank ones.
        missing: BTreeSet<String> = BTreeSet::new(),
        /// How its answers become a score; none means what its scale suggests.
        metric: Option<MetricId> = None,
        /// The score that the company believes customers give, as the question's own metric tells it: percent,
        /// points, or a mean on the scale.
        belief: Option<f64> = None,
    }
}

record! {
    /// How answers become a score.
    Metric(MetricId) {
        /// Place among the metrics.
        key: OrderKey,
        /// The formula.
        kind: MetricKind,
        ---
        /// The metric's name; empty shows the name of its kind.
        name: String = String::new(),
        /// CSAT and CES shares: how many of the best answers count.
        boxes: u8 = 2,
        /// CES: the share of easy answers instead of the mean.
        share: bool = false,
        /// Under this many answers a score is drawn hatched.
        small_n: u64 = 30,
    }
}

record! {
    /// One period of feedback.
    Wave(WaveId) {
        /// Place among the waves.
        key: OrderKey,
        ---
        /// What it is called.
        label: String = String::new(),
        /// Its first day.
        from: Option<Date> = None,
        /// Its last day.
        to: Option<Date> = None,
    }
}

record! {
    /// One import of feedback; never changed, only inserted, replaced or removed.
    Batch(BatchId) {
        /// The name of the file it came from.
        file: String,
        /// The file's content hash.
        hash: String,
        /// The day of the import.
        imported: Date,
        /// Rows read.
        rows: u64,
        /// What was counted.
        counts: Arc<Counts>,
        ---
        /// How it was read.
        recipe: Option<RecipeId> = None,
        /// Whether the file held counts or shares instead of answers.
        aggregated: bool = false,
        /// Columns of segments whose groups overlap: a customer may be in several.
        overlapping: BTreeSet<String> = BTreeSet::new(),
        /// The day of the first answer, where the file tells days.
        first: Option<Date> = None,
        /// The day of the last answer.
        last: Option<Date> = None,
        /// Rows that were left out by the rules of the mapping; they are part of `rows`.
        left_out: u64 = 0,
    }
}

record! {
    /// A saved mapping of a file's columns, and how the file is read where a person said so; the rest is detected.
    Recipe(RecipeId) {
        /// What it is called.
        name: String,
        ---
        /// The name of the encoding.
        encoding: Option<String> = None,
        /// The character between cells.
        delimiter: Option<Delimiter> = None,
        /// Whether `3,5` is a number.
        decimal_comma: Option<bool> = None,
        /// The rows that hold names of columns.
        header_rows: Option<u8> = None,
        /// The sheet of a workbook.
        sheet: Option<String> = None,
        /// One rule per column.
        columns: Vec<ColumnRule> = Vec::new(),
    }
}

record! {
    /// A source that claims rest on.
    Evidence(EvidenceId) {
        /// Place among the sources.
        key: OrderKey,
        ---
        /// The source: a survey, an interview series, an analysis.
        source: String = String::new(),
        /// When it was made.
        date: Option<Date> = None,
        /// How many people or cases it rests on.
        n: Option<u64> = None,
        /// Remarks.
        note: String = String::new(),
    }
}

record! {
    /// An embedded image file, at most 1,600 pixels a side.
    Image(ImageId) {
        /// The file's content hash.
        hash: String,
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// The PNG, JPEG or WebP file.
        bytes: Arc<[u8]>,
        ---
    }
}
