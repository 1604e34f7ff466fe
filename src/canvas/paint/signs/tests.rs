//! Readability at small zooms: sizes, rooms, and that nothing covers anything.

use super::*;
use engine::edit::apply_all;
use engine::edit::command::rename_record;
use engine::feedback::overlay::{Overlay, TargetScore};
use engine::feedback::score::{Formula, compute_score};
use engine::i18n::Lang;
use engine::id::{Id, IdSource, QuestionId};
use engine::layout::measure::FontMeasure;
use engine::layout::{LayoutRequest, layout_once};
use engine::model::counts::{Answer, Histogram};
use engine::model::{Project, Question};
use engine::order::OrderKey;
use engine::scene::{Placed, Scene, ScenePart};
use engine::store::load::load_project;
use engine::store::template;
use std::sync::Arc;

/// Names in Chinese of a usual length.
const CHINESE: [&str; 6] = ["在线值机", "行李托运柜台", "登机口", "机上餐饮", "规划", "等待行李提取"];

/// Returns a score for each touchpoint: 0 to 100 % of the answers are good.
fn scores(project: &Project) -> Overlay {
    let mut source = IdSource::from_seed(3);
    let question = Question::new(QuestionId::new(&mut source), OrderKey::new_after(None, &mut source));
    let formula = Formula::suggest_for(&question);
    let mut overlay = Overlay { formulas: vec![formula], ..Overlay::default() };
    let cards = project.journeys().values().flat_map(|journey| journey.touchpoints().keys());
    for (place, card) in (0_u64..).zip(cards) {
        let given = [(formula.low, 100 - 9 * (place % 12).min(11)), (formula.high, 9 * (place % 12))];
        let answers = given.map(|(value, count)| (Answer::new(value).unwrap(), count)).into();
        let histogram = Histogram { answers, ..Histogram::default() };
        let score = compute_score(&histogram, &formula);
        let domain = formula.score_domain();
        let target = TargetScore { question: question.id, formula, score, domain, histogram };
        overlay.scores.insert((*card).into(), target);
    }
    overlay
}

/// Returns the templates with scores, unchanged and with Chinese names.
fn scenes() -> Vec<(String, Arc<Scene>)> {
    let mut found = Vec::new();
    for template in template::ALL {
        for lang in Lang::ALL {
            let mut project = load_project(template.bytes).unwrap().project;
            let journey = Arc::clone(project.journeys_in_order()[0]);
            if lang == Lang::ZhCn {
                let stages = journey.stages().keys().map(|id| Id::from(*id));
                let ids: Vec<Id> =
                    stages.chain(journey.touchpoints().keys().map(|id| Id::from(*id))).collect();
                for (id, name) in ids.into_iter().zip(CHINESE.iter().cycle()) {
                    let renamed = rename_record(&project, id, name);
                    apply_all(&mut project, &renamed).unwrap();
                }
            }
            let overlay = Some(Arc::new(scores(&project)));
            let request = LayoutRequest { overlay, lang, ..LayoutRequest::new(project, journey.info().id) };
            found.push((format!("{} {lang}", template.name), layout_once(&request)));
        }
    }
    found
}

fn shown(item: &Placed, zoom: f32, measure: &mut FontMeasure) -> FarSigns {
    item.block.far.as_ref().map(|form| lay_out_signs(form, zoom, measure)).unwrap_or_default()
}

/// Returns the rectangle that the letters of a row cover, about the block's origin.
fn letters(row: &TextRow) -> Rect {
    Rect::new(row.origin.x, row.origin.y - 0.74 * row.size, row.width, 0.74 * row.size)
}

fn scaled(rect: Rect, zoom: f32) -> Rect {
    Rect { min: pt(rect.min.x * zoom, rect.min.y * zoom), max: pt(rect.max.x * zoom, rect.max.y * zoom) }
}

/// Returns a card's background.
fn ground(item: &Placed) -> Rect {
    let rects = item.block.far.iter().flat_map(|form| &form.shapes);
    let first =
        rects.filter_map(|shape| if let SceneShape::Rect { rect, .. } = shape { Some(*rect) } else { None });
    first.reduce(|first, _| first).unwrap_or(item.block.bounds)
}

#[test]
fn from_afar_words_are_large_enough_stay_in_their_block_and_cover_nothing() {
    let mut measure = FontMeasure::new();
    for (name, scene) in scenes() {
        for zoom in [0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.69] {
            let mut all: Vec<(String, Rect)> = Vec::new();
            for item in &scene.items {
                let shown = shown(item, zoom, &mut measure);
                for row in &shown.rows {
                    assert!(row.size >= TINY, "{name} at {zoom}: {row:?}");
                    let badge = shown.shapes.iter().any(|shape| {
                        matches!(shape, SceneShape::Circle { center, .. } if (center.x - row.origin.x).abs() < 8.0 && (center.y - row.origin.y).abs() < 8.0)
                    });
                    let framed =
                        matches!(item.block.part, ScenePart::Card | ScenePart::Insight | ScenePart::Cell);
                    let room = scaled(ground(item), zoom).grow_by(0.6);
                    assert!(
                        !framed || badge || room.contains_rect(letters(row)),
                        "{name} at {zoom}: {row:?} leaves {room:?}"
                    );
                }
                let counts = matches!(
                    item.block.part,
                    ScenePart::Card
                        | ScenePart::StageHeader
                        | ScenePart::Header
                        | ScenePart::Insight
                        | ScenePart::Cell
                );
                if counts && zoom >= 0.2 {
                    let at = pt(item.at.x * zoom, item.at.y * zoom);
                    all.extend(shown.rows.iter().map(|row| (row.text.clone(), letters(row).shift_by(at))));
                }
            }
            for (index, (text, one)) in all.iter().enumerate() {
                let other = all[..index].iter().find(|(_, other)| other.overlaps_rect(one.grow_by(-0.4)));
                assert!(other.is_none(), "{name} at {zoom}: {text} {one:?} lies on {other:?}");
            }
        }
    }
}

