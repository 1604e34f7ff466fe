//! Tests laws of layout: the same journey gives the same picture, nothing overlaps, nothing is cut, nothing
//! is lost.

use crate::common;

use common::{below, pick, random_edit, random_project};
use engine::edit::apply_all;
use engine::edit::command::{rename_record, set_field};
use engine::export::svg::{SvgOptions, write_scene};
use engine::feedback::overlay::{Overlay, TargetScore};
use engine::feedback::score::{Formula, compute_score};
use engine::i18n::Lang;
use engine::id::{Id, IdSource, JourneyId, Kind, PersonaId, QuestionId};
use engine::layout::measure::{FontMeasure, Measure};
use engine::layout::{LayoutRequest, Layouter, TextExtent, layout_once};
use engine::model::choice::LaneKind;
use engine::model::counts::{Answer, Histogram};
use engine::model::value::{Atom, FieldValue};
use engine::model::{Cell, Flow, Journey, JourneyInfo, Project, Question, Table, title_field};
use engine::order::OrderKey;
use engine::scene::{Block, PageGrid, Placed, Rect, Scene, ScenePart, SceneShape, TextRow, pt};
use engine::store::load::load_project;
use engine::store::template;
use engine::theme::{Color, Face, ThemeId};
use std::collections::BTreeSet;
use std::sync::Arc;

const SEEDS: u64 = 24;
const EDITS: usize = 160;

/// Returns random answers about most touchpoints and the journeys.
fn random_overlay(project: &Project, source: &mut IdSource) -> Overlay {
    let mut question = Question::new(QuestionId::new(source), OrderKey::new_after(None, source));
    if below(source, 2) == 0 {
        (question.low, question.high) = (0.0, 10.0);
    }
    let formula = Formula::suggest_for(&question);
    let mut overlay = Overlay { formulas: vec![formula], ..Overlay::default() };
    let cards = project.journeys().values().flat_map(|journey| journey.touchpoints().keys());
    let targets: Vec<Id> =
        cards.map(|id| Id::from(*id)).chain(project.journeys().keys().map(|id| Id::from(*id))).collect();
    for target in targets {
        if below(source, 5) == 0 {
            continue;
        }
        let answer = |value: f64, count| Answer::new(value).map(|answer| (answer, count));
        let answers = [answer(formula.low, below(source, 50)), answer(formula.high, below(source, 50))];
        let histogram =
            Histogram { answers: answers.into_iter().flatten().collect(), ..Histogram::default() };
        let score = compute_score(&histogram, &formula);
        let domain = formula.score_domain();
        overlay
            .scores
            .insert(target, TargetScore { question: question.id, formula, score, domain, histogram });
    }
    overlay
}

/// Titles and conditions that are longer than any space on the screen, without an ellipsis in them.
const LONG: &[&str] = &[
    "Wait at the counter until somebody has found the booking that was made by telephone the evening before",
    "顾客在柜台前等了很久，工作人员反复核对姓名和订单，最后才发现预订登记在另一位乘客的名下，只好重新办理。",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung",
    "办理值机 and then security, passport control, the lounge, the gate, boarding, and at last the seat 12A by the window",
];

/// Gives about half of all records a long title, and half of the flows a long condition.
fn lengthen(project: &mut Project, source: &mut IdSource) {
    let ids: Vec<Id> = project.records().map(|record| record.id()).collect();
    for id in ids {
        let long = below(source, 2) == 0;
        let Some(text) = pick(source, LONG).filter(|_| long) else { continue };
        let transaction = if id.kind() == Kind::Flow {
            set_field(project, &[id], Flow::CONDITION, &FieldValue::Text((*text).to_owned()))
        } else {
            rename_record(project, id, text)
        };
        apply_all(project, &transaction).expect("a command's transaction applies");
    }
}

fn request(project: &Project, journey: JourneyId, seed: u64) -> LayoutRequest {
    let mut source = IdSource::from_seed(seed);
    let mut request = LayoutRequest::new(project.clone(), journey);
    request.overlay = (!seed.is_multiple_of(3)).then(|| Arc::new(random_overlay(project, &mut source)));
    request.theme = ThemeId::ALL[seed as usize % 3];
    request.lang = Lang::ALL[seed as usize % 2];
    request.legend = seed.is_multiple_of(2);
    request
}

