//! The scores as charts: the choice of chart and element, and the basis of the scores.

use super::flow::current_chart;
use super::plot;
use crate::app::App;
use crate::app::action::Action;
use crate::app::request::AppRequest;
use crate::app::session::Session;
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::panels::fields::pick_option;
use crate::panels::two_sided;
use crate::panels::widgets::{hint_label, quiet_button, set_accessible_name, soft_label};
use egui::{Button, Frame, Label, Margin, RichText, Role, ScrollArea, Stroke, Ui, vec2};
use engine::analysis::charts::{ChartKind, element_title, elements_with_questions};
use engine::feedback::drivers::of_project;
use engine::feedback::importance::CrossHair;
use engine::feedback::overlay::segment_columns;
use engine::i18n::Msg;
use engine::theme::Face;
use engine::theme::size::{radius, space, text};

/// Minimum height of a plot, height of each horizontal bar, and maximum height, in points.
const LEAST: f32 = 260.0;
const ROW: f32 = 34.0;
const MOST: f32 = 400.0;
/// Width of a choice, in points.
const CHOICE: f32 = 220.0;
/// Maximum width of a chart, in points: bars further apart are hard to compare.
const WIDEST: f32 = 1120.0;

/// Shows the scores view.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let frame = Frame::new().inner_margin(Margin::symmetric(space::XXL as i8, space::XL as i8));
    ScrollArea::vertical().id_salt("scores").auto_shrink(false).show(ui, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width().min(WIDEST));
            kind_tabs(ui, app);
            ui.add_space(space::L);
            let Some(chart) = current_chart(app) else { return };
            let sheet = Frame::new()
                .fill(to_color32(theme.surface))
                .stroke(Stroke::new(1.0, to_color32(theme.hairline)))
                .corner_radius(to_corner_radius(radius::CARD))
                .inner_margin(Margin::same(20));
            sheet.show(ui, |ui| {
                ui.set_width(ui.available_width());
                let title = RichText::new(&chart.title).font(font_id(Face::SemiBold, text::HEADING));
                ui.add(Label::new(title).truncate());
                ui.add_space(space::S);
                ui.horizontal_wrapped(|ui| chart_options(ui, app));
                ui.add_space(space::M);
                if chart.marks.is_empty() {
                    chart.notes.iter().for_each(|note| drop(hint_label(ui, theme, note)));
                    return;
                }
                let rows = chart.y.ticks.len() as f32 * ROW + space::PAGE;
                let height = if chart.y.names { rows.max(LEAST) } else { MOST };
                let size = vec2(ui.available_width(), height);
                if let Some(target) = plot::show(ui, theme, &chart, size) {
                    app.queue_action(Action::ViewMap);
                    app.queue_request(AppRequest::Reveal(target));
                }
                ui.add_space(space::S);
                chart.notes.iter().for_each(|note| drop(soft_label(ui, theme, note)));
            });
        });
    });
}

/// Shows the kinds of chart as tabs, and the export button.
fn kind_tabs(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for kind in ChartKind::ALL {
            let chosen = app.workspace.charts.choice.kind == kind;
            let words = RichText::new(kind.display_name().text(lang));
            let words = if chosen { words.color(to_color32(theme.accent)).strong() } else { words };
            let fill = if chosen { to_color32(theme.selected) } else { egui::Color32::TRANSPARENT };
            let button = Button::new(words).fill(fill).stroke(Stroke::NONE).min_size(vec2(0.0, 30.0));
            let response = ui.add(button);
            set_accessible_name(&response, Role::Tab, kind.display_name().text(lang));
            if response.clicked() {
                app.workspace.charts.choice.kind = kind;
            }
        }
        two_sided::at_right(ui, "export", |ui| {
            if ui
                .add_enabled_ui(app.can_run(Action::ExportChart), |ui| {
                    quiet_button(ui, Msg::ExportChart.text(lang))
                })
                .inner
                .clicked()
            {
                app.queue_action(Action::ExportChart);
            }
        });
    });
}

/// Shows the options of the current chart: element, column of groups, outcome, cross-hair.
fn chart_options(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let kind = app.workspace.charts.choice.kind;
    let Some(session) = &app.session else { return };
    let project = session.project();
    if kind.is_of_element() {
        let targets: Vec<_> = elements_with_questions(project, session.journey_id())
            .into_iter()
            .map(|id| (id, element_title(project, id)))
            .collect();
        let current = app.workspace.charts.target.filter(|id| targets.iter().any(|(known, _)| known == id));
        let current = current.or(targets.first().map(|(id, _)| *id));
        if let Some(chosen) = choice_list(ui, Msg::ChartElement.text(lang), &targets, current.as_ref()) {
            app.workspace.charts.target = Some(chosen);
            app.queue_request(AppRequest::Select(vec![chosen]));
        }
    }
    let Some(project) = app.session.as_ref().map(Session::project) else { return };
    let choice = &mut app.workspace.charts.choice;
    match kind {
        ChartKind::Segments => {
            let columns: Vec<_> =
                segment_columns(project).into_keys().map(|column| (column.clone(), column)).collect();
            let current = choice.column.clone().or(columns.first().map(|(column, _)| column.clone()));
            if let Some(chosen) = choice_list(ui, Msg::ChartColumn.text(lang), &columns, current.as_ref()) {
                choice.column = Some(chosen);
            }
        }
        ChartKind::Drivers | ChartKind::Matrix => {
            if kind == ChartKind::Matrix {
                let crossings = [
                    (CrossHair::Means, Msg::CrossMeans),
                    (CrossHair::Medians, Msg::CrossMedians),
                    (CrossHair::Centre, Msg::CrossScale),
                ]
                .map(|(crossing, word)| (crossing, word.text(lang).to_owned()));
                if let Some(chosen) =
                    choice_list(ui, Msg::CrossHair.text(lang), &crossings, Some(&choice.crossing))
                {
                    choice.crossing = chosen;
                }
            }
            let text =
                |id| project.questions().get(&id).map(|question| question.text.clone()).unwrap_or_default();
            let outcomes: Vec<_> = of_project(project, None, false)
                .into_iter()
                .map(|found| (found.outcome, text(found.outcome)))
                .collect();
            let current = choice.outcome.or(outcomes.first().map(|(id, _)| *id));
            if let Some(chosen) = choice_list(ui, Msg::ChartOutcome.text(lang), &outcomes, current.as_ref()) {
                choice.outcome = Some(chosen);
            }
        }
        ChartKind::Distribution | ChartKind::Trend => {}
    }
}

fn choice_list<T: Clone + PartialEq>(
    ui: &mut Ui,
    label: &str,
    options: &[(T, String)],
    current: Option<&T>,
) -> Option<T> {
    let shown =
        options.iter().find(|(option, _)| Some(option) == current).map_or("", |(_, text)| text.as_str());
    ui.label(RichText::new(label).size(text::SMALL).color(ui.visuals().weak_text_color()));
    let size = vec2(CHOICE, ui.spacing().interact_size.y);
    let picked =
        ui.allocate_ui(size, |ui| pick_option(ui, ("chart", label), label, shown, options, current)).inner;
    ui.add_space(space::M);
    picked
}
