//! The map that is measured: N cards in 1.3·√N columns, spread over channel lanes, flows along the rows,
//! two lines of text a card.

use engine::edit::{Op, apply_op};
use engine::id::{ChannelId, FlowId, Id, IdSource, JourneyId, LaneId, StageId, StepId, TouchpointId};
use engine::model::choice::LaneKind;
use engine::model::{Channel, Flow, JourneyInfo, Lane, Project, Record, Stage, Step, Touchpoint};
use engine::order::OrderKey;

/// Channel lanes of the map.
const LANES: usize = 8;
/// Columns of a stage.
const STAGE: usize = 8;
const TITLES: [&str; 5] = [
    "Look up the opening hours",
    "Compare the two offers",
    "Ask a colleague for advice",
    "Wait for the confirmation",
    "Pick up the parcel nearby",
];

/// A project with one journey of so many cards.
pub(crate) struct Sample {
    /// The project.
    pub(crate) project: Project,
    /// Its journey.
    pub(crate) journey: JourneyId,
    /// Its cards, column by column.
    pub(crate) cards: Vec<TouchpointId>,
    /// Its columns.
    pub(crate) steps: Vec<StepId>,
}

struct Builder {
    project: Project,
    journey: JourneyId,
    source: IdSource,
}

impl Builder {
    fn put(&mut self, record: impl Into<Record>) {
        apply_op(&mut self.project, &Op::Insert(record.into())).expect("a record of the sample fits");
    }

    fn lanes(&mut self) -> Vec<(LaneId, ChannelId)> {
        let keys = OrderKey::spread_evenly(LANES, &mut self.source);
        keys.into_iter().enumerate().map(|(index, key)| self.lane(index, key)).collect()
    }

    fn lane(&mut self, index: usize, key: OrderKey) -> (LaneId, ChannelId) {
        let lane = LaneId::new(&mut self.source);
        let channel = ChannelId::new(&mut self.source);
        self.put(Channel { name: format!("Channel {}", index + 1), ..Channel::new(channel, key.clone()) });
        self.put(Lane {
            channel: Some(channel),
            ..Lane::new(lane, self.journey, key, LaneKind::Touchpoints)
        });
        (lane, channel)
    }

    fn steps(&mut self, columns: usize) -> Vec<StepId> {
        let stages = OrderKey::spread_evenly(columns.div_ceil(STAGE), &mut self.source);
        let keys = OrderKey::spread_evenly(columns, &mut self.source);
        let mut steps = Vec::with_capacity(columns);
        for (index, (key, columns)) in stages.into_iter().zip(keys.chunks(STAGE)).enumerate() {
            let stage = StageId::new(&mut self.source);
            self.put(Stage { title: format!("Stage {}", index + 1), ..Stage::new(stage, self.journey, key) });
            for key in columns {
                let step = StepId::new(&mut self.source);
                self.put(Step::new(step, self.journey, stage, key.clone()));
                steps.push(step);
            }
        }
        steps
    }

    fn card(&mut self, index: usize, step: StepId, key: OrderKey, lane: (LaneId, ChannelId)) -> TouchpointId {
        let id = TouchpointId::new(&mut self.source);
        let title = format!("{} {index}", TITLES[index % TITLES.len()]);
        let (lane_id, channel) = lane;
        let lane = Some(lane_id);
        let channels = vec![channel];
        self.put(Touchpoint { title, lane, channels, ..Touchpoint::new(id, self.journey, step, key) });
        id
    }

    fn flow(&mut self, from: TouchpointId, to: TouchpointId) {
        let id = FlowId::new(&mut self.source);
        self.put(Flow::new(id, self.journey, Id::from(from), Id::from(to)));
    }
}

/// Makes the map of `count` cards, the same each time.
pub(crate) fn sample(count: usize) -> Sample {
    let mut source = IdSource::from_seed(count as u64);
    let project = Project::new_empty(&mut source);
    let journey = JourneyId::new(&mut source);
    let mut builder = Builder { project, journey, source };
    let key = OrderKey::new_after(None, &mut builder.source);
    builder.put(JourneyInfo { title: format!("{count} touchpoints"), ..JourneyInfo::new(journey, key) });
    let columns = (1.3 * (count as f64).sqrt()).ceil() as usize;
    let rows = count.div_ceil(columns);
    let lanes = builder.lanes();
    let steps = builder.steps(columns);
    let keys = OrderKey::spread_evenly(rows, &mut builder.source);
    let mut cards = Vec::with_capacity(count);
    for index in 0..count {
        let column = index / rows;
        let row = index % rows;
        cards.push(builder.card(index, steps[column], keys[row].clone(), lanes[row * LANES / rows]));
        if column > 0 {
            builder.flow(cards[index - rows], cards[index]);
        }
    }
    Sample { project: builder.project, journey, cards, steps }
}
