//! The records of version 1, field by field: frozen, independent of changes of the model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use ron::error::SpannedError;
use serde::de::{Error, MapAccess};

use super::leaf::{Leaf, Unknown};
use super::row::{FieldName, FileRecord, differs_from_default, fields, parse, pass_over, read_field, row};
use crate::id::{
    AboutId, AnswerId, BatchId, CellId, ChannelId, EvidenceId, FlowId, Id, ImageId, ImprovementId, InsightId,
    JourneyId, LaneId, MetricId, PersonaId, PictureId, ProjectId, QuestionId, RecipeId, StageId, StepId,
    TouchpointId, WaveId,
};
use crate::model;
use crate::model::choice::{
    BusinessValue, Delimiter, Direction, Existence, ImprovementKind, Initiator, InsightKind, JourneyState,
    LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility,
};
use crate::model::counts::Counts;
use crate::model::recipe::ColumnRule;
use crate::order::OrderKey;
use crate::store::text::Out;

row! {
    ProjectInfo = model::ProjectInfo {
        id: ProjectId,
        ---
        title: String = String::new(),
        description: String = String::new(),
        note: String = String::new(),
    }
}

row! {
    JourneyInfo = model::JourneyInfo {
        id: JourneyId,
        key: OrderKey,
        ---
        title: String = String::new(),
        goal: String = String::new(),
        state: JourneyState = JourneyState::AsIs,
        origin: Option<JourneyId> = None,
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    Stage = model::Stage {
        id: StageId,
        journey: JourneyId,
        key: OrderKey,
        ---
        title: String = String::new(),
        description: String = String::new(),
    }
}

row! {
    Step = model::Step {
        id: StepId,
        journey: JourneyId,
        stage: StageId,
        key: OrderKey,
        ---
    }
}

row! {
    Lane = model::Lane {
        id: LaneId,
        journey: JourneyId,
        key: OrderKey,
        kind: LaneKind,
        ---
        title: String = String::new(),
        channel: Option<ChannelId> = None,
        only: BTreeSet<String> = BTreeSet::new(),
        folded: bool = false,
    }
}

row! {
    Touchpoint = model::Touchpoint {
        id: TouchpointId,
        journey: JourneyId,
        step: StepId,
        key: OrderKey,
        ---
        title: String = String::new(),
        description: String = String::new(),
        lane: Option<LaneId> = None,
        channels: Vec<ChannelId> = Vec::new(),
        personas: BTreeSet<PersonaId> = BTreeSet::new(),
        initiator: Option<Initiator> = None,
        moment: Option<MomentKind> = None,
        moment_why: String = String::new(),
        feelings: BTreeMap<PersonaId, f64> = BTreeMap::new(),
        useful: Option<u8> = None,
        usable: Option<u8> = None,
        meaningful: Option<u8> = None,
        importance: Option<u8> = None,
        effort: Option<u8> = None,
        wait: Option<f64> = None,
        owner: String = String::new(),
        visibility: Visibility = Visibility::Front,
        existence: Existence = Existence::Exists,
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    Insight = model::Insight {
        id: InsightId,
        journey: JourneyId,
        key: OrderKey,
        kind: InsightKind,
        ---
        title: String = String::new(),
        description: String = String::new(),
        severity: Option<u8> = None,
        level: Option<PainLevel> = None,
        persona: Option<PersonaId> = None,
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    Picture = model::Picture {
        id: PictureId,
        journey: JourneyId,
        at: Id,
        key: OrderKey,
        image: ImageId,
        ---
        lane: Option<LaneId> = None,
        title: String = String::new(),
    }
}

row! {
    Cell = model::Cell {
        id: CellId,
        journey: JourneyId,
        lane: LaneId,
        at: Id,
        ---
        text: String = String::new(),
    }
}

row! {
    Flow = model::Flow {
        id: FlowId,
        journey: JourneyId,
        from: Id,
        to: Id,
        ---
        condition: String = String::new(),
        share: Option<f64> = None,
        volume: Option<f64> = None,
        wait: Option<f64> = None,
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    About = model::About {
        id: AboutId,
        journey: JourneyId,
        from: Id,
        to: Id,
        ---
    }
}

row! {
    Answer = model::Answer {
        id: AnswerId,
        from: ImprovementId,
        to: Id,
        ---
    }
}

row! {
    Improvement = model::Improvement {
        id: ImprovementId,
        key: OrderKey,
        kind: ImprovementKind,
        ---
        title: String = String::new(),
        description: String = String::new(),
        value: Option<BusinessValue> = None,
        impact: Option<u8> = None,
        effort: Option<u8> = None,
        confidence: Option<u8> = None,
        owner: String = String::new(),
        due: Option<Date> = None,
        status: Status = Status::Idea,
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    Persona = model::Persona {
        id: PersonaId,
        key: OrderKey,
        ---
        name: String = String::new(),
        description: String = String::new(),
        goals: String = String::new(),
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        assumption: bool = false,
    }
}

row! {
    Channel = model::Channel {
        id: ChannelId,
        key: OrderKey,
        ---
        name: String = String::new(),
        icon: String = String::new(),
    }
}

row! {
    Question = model::Question {
        id: QuestionId,
        key: OrderKey,
        ---
        text: String = String::new(),
        aliases: BTreeSet<String> = BTreeSet::new(),
        target: Option<Id> = None,
        low: f64 = 1.0,
        high: f64 = 5.0,
        direction: Direction = Direction::HighIsGood,
        words: BTreeMap<String, f64> = BTreeMap::new(),
        missing: BTreeSet<String> = BTreeSet::new(),
        metric: Option<MetricId> = None,
        belief: Option<f64> = None,
    }
}

row! {
    Metric = model::Metric {
        id: MetricId,
        key: OrderKey,
        kind: MetricKind,
        ---
        name: String = String::new(),
        boxes: u8 = 2,
        share: bool = false,
        small_n: u64 = 30,
    }
}

row! {
    Wave = model::Wave {
        id: WaveId,
        key: OrderKey,
        ---
        label: String = String::new(),
        from: Option<Date> = None,
        to: Option<Date> = None,
    }
}

row! {
    Batch = model::Batch {
        id: BatchId,
        file: String,
        hash: String,
        imported: Date,
        rows: u64,
        counts: Arc<Counts>,
        ---
        recipe: Option<RecipeId> = None,
        aggregated: bool = false,
        overlapping: BTreeSet<String> = BTreeSet::new(),
        first: Option<Date> = None,
        last: Option<Date> = None,
        left_out: u64 = 0,
    }
}

row! {
    Recipe = model::Recipe {
        id: RecipeId,
        name: String,
        ---
        encoding: Option<String> = None,
        delimiter: Option<Delimiter> = None,
        decimal_comma: Option<bool> = None,
        header_rows: Option<u8> = None,
        sheet: Option<String> = None,
        columns: Vec<ColumnRule> = Vec::new(),
    }
}

row! {
    Evidence = model::Evidence {
        id: EvidenceId,
        key: OrderKey,
        ---
        source: String = String::new(),
        date: Option<Date> = None,
        n: Option<u64> = None,
        note: String = String::new(),
    }
}

row! {
    Image = model::Image {
        id: ImageId,
        hash: String,
        width: u64,
        height: u64,
        bytes: Arc<[u8]>,
        ---
    }
}
