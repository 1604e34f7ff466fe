//! The records that make up a project. Siblings are always ordered by (`key`, `id`).

use super::choice::{
    BusinessValue, Delimiter, Direction, Existence, ImprovementKind, Initiator, InsightKind, JourneyState,
    LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
};
use super::counts::Counts;
use super::range::{AMOUNT, ANSWER, FEELING, LEVEL, RATING, SHARE};
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
    /// The project's own record; there is exactly one.
    ProjectInfo(ProjectId) {
        ---
        /// The project's title.
        title: String as FreeText = String::new(),
        /// The project's subject.
        description: String as FreeText = String::new(),
        /// The origin of the content, such as "invented example".
        note: String as FreeText = String::new(),
    }
}

record! {
    /// A customer journey: the steps one kind of customer goes through to reach a goal.
    JourneyInfo(JourneyId) {
        /// Order key among the journeys.
        key: OrderKey,
        ---
        /// The journey's title.
        title: String as FreeText = String::new(),
        /// The goal or scenario.
        goal: String as FreeText = String::new(),
        /// As-is, to-be or hypothesis.
        state: JourneyState = JourneyState::AsIs,
        /// The journey that this one was copied from, such as the as-is journey of a to-be one.
        origin: Option<JourneyId> = None,
        /// The personas whose journey it is; empty means every persona of the project.
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// The sources of its claims.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A phase of a journey, named as the customer would.
    Stage(StageId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Order key among the stages.
        key: OrderKey,
        ---
        /// The stage's name.
        title: String as FreeText = String::new(),
        /// The customer's aim in this stage, in the customer's words.
        description: String as FreeText = String::new(),
    }
}

record! {
    /// One column of a stage.
    Step(StepId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The stage it belongs to.
        stage: StageId,
        /// Order key among the stage's steps.
        key: OrderKey,
        ---
    }
}

record! {
    /// One row of a journey.
    Lane(LaneId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Order key among the lanes.
        key: OrderKey,
        /// The kind of its content.
        kind: LaneKind,
        ---
        /// The lane's own name; empty shows the name of its kind.
        title: String as FreeText = String::new(),
        /// For touchpoint lanes: the channel whose touchpoints it holds.
        channel: Option<ChannelId> = None,
        /// For insight lanes: the kinds it holds by name ("pain", "opportunity"…); empty means all.
        only: BTreeSet<String> as ProgramWords(InsightKinds) = BTreeSet::new(),
        /// True if it is drawn as a thin strip.
        folded: bool = false,
    }
}

record! {
    /// One meeting of customer and company, or (in blueprint lanes) one activity of the company for it.
    Touchpoint(TouchpointId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The column that holds it.
        step: StepId,
        /// Order key among the cards of its column and lane.
        key: OrderKey,
        ---
        /// The touchpoint's name.
        title: String as FreeText = String::new(),
        /// The events at the touchpoint, in detail.
        description: String as FreeText = String::new(),
        /// The lane that holds it; `None` means the first touchpoint lane.
        lane: Option<LaneId> = None,
        /// The channels it happens in, the main one first.
        channels: Vec<ChannelId> = Vec::new(),
        /// The personas who take the step; empty means every persona of the journey.
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        /// The party that starts it.
        initiator: Option<Initiator> = None,
        /// The kind of moment of truth, if it is one.
        moment: Option<MomentKind> = None,
        /// The reason why it is one, or the team's own name for it.
        moment_why: String as FreeText = String::new(),
        /// Each persona's feeling there, -2 (very bad) to 2 (very good).
        feelings: BTreeMap<PersonaId, f64> [FEELING] = BTreeMap::new(),
        /// Usefulness, 0 to 3.
        useful: Option<u8> [RATING] = None,
        /// Usability, 0 to 3.
        usable: Option<u8> [RATING] = None,
        /// Meaningfulness, 0 to 3.
        meaningful: Option<u8> [RATING] = None,
        /// Importance to the customer, 1 to 5.
        importance: Option<u8> [LEVEL] = None,
        /// The customer's effort, 1 to 5.
        effort: Option<u8> [LEVEL] = None,
        /// The customer's waiting time there, in minutes.
        wait: Option<f64> [AMOUNT] = None,
        /// The person or team responsible for it.
        owner: String as NamesPeople = String::new(),
        /// Front stage or back stage: visible to the customer or not.
        visibility: Visibility = Visibility::Front,
        /// Existing or only planned.
        existence: Existence = Existence::Exists,
        /// The sources of its claims.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A pain, gain, need, quote, question or note.
    Insight(InsightId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// Order key among the insights.
        key: OrderKey,
        /// Its kind.
        kind: InsightKind,
        ---
        /// The insight in a few words.
        title: String as FreeText = String::new(),
        /// The insight in detail.
        description: String as FreeText = String::new(),
        /// For pains: 1 (slight) to 5 (customers leave).
        severity: Option<u8> [LEVEL] = None,
        /// For pains: the level that it reaches.
        level: Option<PainLevel> = None,
        /// The persona whose insight it is.
        persona: Option<PersonaId> = None,
        /// The sources it is based on.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A picture placed in a picture lane.
    Picture(PictureId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The step or stage it is placed under.
        at: Id,
        /// Order key among the pictures of that step or stage.
        key: OrderKey,
        /// The image it shows.
        image: ImageId,
        ---
        /// The lane that holds it; `None` means the first picture lane.
        lane: Option<LaneId> = None,
        /// The caption.
        title: String as FreeText = String::new(),
    }
}

record! {
    /// A text in a text lane.
    Cell(CellId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The lane that holds it.
        lane: LaneId,
        /// The step or stage it is placed under.
        at: Id,
        ---
        /// The text.
        text: String as FreeText = String::new(),
    }
}

record! {
    /// A directed link from a stage or touchpoint to the next. Loops back are normal.
    Flow(FlowId) {
        /// The journey it belongs to.
        journey: JourneyId,
        /// The touchpoint or stage it leaves.
        from: Id,
        /// The touchpoint or stage it leads to.
        to: Id,
        ---
        /// The condition under which customers take it; empty for none.
        condition: String as FreeText = String::new(),
        /// Share of customers who take it, 0 to 1.
        share: Option<f64> [SHARE] = None,
        /// Number of customers who take it in a period.
        volume: Option<f64> [AMOUNT] = None,
        /// Its duration, in minutes.
        wait: Option<f64> [AMOUNT] = None,
        /// The sources of its figures.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// Links an insight, improvement or picture to the element that it is about.
    About(AboutId) {
        /// The journey of the target.
        journey: JourneyId,
        /// The insight, improvement or picture.
        from: Id,
        /// The touchpoint, stage, step or flow it is about.
        to: Id,
        ---
    }
}

record! {
    /// Links an opportunity to a pain or need it answers, or a solution to an opportunity it serves.
    Answer(AnswerId) {
        /// The opportunity or solution.
        from: ImprovementId,
        /// The pain or need, or the opportunity.
        to: Id,
        ---
    }
}

record! {
    /// An opportunity (a possibility to improve) or a solution (a concrete change).
    Improvement(ImprovementId) {
        /// Order key among the improvements.
        key: OrderKey,
        /// Opportunity or solution.
        kind: ImprovementKind,
        ---
        /// The improvement in a few words.
        title: String as FreeText = String::new(),
        /// The improvement in detail.
        description: String as FreeText = String::new(),
        /// The kind of its value to the business.
        value: Option<BusinessValue> = None,
        /// The size of its effect, 1 to 5.
        impact: Option<u8> [LEVEL] = None,
        /// The cost, 1 to 5.
        effort: Option<u8> [LEVEL] = None,
        /// The team's confidence, 1 to 5.
        confidence: Option<u8> [LEVEL] = None,
        /// The person or team responsible for it.
        owner: String as NamesPeople = String::new(),
        /// The due date.
        due: Option<Date> = None,
        /// Its progress.
        status: Status = Status::Idea,
        /// The sources it is based on.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A kind of customer, as a person.
    Persona(PersonaId) {
        /// Order key among the personas.
        key: OrderKey,
        ---
        /// The persona's name.
        name: String as Numbered = String::new(),
        /// A short description.
        description: String as FreeText = String::new(),
        /// The persona's goals.
        goals: String as FreeText = String::new(),
        /// The sources that the persona is based on.
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        assumption: bool = false,
    }
}

record! {
    /// A medium in which touchpoints happen.
    Channel(ChannelId) {
        /// Order key among the channels.
        key: OrderKey,
        ---
        /// The channel's name.
        name: String as FreeText = String::new(),
        /// The name of its icon, from the bundled icon font.
        icon: String as ProgramWords(Icons) = String::new(),
    }
}

record! {
    /// One question asked of customers.
    Question(QuestionId) {
        /// Order key among the questions.
        key: OrderKey,
        ---
        /// The question's text, or the column's name.
        text: String as FreeText = String::new(),
        /// Column names of imported files that mean this question.
        aliases: BTreeSet<String> as FreeText = BTreeSet::new(),
        /// The touchpoint, stage or journey it asks about.
        target: Option<Id> = None,
        /// The lowest answer of the scale.
        low: f64 [ANSWER] = 1.0,
        /// The highest answer of the scale.
        high: f64 [ANSWER] = 5.0,
        /// The scale's good end.
        direction: Direction = Direction::HighIsGood,
        /// Words in cells, each with the number it means.
        words: BTreeMap<String, f64> as FreeText = BTreeMap::new(),
        /// Cells that mean no answer, beside blank ones.
        missing: BTreeSet<String> as FreeText = BTreeSet::new(),
        /// The metric that scores its answers; `None` means the one that its scale suggests.
        metric: Option<MetricId> = None,
        /// The score that the company believes customers give, in the unit of the question's own metric:
        /// percent, points, or a mean on the scale.
        belief: Option<f64> [ANSWER] = None,
    }
}

record! {
    /// The rules that turn answers into a score.
    Metric(MetricId) {
        /// Order key among the metrics.
        key: OrderKey,
        /// The kind of formula.
        kind: MetricKind,
        ---
        /// The metric's name; empty shows the name of its kind.
        name: String as FreeText = String::new(),
        /// CSAT and CES shares: number of best answers that count.
        boxes: u8 = 2,
        /// CES: true for the share of easy answers instead of the mean.
        share: bool = false,
        /// Minimum number of answers; a score of fewer is drawn hatched.
        small_n: u64 = 30,
    }
}

record! {
    /// One period of feedback.
    Wave(WaveId) {
        /// Order key among the waves.
        key: OrderKey,
        ---
        /// The wave's name.
        label: String as Period = String::new(),
        /// The first day of the period, if known.
        from: Option<Date> = None,
        /// The last day of the period, if known.
        to: Option<Date> = None,
    }
}

record! {
    /// One import of feedback; never changed, only inserted, replaced or removed.
    Batch(BatchId) {
        /// The name of the imported file.
        file: String as Numbered,
        /// The hash of the file's content.
        hash: String as ProgramWords(HexDigits),
        /// The day of the import.
        imported: Date,
        /// Number of rows read.
        rows: u64,
        /// The counts of answers.
        counts: Arc<Counts> as Groups,
        ---
        /// The mapping by which the file was read.
        recipe: Option<RecipeId> = None,
        /// True if the file held counts or shares instead of answers.
        aggregated: bool = false,
        /// Columns of segments whose groups overlap: a customer may be in several.
        overlapping: BTreeSet<String> as Groups = BTreeSet::new(),
        /// The day of the first answer, if the file has days.
        first: Option<Date> = None,
        /// The day of the last answer, if the file has days.
        last: Option<Date> = None,
        /// Rows left out by the rules of the mapping; they are part of `rows`.
        left_out: u64 = 0,
    }
}

record! {
    /// A saved mapping of a file's columns, with the parts of the file's format that a person set.
    Recipe(RecipeId) {
        /// The mapping's name.
        name: String as Internal,
        ---
        /// The name of the encoding; `None` to detect it.
        encoding: Option<String> as Internal = None,
        /// The character between cells; `None` to detect it.
        delimiter: Option<Delimiter> = None,
        /// True if `3,5` is a number; `None` to detect it.
        decimal_comma: Option<bool> = None,
        /// The number of rows that hold names of columns; `None` to detect it.
        header_rows: Option<u8> = None,
        /// The sheet of a workbook; `None` to detect it.
        sheet: Option<String> as Internal = None,
        /// The rules of the columns, one per column.
        columns: Vec<ColumnRule> as Internal = Vec::new(),
    }
}

record! {
    /// A source of claims.
    Evidence(EvidenceId) {
        /// Order key among the sources.
        key: OrderKey,
        ---
        /// The source: a survey, an interview series, an analysis.
        source: String as Attribution = String::new(),
        /// The date of the source.
        date: Option<Date> = None,
        /// Number of people or cases it covers.
        n: Option<u64> = None,
        /// Remarks.
        note: String as FreeText = String::new(),
    }
}

record! {
    /// An embedded image file, at most 1,600 pixels a side.
    Image(ImageId) {
        /// The file's content hash.
        hash: String as ProgramWords(HexDigits),
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// The PNG, JPEG or WebP file.
        bytes: Arc<[u8]> as Picture,
        ---
    }
}
