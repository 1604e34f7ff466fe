//! A metric: the rule that turns answers into a score.

use crate::app::desk::{EditContext, Reading};
use crate::panels::fields::Spec;
use crate::panels::fields::{choice_row, dots_row, flag_row, name_field, read_row};
use egui::Ui;
use engine::model::Metric;
use engine::model::choice::MetricKind;

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, metric: &Metric) {
    let id = metric.id.into();
    name_field(ui, desk, metric, Metric::NAME);
    choice_row(ui, desk, metric, Metric::KIND);
    if metric.kind == MetricKind::Ces {
        flag_row(ui, desk, metric, Metric::SHARE);
    }
    if metric.kind == MetricKind::Csat || (metric.kind == MetricKind::Ces && metric.share) {
        dots_row(ui, desk, (id, Metric::BOXES.field()), 4, Some(metric.boxes));
    }
    let small = metric.small_n.to_string();
    read_row(ui, desk, Spec::new(id, Metric::SMALL_N, Reading::Whole), &small);
}