#[test]
fn names_scores_severities_and_moments_are_there_down_to_a_fifth_of_the_size() {
    let mut measure = FontMeasure::new();
    for (name, scene) in scenes() {
        for zoom in [0.2, 0.25, 0.3, 0.4, 0.6] {
            for item in &scene.items {
                let Some(form) = &item.block.far else { continue };
                let shown = shown(item, zoom, &mut measure);
                let says = |text: &str| shown.rows.iter().any(|row| row.text == text);
                let label = &item.block.label;
                match item.block.part {
                    ScenePart::Card => {
                        assert!(
                            form.figure.iter().all(|figure| says(&figure.text)),
                            "{name} at {zoom}: {label}"
                        );
                        for mark in &form.marks {
                            match &mark.kind {
                                FarMarkKind::Badge(severity, _) => assert!(says(severity), "{name}: {label}"),
                                FarMarkKind::Diamond => {
                                    let diamond =
                                        |shape: &SceneShape| matches!(shape, SceneShape::Polygon { .. });
                                    assert!(shown.shapes.iter().any(diamond), "{name}: {label}");
                                }
                            }
                        }
                    }
                    ScenePart::StageHeader => {
                        let long = shown.rows.iter().any(|row| row.text.chars().count() >= 2);
                        assert!(long, "{name} at {zoom}: {label} has {:?}", shown.rows);
                    }
                    ScenePart::Score if form.figure.is_some() && zoom >= 0.3 => {
                        assert!(!shown.rows.is_empty(), "{name} at {zoom}: {label}");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn a_title_is_shown_where_it_fits_and_the_score_alone_where_not() {
    let mut measure = FontMeasure::new();
    let (_, scene) = scenes().into_iter().find(|(name, _)| name == "airline en").unwrap();
    let cards: Vec<&Placed> = scene.items.iter().filter(|item| item.block.part == ScenePart::Card).collect();
    let titled = |zoom: f32, measure: &mut FontMeasure| {
        let rows = |item: &&&Placed| {
            let title = item.block.far.as_ref().and_then(|form| form.title.clone()).map(|words| words.text);
            let rows: Vec<String> = shown(item, zoom, measure).rows.into_iter().map(|row| row.text).collect();
            title.is_some_and(|title| rows.join(" ").contains(&title))
        };
        cards.iter().filter(rows).count()
    };
    let counts = [0.69, 0.5, 0.3, 0.2].map(|zoom| titled(zoom, &mut measure));
    assert_eq!(counts[0], cards.len(), "all titles fit beside their scores");
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[3] < cards.len() / 4, "{counts:?}");
}

#[test]
fn a_card_without_a_score_shows_its_title_beside_its_marks() {
    let mut measure = FontMeasure::new();
    for template in template::ALL {
        let project = load_project(template.bytes).unwrap().project;
        let journey = project.journeys_in_order()[0].info().id;
        let scene = layout_once(&LayoutRequest::new(project, journey));
        for zoom in [0.3, 0.37, 0.45, 0.55] {
            for item in scene.items.iter().filter(|item| item.block.part == ScenePart::Card) {
                let shown = shown(item, zoom, &mut measure);
                let label = &item.block.label;
                let first = item.block.far.as_ref().unwrap().title.as_ref().unwrap().text.as_str();
                let rows = shown.rows.iter().map(|row| row.text.as_str());
                let title: Vec<&str> = rows.filter(|row| row.parse::<u8>().is_err()).collect();
                let begins = title.first().is_some_and(|row| first.starts_with(row.trim_end_matches('…')));
                assert!(begins, "{} at {zoom}: {label} shows {title:?}", template.name);
                assert!(!title.contains(&"In-…"), "{} at {zoom}: {label}", template.name);
            }
        }
    }
}

#[test]
fn places_never_change() {
    for (name, scene) in scenes() {
        for item in scene.items.iter().filter(|item| item.block.part == ScenePart::Card) {
            let near = item.block.shapes.iter().find_map(|shape| match shape {
                SceneShape::Rect { rect, stroke: Some(_), .. } => Some(*rect),
                _ => None,
            });
            assert_eq!(near, Some(ground(item)), "{name}: {}", item.block.label);
        }
    }
}