/// Returns pictures of all journeys of random projects: as on the screen, and with long texts in full.
fn pictures() -> impl Iterator<Item = (Arc<Journey>, Arc<Scene>)> {
    whole_pictures().map(|(_, journey, scene)| (journey, scene)).chain((0..SEEDS).flat_map(|seed| {
        let project = random_project(seed, EDITS);
        let journeys: Vec<_> = project.journeys().values().cloned().collect();
        journeys.into_iter().map(move |journey| {
            let scene = layout_once(&request(&project, journey.info().id, seed));
            (journey, scene)
        })
    }))
}

/// Returns pictures of random projects with long texts, all of them in full.
fn whole_pictures() -> impl Iterator<Item = (Project, Arc<Journey>, Arc<Scene>)> {
    (0..SEEDS).flat_map(|seed| {
        let mut project = random_project(seed, EDITS);
        lengthen(&mut project, &mut IdSource::from_seed(seed + 500));
        let journeys: Vec<_> = project.journeys().values().cloned().collect();
        journeys.into_iter().map(move |journey| {
            let request =
                LayoutRequest { text: TextExtent::Whole, ..request(&project, journey.info().id, seed) };
            (project.clone(), journey, layout_once(&request))
        })
    })
}

/// Returns a text without white space, and without quotation marks.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && !"“”".contains(*sign)).collect()
}

#[test]
fn texts_that_are_set_whole_lack_nothing() {
    let mut seen = BTreeSet::new();
    for (project, journey, scene) in whole_pictures() {
        for item in &scene.items {
            let rows = item.block.shapes.iter().filter_map(|shape| match shape {
                SceneShape::Text(row) => Some(row.text.as_str()),
                _ => None,
            });
            let drawn = letters(&rows.collect::<String>());
            assert!(!drawn.contains('…'), "{:?} {} is cut: {drawn}", item.block.part, item.block.label);
            let Some(id) = item.block.element else { continue };
            let field = match item.block.part {
                ScenePart::FlowLabel => Some(Flow::CONDITION.field()),
                ScenePart::Cell => Some(Cell::TEXT.field()),
                ScenePart::Card
                | ScenePart::StageHeader
                | ScenePart::Insight
                | ScenePart::Lane
                | ScenePart::Header
                | ScenePart::Picture => title_field(id.kind()),
                _ => None,
            };
            let record = project.record(id).or_else(|| journey.record(id));
            let text = field.zip(record).and_then(|(field, record)| record.get(field));
            if let Some(FieldValue::Text(text)) = text {
                assert!(drawn.contains(&letters(&text)), "{:?} {text:?} is {drawn:?}", item.block.part);
                seen.extend(LONG.contains(&text.as_str()).then_some(item.block.part));
            }
        }
    }
    let parts = [
        ScenePart::Card,
        ScenePart::StageHeader,
        ScenePart::Insight,
        ScenePart::Lane,
        ScenePart::FlowLabel,
        ScenePart::Header,
    ];
    assert!(parts.iter().all(|part| seen.contains(part)), "long texts were tried in {seen:?}");
}

#[test]
fn flows_still_touch_cards_that_have_grown() {
    let mut grown = 0;
    for (_, journey, scene) in whole_pictures() {
        let cards = parts(&scene, ScenePart::Card);
        grown += cards.iter().filter(|item| card(item).height() > 100.0).count();
        for item in parts(&scene, ScenePart::Flow) {
            let flow = item.block.element.and_then(|id| journey.flows().get(&id.to_typed()?));
            let Some(SceneShape::Path { start, segments, .. }) = item.block.shapes.first() else { continue };
            let Some((flow, end)) = flow.zip(segments.last()) else { continue };
            for (id, point) in [(flow.from, *start), (flow.to, end.end_point())] {
                let Some(body) = cards.iter().find(|card| card.block.element == Some(id)) else { continue };
                let body = card(body);
                let point = point + item.at;
                let edges =
                    [body.min.x - point.x, body.max.x - point.x, body.min.y - point.y, body.max.y - point.y];
                let near = body.grow_by(0.6).contains(point) && edges.iter().any(|edge| edge.abs() < 0.6);
                assert!(near, "{} at {point:?} does not touch {body:?}", item.block.label);
            }
        }
    }
    assert!(grown > 20, "only {grown} cards have grown");
}

