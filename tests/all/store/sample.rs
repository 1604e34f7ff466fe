//! Projects with every kind of record and any field set to any allowed value, the same for the same seed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::edit::{Op, apply_op};
use engine::id::{
    AboutId, AnswerId, BatchId, CellId, ChannelId, EvidenceId, FlowId, Id, IdSource, ImageId, ImprovementId,
    InsightId, JourneyId, LaneId, MetricId, PersonaId, PictureId, QuestionId, RecipeId, StageId, StepId,
    TouchpointId, WaveId,
};
use engine::model::choice::{Direction, ImprovementKind, InsightKind, LaneKind, MetricKind};
use engine::model::counts::{Answer, CountKey, Counts, Histogram, Moments, Pairs, Segment, WeightSum};
use engine::model::recipe::{ColumnRole, ColumnRule, DateOrder, WaveSplit};
use engine::model::value::{Atom, FieldValue};
use engine::model::{self, Project, ProjectInfo, Record, Typed};
use engine::order::OrderKey;

const TEXTS: &[&str] = &[
    "Compare fares",
    "值机柜台：等待时间太长！",
    "",
    "two\nlines\r\nand a\ttab",
    "\"quoted\" \\ (brackets] } // no comment /* nor this",
    "hidden \u{202e}order\u{200b} \u{feff}\u{0}\u{7f}\u{85}\u{2028}",
    "👩‍👩‍👧 fa\u{301}mily",
    "csat",
    "shop",
    "pain",
    "2026-11-22",
    "start",
    "zero",
];
const NUMBERS: &[f64] =
    &[0.0, 1.0, 3.0, 0.25, -1.5, 1e300, -5e-324, 0.1, 9_007_199_254_740_993.0, 255.0, 3e15];

fn pick<'a, T>(source: &mut IdSource, list: &'a [T]) -> &'a T {
    &list[(source.next_u64() % list.len() as u64) as usize]
}

fn text(source: &mut IdSource) -> String {
    (*pick(source, TEXTS)).to_owned()
}

/// Returns a project with two journeys and `rounds` records of every kind, their fields at random.
pub(crate) fn project(seed: u64, rounds: usize) -> Project {
    let source = &mut IdSource::from_seed(seed);
    let mut project = Project::new_empty(source);
    for field in ProjectInfo::FIELDS {
        let info = Record::ProjectInfo(Arc::clone(project.info()));
        let to = FieldValue::Text(text(source));
        if let Some(op) = Op::set_field(&info, field, to) {
            apply_op(&mut project, &op).unwrap();
        }
    }
    let journeys = [JourneyId::new(source), JourneyId::new(source)];
    for id in journeys {
        put(&mut project, model::JourneyInfo::new(id, key(source)), source);
    }
    for _ in 0..rounds {
        let journey = *pick(source, &journeys);
        put_parts(&mut project, journey, source);
        put_own(&mut project, source);
    }
    project
}

fn key(source: &mut IdSource) -> OrderKey {
    OrderKey::new_after(None, source)
}

fn put_parts(project: &mut Project, journey: JourneyId, source: &mut IdSource) {
    let stage = StageId::new(source);
    let step = StepId::new(source);
    let lane = LaneId::new(source);
    let card = TouchpointId::new(source);
    let insight = InsightId::new(source);
    let image = ImageId::new(source);
    put(project, model::Stage::new(stage, journey, key(source)), source);
    put(project, model::Step::new(step, journey, stage, key(source)), source);
    put(project, model::Lane::new(lane, journey, key(source), LaneKind::Doing), source);
    put(project, model::Touchpoint::new(card, journey, step, key(source)), source);
    put(project, model::Insight::new(insight, journey, key(source), InsightKind::Pain), source);
    put(project, model::Cell::new(CellId::new(source), journey, lane, step.into()), source);
    put(project, model::Flow::new(FlowId::new(source), journey, card.into(), stage.into()), source);
    put(project, model::About::new(AboutId::new(source), journey, insight.into(), card.into()), source);
    put(
        project,
        model::Picture::new(PictureId::new(source), journey, step.into(), key(source), image),
        source,
    );
    let improvement = ImprovementId::new(source);
    put(project, model::Improvement::new(improvement, key(source), ImprovementKind::Solution), source);
    put(project, model::Answer::new(AnswerId::new(source), improvement, insight.into()), source);
    let bytes: Arc<[u8]> = vec![0, 255, 7, 34].into();
    put(project, model::Image::new(image, "hash".to_owned(), 4, 1, bytes), source);
}

fn put_own(project: &mut Project, source: &mut IdSource) {
    put(project, model::Persona::new(PersonaId::new(source), key(source)), source);
    put(project, model::Channel::new(ChannelId::new(source), key(source)), source);
    put(project, model::Question::new(QuestionId::new(source), key(source)), source);
    put(project, model::Metric::new(MetricId::new(source), key(source), MetricKind::Ces), source);
    put(project, model::Wave::new(WaveId::new(source), key(source)), source);
    put(project, model::Recipe::new(RecipeId::new(source), text(source)), source);
    put(project, model::Evidence::new(EvidenceId::new(source), key(source)), source);
    let file = "answers.csv".to_owned();
    let hash = "0f3a".to_owned();
    let day = "2026-11-22".parse().unwrap();
    put(project, model::Batch::new(BatchId::new(source), file, hash, day, 12, counts(source)), source);
}

