//! Tests the charts of the airline template's invented feedback: they agree with the scores, and every mark
//! is drawn.

use crate::common::airline;

use engine::analysis::chart::{Chart, MarkForm};
use engine::analysis::charts::{ChartChoice, ChartInput, ChartKind, build_chart, elements_with_questions};
use engine::edit::{Op, apply_op};
use engine::feedback::compare::ScoreBaseline;
use engine::feedback::drivers::of_project;
use engine::feedback::importance::CrossHair;
use engine::feedback::overlay::{OverlayChoice, compute_overlay, segment_columns};
use engine::i18n::{Lang, Msg};
use engine::id::{Id, Kind};
use engine::layout::chart::draw_chart;
use engine::model::counts::Segment;
use engine::model::value::Atom;
use engine::model::{Project, Question};
use engine::scene::{Placed, Rect};
use engine::theme::ThemeId;

fn made(project: &Project, target: Option<Id>, choice: &ChartChoice, lang: Lang) -> Chart {
    let journey = project.journeys_in_order()[0].info().id;
    build_chart(&ChartInput { project, journey, target, shown: &OverlayChoice::default(), choice, lang })
}

fn bars(chart: &Chart) -> Vec<f64> {
    let value = |form: &MarkForm| match form {
        MarkForm::Column(bar) | MarkForm::Row(bar) => Some(bar.value),
        _ => None,
    };
    chart.marks.iter().filter_map(|mark| value(&mark.form)).collect()
}

#[test]
fn charts_say_what_the_map_says() {
    let project = airline::imported();
    let journey = project.journeys_in_order()[0].info().id;
    let shown = compute_overlay(&project, &OverlayChoice::default());
    let choice = |kind| ChartChoice { kind, ..ChartChoice::default() };
    let targets = elements_with_questions(&project, journey);
    assert_eq!(targets.len(), 15, "the journey and its fourteen rated touchpoints");
    for target in &targets {
        let found = made(&project, Some(*target), &choice(ChartKind::Distribution), Lang::En);
        assert!((bars(&found).iter().sum::<f64>() - 100.0).abs() < 1e-9, "shares of {}", found.title);
        let found = made(&project, Some(*target), &choice(ChartKind::Trend), Lang::En);
        let at = |form: &MarkForm| matches!(form, MarkForm::Dot { y, .. } if Some(*y) == shown.scores[target].score.value);
        assert!(found.marks.iter().any(|mark| at(&mark.form)), "one wave is the sum of all: {}", found.title);
        let found = bars(&made(&project, Some(*target), &choice(ChartKind::Segments), Lang::En));
        assert!(found.len() > 1 && found.is_sorted(), "the best group stands on top");
    }
    let shares = bars(&made(&project, None, &choice(ChartKind::Drivers), Lang::En));
    assert!((shares.iter().sum::<f64>() - 100.0).abs() < 1e-6 && shares.is_sorted());
    let first = of_project(&project, None, false).swap_remove(0);
    assert_eq!(shares.len(), first.drivers.len());
    for crossing in [CrossHair::Means, CrossHair::Medians, CrossHair::Centre] {
        let found = made(&project, None, &ChartChoice { crossing, ..choice(ChartKind::Matrix) }, Lang::En);
        let dots = found.marks.iter().filter(|mark| matches!(mark.form, MarkForm::Dot { .. })).count();
        assert_eq!(dots, shares.len(), "each driver has a score");
    }
}

#[test]
fn every_chart_is_drawn_on_its_page_and_has_a_table() {
    let project = airline::imported();
    for (kind, lang) in ChartKind::ALL.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
        let found = made(&project, None, &ChartChoice { kind, ..ChartChoice::default() }, lang);
        assert!(!found.title.is_empty() && !found.notes.is_empty(), "{kind:?}");
        assert!(found.table.rows.iter().all(|row| row.len() == found.table.header.len()), "{kind:?}");
        assert!(!found.table.rows.is_empty(), "{kind:?}");
        for theme in ThemeId::ALL {
            let drawn = draw_chart(&found, theme);
            let page = Rect::new(0.0, 0.0, drawn.size.x, drawn.size.y);
            let bounds = drawn.items.iter().map(Placed::bounds).reduce(Rect::union).unwrap();
            assert_eq!(bounds, page, "{kind:?} in {lang:?} leaves its page");
        }
    }
}

#[test]
fn the_perception_gap_is_proven_where_the_interval_excludes_the_belief() {
    let mut project = airline::imported();
    let shown = compute_overlay(&project, &OverlayChoice::default());
    let (target, score) = shown.scores.iter().find(|(id, _)| id.kind() == Kind::Touchpoint).unwrap();
    let (low, high) = score.score.interval.unwrap();
    for (belief, proven) in [(high + 5.0, true), (f64::midpoint(low, high), false), (low - 5.0, true)] {
        let question = project.record(score.question.into()).unwrap();
        let op = Op::set_field(&question, Question::BELIEF, Some(belief).to_value()).unwrap();
        apply_op(&mut project, &op).unwrap();
        let choice = OverlayChoice { against: Some(ScoreBaseline::Belief), ..OverlayChoice::default() };
        let compared = compute_overlay(&project, &choice);
        assert_eq!(compared.changes.of.len(), 1, "no other question has a belief");
        let found = compared.shown_score(*target, &compared.scores[target]).unwrap();
        assert!((found.value - (score.score.value.unwrap() - belief)).abs() < 1e-9 && found.signed);
        assert_eq!(found.position.is_some(), proven, "{belief} beside {low} … {high}");
    }
}

#[test]
fn a_group_beside_everyones_drivers_is_said() {
    let project = airline::imported();
    let journey = project.journeys_in_order()[0].info().id;
    let (column, values) = segment_columns(&project).into_iter().next().unwrap();
    let value = values.into_iter().next().unwrap();
    let group = format!("{column} – {value}");
    for lang in Lang::ALL {
        for kind in [ChartKind::Matrix, ChartKind::Drivers] {
            let choice = ChartChoice { kind, ..ChartChoice::default() };
            let of = |segment: Segment| {
                let shown = OverlayChoice { segment, ..OverlayChoice::default() };
                build_chart(&ChartInput {
                    project: &project,
                    journey,
                    target: None,
                    shown: &shown,
                    choice: &choice,
                    lang,
                })
            };
            let all = of(Segment::default());
            let one = of(Segment { column: column.clone(), value: value.clone() });
            assert!(!all.notes.iter().any(|note| note.contains(&value)), "{:?}", all.notes);
            assert!(one.notes[0].contains(&group), "{kind:?}: {:?}", one.notes);
            if kind == ChartKind::Matrix {
                let everyone = Msg::Everyone.text(lang);
                assert!(one.y.label.ends_with(everyone) && one.x.label.ends_with(&group), "{}", one.y.label);
                assert!(!all.y.label.ends_with(everyone));
            }
        }
    }
}

#[test]
fn an_empty_project_says_why_there_is_nothing() {
    let project = airline::template("airline.ron");
    for kind in ChartKind::ALL {
        let found = made(&project, None, &ChartChoice { kind, ..ChartChoice::default() }, Lang::En);
        assert!(found.marks.is_empty() && found.notes.len() == 1, "{kind:?}: {:?}", found.notes);
    }
}