fn parts(scene: &Scene, part: ScenePart) -> Vec<&Placed> {
    scene.items.iter().filter(|item| item.block.part == part).collect()
}

#[test]
fn the_same_journey_gives_the_same_picture() {
    for seed in 0..SEEDS {
        let project = random_project(seed, EDITS);
        for id in project.journeys().keys() {
            let request = request(&project, *id, seed);
            let mut layouter = Layouter::new();
            let first = layouter.layout_journey(&request);
            assert!(Arc::ptr_eq(&first, &layouter.layout_journey(&request.clone())), "seed {seed}");
            assert_eq!(first, layout_once(&request), "seed {seed}");
        }
    }
}

#[test]
fn what_is_remembered_never_shows() {
    for seed in 0..SEEDS / 2 {
        let mut source = IdSource::from_seed(seed + 1000);
        let mut project = random_project(seed, EDITS / 2);
        let mut layouter = Layouter::new();
        for round in 0..40 {
            let transaction = random_edit(&project, &mut source);
            apply_all(&mut project, &transaction).expect("a command's transaction applies");
            let Some(id) = project.journeys().keys().next().copied() else { continue };
            let mut request = request(&project, id, seed);
            if round % 10 == 9 {
                request.lang = Lang::ZhCn;
            }
            let warm = layouter.layout_journey(&request);
            let cold = layout_once(&request);
            assert_eq!(warm.grid, cold.grid, "seed {seed}, round {round}");
            let differs = warm.items.iter().zip(&cold.items).find(|(warm, cold)| warm != cold);
            assert!(differs.is_none(), "seed {seed}, round {round}: {differs:#?}");
            assert_eq!(warm, cold, "seed {seed}, round {round}");
        }
    }
}

#[test]
fn nothing_overlaps() {
    let solid = [
        ScenePart::Card,
        ScenePart::StageHeader,
        ScenePart::Insight,
        ScenePart::Cell,
        ScenePart::CurveQuote,
        ScenePart::Picture,
        ScenePart::Lane,
    ];
    for (journey, scene) in pictures() {
        for part in solid {
            let rects: Vec<Rect> =
                parts(&scene, part).iter().map(|item| item.bounds().grow_by(-1.0)).collect();
            // Marks on a card's border extend beyond it; the cards themselves are all of one size.
            let rects: Vec<Rect> = match part {
                ScenePart::Card => parts(&scene, part).iter().map(|item| card(item)).collect(),
                _ => rects,
            };
            for (index, one) in rects.iter().enumerate() {
                let other = rects[..index].iter().find(|other| other.overlaps_rect(*one));
                assert!(other.is_none(), "{part:?} in {}: {one:?} on {other:?}", journey.info().id);
            }
        }
        for label in parts(&scene, ScenePart::FlowLabel) {
            let hidden = parts(&scene, ScenePart::Card)
                .into_iter()
                .find(|item| card(item).overlaps_rect(label.bounds().grow_by(-1.5)));
            assert!(
                hidden.is_none(),
                "{} lies on {}",
                label.block.label,
                hidden.map_or("", |card| &card.block.label)
            );
        }
    }
}

/// Returns a card without the marks on its border.
fn card(item: &Placed) -> Rect {
    let body = item.block.shapes.iter().find_map(|shape| match shape {
        SceneShape::Rect { rect, stroke: Some(_), .. } => Some(*rect),
        _ => None,
    });
    body.unwrap_or(item.block.bounds).shift_by(item.at)
}

#[test]
fn all_lies_on_the_page_and_every_text_in_its_room() {
    for (_, scene) in pictures() {
        let page = Rect::new(0.0, 0.0, scene.size.x, scene.size.y);
        for item in &scene.items {
            assert!(
                page.contains_rect(item.bounds()),
                "{:?} {} at {:?}",
                item.block.part,
                item.block.label,
                item.bounds()
            );
            let room = match item.block.part {
                ScenePart::Card => card(item).shift_by(pt(-item.at.x, -item.at.y)),
                ScenePart::Insight
                | ScenePart::Cell
                | ScenePart::StageHeader
                | ScenePart::Lane
                | ScenePart::Legend => item.block.bounds,
                _ => continue,
            };
            for shape in &item.block.shapes {
                if let SceneShape::Text(row) = shape {
                    let badge = row.text.chars().count() == 1;
                    let inside = row.origin.x >= room.min.x && row.origin.x + row.width <= room.max.x + 0.01;
                    assert!(inside || badge, "{:?}: {row:?} in {room:?}", item.block.part);
                }
            }
        }
    }
}