/// Adds a record after trying some other value on each of its fields.
fn put(project: &mut Project, record: impl Into<Record>, source: &mut IdSource) {
    let mut record = record.into();
    for field in record.fields().iter().filter(|field| !field.is_home_journey()) {
        for _ in 0..source.next_u64() % 12 {
            let value = any_value(source);
            record = record.with_field(field, &value).unwrap_or(record);
        }
    }
    apply_op(project, &Op::Insert(record)).unwrap();
}

fn any_value(source: &mut IdSource) -> FieldValue {
    let persona = FieldValue::Id(PersonaId::new(source).into());
    match source.next_u64() % 12 {
        0 => FieldValue::Nothing,
        1 => FieldValue::Flag(source.next_u64().is_multiple_of(2)),
        2 | 3 => FieldValue::Number(*pick(source, NUMBERS)),
        4 | 5 => FieldValue::Text(text(source)),
        6 => FieldValue::Id(any_id(source)),
        7 => FieldValue::List(vec![
            FieldValue::Id(ChannelId::new(source).into()),
            FieldValue::Id(ChannelId::new(source).into()),
        ]),
        8 => {
            FieldValue::Set(BTreeSet::from([FieldValue::Text(text(source)), FieldValue::Text(text(source))]))
        }
        9 => FieldValue::Set(BTreeSet::from([FieldValue::Id(EvidenceId::new(source).into()), persona])),
        10 => FieldValue::Map(BTreeMap::from([(persona, FieldValue::Number(*pick(source, NUMBERS)))])),
        _ => match source.next_u64() % 3 {
            0 => FieldValue::Counts(counts(source)),
            1 => vec![rule(source), rule(source)].to_value(),
            _ => FieldValue::Map(BTreeMap::from([(
                FieldValue::Text(text(source)),
                FieldValue::Number(*pick(source, NUMBERS)),
            )])),
        },
    }
}

fn any_id(source: &mut IdSource) -> Id {
    match source.next_u64() % 6 {
        0 => StepId::new(source).into(),
        1 => EvidenceId::new(source).into(),
        2 => LaneId::new(source).into(),
        3 => PersonaId::new(source).into(),
        4 => MetricId::new(source).into(),
        _ => TouchpointId::new(source).into(),
    }
}

fn rule(source: &mut IdSource) -> ColumnRule {
    ColumnRule {
        role: *pick(source, ColumnRole::ALL),
        target: text(source),
        low: *pick(source, NUMBERS),
        direction: *pick(source, Direction::ALL),
        words: BTreeMap::from([(text(source), *pick(source, NUMBERS))]),
        missing: BTreeSet::from([text(source), text(source)]),
        aliases: BTreeSet::from([text(source)]),
        name: text(source),
        driver: source.next_u64() & 1 == 0,
        wave: *pick(source, WaveSplit::ALL),
        order: *pick(source, DateOrder::ALL),
        crossed: BTreeSet::from([text(source)]),
        separator: text(source),
        ask: BTreeSet::from([text(source)]),
        ..ColumnRule::ignore_column(text(source))
    }
}

fn counts(source: &mut IdSource) -> Arc<Counts> {
    let mut counts = Counts::default();
    for _ in 0..source.next_u64() % 4 {
        let segment = Segment { column: text(source), value: text(source) };
        let key = CountKey { question: QuestionId::new(source), wave: WaveId::new(source), segment };
        let answers = (0..source.next_u64() % 6).filter_map(|_| Answer::new(*pick(source, NUMBERS)));
        let answers: BTreeMap<_, _> = answers.map(|answer| (answer, 1 + (1 << 20))).collect();
        let weights =
            answers.keys().map(|answer| (*answer, WeightSum::of_one(source.next_u64() >> 20))).collect();
        let weights = if source.next_u64() & 1 == 0 { weights } else { BTreeMap::new() };
        let missing = source.next_u64() % 3;
        let rejected = source.next_u64() % 2;
        let shares: BTreeMap<_, _> =
            answers.keys().map(|answer| (*answer, source.next_u64() >> 44)).collect();
        let shares = if source.next_u64() & 1 == 0 { shares } else { BTreeMap::new() };
        let parts: BTreeMap<_, _> = answers.keys().map(|answer| (*answer, source.next_u64() >> 44)).collect();
        let parts = if source.next_u64() & 1 == 0 { parts } else { BTreeMap::new() };
        counts.histograms.insert(key, Histogram { answers, weights, missing, rejected, shares, parts });
    }
    if source.next_u64() & 1 == 0 {
        let drivers = vec![QuestionId::new(source), QuestionId::new(source)];
        let products = vec![1 << 70, 2, -3, 4, 0, i128::from(source.next_u64())];
        let moments = Moments {
            n: source.next_u64() >> 30,
            weight: WeightSum::default(),
            sums: vec![-1, 2, 3],
            products,
        };
        let weight = WeightSum::of_one(source.next_u64() >> 30);
        let weighted =
            (moments.n > 0 && source.next_u64() & 1 == 0).then(|| Moments { weight, ..moments.clone() });
        counts
            .pairs
            .insert((QuestionId::new(source), WaveId::new(source)), Pairs { drivers, moments, weighted });
    }
    Arc::new(counts)
}