#[test]
fn nothing_is_lost() {
    for (journey, scene) in pictures() {
        let drawn = |parts: &[ScenePart]| -> BTreeSet<Id> {
            let items = scene.items.iter().filter(|item| parts.contains(&item.block.part));
            items.filter_map(|item| item.block.element).collect()
        };
        let cards = drawn(&[ScenePart::Card]);
        let notes = drawn(&[ScenePart::Insight, ScenePart::CurveQuote]);
        assert!(journey.touchpoints().keys().all(|id| cards.contains(&Id::from(*id))));
        assert_eq!(scene.grid.stages.len(), journey.stages().len());
        assert_eq!(scene.grid.lanes.len(), journey.lanes().len());
        assert_eq!(scene.grid.columns.iter().filter_map(|column| column.step).count(), journey.steps().len());
        let all =
            journey.lanes().values().any(|lane| lane.kind == LaneKind::Insights && lane.only.is_empty());
        if all && !journey.stages().is_empty() {
            assert!(journey.insights().keys().all(|id| notes.contains(&Id::from(*id))));
        }
        let flows = drawn(&[ScenePart::Flow]);
        let between_cards = |id: Id| id.kind() == engine::id::Kind::Touchpoint;
        let flow = |flow: &Arc<engine::model::Flow>| between_cards(flow.from) && between_cards(flow.to);
        assert!(journey.flows().values().filter(|f| flow(f)).all(|f| flows.contains(&Id::from(f.id))));
    }
}

#[test]
fn a_new_card_moves_the_last_stage_as_one() {
    // The grid before and after differ by at most one constant offset from one column on.
    for seed in 0..SEEDS {
        let mut source = IdSource::from_seed(seed);
        let before = random_project(seed, EDITS);
        let Some(journey) = before.journeys().values().next() else { continue };
        let id = journey.info().id;
        let mut after = before.clone();
        let Some((transaction, _)) = journey.stages_in_order().first().and_then(|stage| {
            let slot = engine::edit::command::Slot::EndOf(stage.id);
            engine::edit::command::add_touchpoint(&before, slot, "New", &mut source)
        }) else {
            continue;
        };
        apply_all(&mut after, &transaction).expect("a command's transaction applies");
        let one = layout_once(&LayoutRequest::new(before.clone(), id));
        let two = layout_once(&LayoutRequest::new(after, id));
        let place = |scene: &Scene, id: Id| {
            scene
                .items
                .iter()
                .find(|i| i.block.element == Some(id) && i.block.part == ScenePart::Card)
                .map(|i| i.at.x)
        };
        let last = journey.stages_in_order().last().map(|stage| stage.id);
        let later: Vec<f32> = journey
            .touchpoints()
            .values()
            .filter(|card| journey.steps().get(&card.step).map(|step| step.stage) == last)
            .filter_map(|card| Some(place(&two, card.id.into())? - place(&one, card.id.into())?))
            .collect();
        let widened = later.iter().all(|shift| (shift - later[0]).abs() < 0.01);
        assert!(widened, "seed {seed}: {later:?}");
    }
}

/// Returns the colour of each persona's curve.
fn curve_colors(scene: &Scene) -> Vec<(PersonaId, Color)> {
    let color = |item: &Placed| match (item.block.part, item.block.shapes.last()) {
        (ScenePart::Curve(persona), Some(SceneShape::Path { stroke, .. })) => Some((persona, stroke.color)),
        _ => None,
    };
    scene.items.iter().filter_map(color).collect()
}

#[test]
fn a_persona_has_one_place_in_the_palette_whatever_is_shown() {
    let template = template::find_template("airline").expect("it is there");
    let all = load_project(template.bytes).expect("it loads").project;
    let journey = all.journeys_in_order()[0].info().id;
    let last = *all.personas().keys().max_by_key(|id| all.persona_place(**id)).expect("personas");
    let mut one = all.clone();
    let only = set_field(&all, &[journey.into()], JourneyInfo::PERSONAS, &BTreeSet::from([last]).to_value());
    apply_all(&mut one, &only).expect("it applies");
    for theme in ThemeId::ALL {
        let colors = |project: &Project, text| {
            let request = LayoutRequest { theme, text, ..LayoutRequest::new(project.clone(), journey) };
            curve_colors(&layout_once(&request))
        };
        let expected = (last, theme.theme().persona_color(all.persona_place(last)));
        assert!(all.persona_place(last) > 0 && colors(&all, TextExtent::Clamped).contains(&expected));
        assert_eq!(colors(&one, TextExtent::Clamped), [expected], "alone in its journey, in {theme}");
        assert_eq!(colors(&one, TextExtent::Whole), [expected], "in an export, in {theme}");
    }
}

/// Returns the width of the only text of an SVG, as the renderer sets it.
fn rendered_width(group: &resvg::usvg::Group) -> Option<f32> {
    group.children().iter().find_map(|node| match node {
        resvg::usvg::Node::Text(text) => Some(text.bounding_box().width()),
        resvg::usvg::Node::Group(group) => rendered_width(group),
        _ => None,
    })
}

#[test]
fn measured_widths_are_those_of_the_renderer() {
    let texts = [
        "Online boarding",
        "AVATAR fi To, 1,234.5 % −2",
        "客户旅程，从需求到推荐。",
        "App 旅程 (4–5) “ok”",
        "Überraschung",
    ];
    let mut measure = FontMeasure::new();
    let options = engine::export::fonts::parser_options();
    for (text, face) in texts.iter().flat_map(|text| [(text, Face::Regular), (text, Face::SemiBold)]) {
        for size in [11.0, 14.0, 28.0] {
            let width = measure.text_width(face, size, text);
            let color = ThemeId::Light.theme().text;
            let row = TextRow { origin: pt(10.0, 40.0), text: (*text).to_owned(), face, size, color, width };
            let bounds = Rect::new(0.0, 0.0, 900.0, 60.0);
            let shapes = vec![SceneShape::Text(row)];
            let block = Block {
                element: None,
                part: ScenePart::Page,
                bounds,
                label: String::new(),
                shapes,
                far: None,
                cut: false,
            };
            let items = vec![Placed { at: pt(0.0, 0.0), block: Arc::new(block) }];
            let scene = Scene { size: pt(900.0, 60.0), items, grid: PageGrid::default() };
            let svg = write_scene(&scene, &SvgOptions::with_bundled_fonts(&Table::default()));
            let tree = resvg::usvg::Tree::from_str(&svg, &options).expect("our own SVG is read");
            let rendered = rendered_width(tree.root()).expect("it holds a text");
            assert!((rendered - width).abs() < 0.1, "{text:?} at {size}: {width} measured, {rendered} drawn");
        }
    }
}

#[test]
fn an_insight_about_nothing_stands_below_the_others_and_says_so() {
    let airline = template::find_template("airline").unwrap();
    let mut project = load_project(airline.bytes).unwrap().project;
    let journey = project.journeys_in_order()[0].info().id;
    let of = |project: &Project, title: &str| -> Id {
        let insights = project.journey(journey).unwrap().insights();
        insights.values().find(|insight| insight.title == title).unwrap().id.into()
    };
    let loose = of(&project, "Pass is lost when the phone locks");
    let links: Vec<Id> = project
        .journey(journey)
        .unwrap()
        .abouts()
        .values()
        .filter(|about| about.from == loose)
        .map(|about| about.id.into())
        .collect();
    let note = |project: &Project| {
        let scene = layout_once(&LayoutRequest::new(project.clone(), journey));
        let notes = scene.items.iter().filter(|item| item.block.part == ScenePart::Insight);
        let own = notes.clone().find(|item| item.block.element == Some(loose)).unwrap().clone();
        let others = notes.filter(|item| item.block.element != Some(loose));
        let lowest = others.map(|item| item.at.y).fold(0.0, f32::max);
        (own.block.label.clone(), own.at.y, lowest)
    };
    let (label, ..) = note(&project);
    assert!(!label.contains("about nothing yet"), "{label}");
    let removed = engine::edit::command::take_out(&project, &links, &mut IdSource::from_seed(1));
    apply_all(&mut project, &removed).unwrap();
    let (label, y, lowest) = note(&project);
    assert!(label.contains("about nothing yet") && y > lowest, "{label} at {y}, the others down to {lowest}");
}
