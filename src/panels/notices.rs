//! Notices and running jobs, floating at the lower edge of the map; errors stay until dismissed.

use super::two_sided;
use super::widgets::{icon_text, link, small_icon_button};
use crate::app::App;
use crate::app::notice::{Notice, Weight};
use crate::app::picking::HINT_AFTER;
use crate::app::request::Request;
use crate::app::style::color;
use crate::app::work::Job;
use crate::i18n::{Lang, Msg};
use crate::theme::{Icon, Theme};
use egui::{Align2, Area, Frame, Label, Order, ProgressBar, Role, Stroke, Ui, vec2};
use std::time::Duration;

/// Jobs that finish sooner are not shown.
const QUIET: Duration = Duration::from_millis(400);
const WIDTH: f32 = 380.0;

/// Shows notices and jobs.
pub(crate) fn show(ui: &Ui, app: &mut App) {
    let shown = app.work.jobs().iter().any(|job| job.age() >= QUIET);
    if let Some(soon) = app.work.jobs().iter().map(|job| QUIET.saturating_sub(job.age())).max() {
        ui.ctx().request_repaint_after(soon.max(Duration::from_millis(200)));
    }
    if app.notices.list().is_empty() && !shown {
        return;
    }
    let id = egui::Id::unique("notices");
    Area::new(id).anchor(Align2::CENTER_BOTTOM, [0.0, -48.0]).order(Order::Foreground).show(ui.ctx(), |ui| {
        ui.set_max_width(WIDTH);
        jobs(ui, app);
        for (place, notice) in app.notices.list().to_vec().iter().enumerate() {
            let (gone, wish) = message(ui, app.theme(), notice, app.lang());
            if gone || wish.is_some() {
                app.ask(Request::Dismiss(place));
            }
            if let Some(wish) = wish {
                app.ask(wish);
            }
        }
    });
}

/// Shows one notice; returns true if it was dismissed, and the request of its offer if clicked.
fn message(ui: &mut Ui, theme: &Theme, notice: &Notice, lang: Lang) -> (bool, Option<Request>) {
    let (icon, ink) = match notice.weight {
        Weight::Info => (Icon::Done, theme.gain.ink),
        Weight::Warning => (Icon::Warning, theme.moment.ink),
        Weight::Error => (Icon::Error, theme.danger.ink),
    };
    let frame = card(ui, theme).stroke(Stroke::new(1.0, color(ink)));
    let shown = frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.label(icon_text(icon, 16.0, color(ink)));
            let room = ui.available_width() - 32.0;
            let wish = ui.allocate_ui(vec2(room, 0.0), |ui| {
                ui.vertical(|ui| {
                    ui.add(Label::new(notice.text.as_str()).wrap().selectable(true));
                    ui.spacing_mut().button_padding.x = 0.0;
                    let (words, request) = notice.offer.as_ref()?;
                    link(ui, theme, words.text(lang)).clicked().then(|| request.clone())
                })
                .inner
            });
            let gone = small_icon_button(ui, theme, Icon::Close, Msg::Close.text(lang)).clicked();
            (gone, wish.inner)
        })
        .inner
    });
    let role = if notice.weight == Weight::Info { Role::Status } else { Role::Alert };
    let text = notice.text.clone();
    ui.ctx().accesskit_node_builder(shown.response.id, |node| {
        node.set_role(role);
        node.set_label(text);
    });
    shown.inner
}

fn card(ui: &Ui, theme: &Theme) -> Frame {
    Frame::popup(ui.style()).fill(color(theme.raised)).inner_margin(egui::Margin::symmetric(12, 10))
}

fn jobs(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let mut built_in = false;
    for job in app.work.jobs().iter().filter(|job| job.age() >= QUIET) {
        card(ui, theme).show(ui, |ui| {
            ui.set_min_width(WIDTH - 40.0);
            if job.label == Msg::WaitingForDialog {
                built_in |= job.age() >= HINT_AFTER && waiting(ui, theme, lang);
            } else {
                progress(ui, job, lang);
            }
        });
    }
    if built_in {
        app.ask(Request::BuiltIn);
    }
}

fn waiting(ui: &mut Ui, theme: &Theme, lang: Lang) -> bool {
    ui.add(Label::new(Msg::WaitingForDialog.text(lang)).wrap());
    link(ui, theme, Msg::UseBuiltInDialog.text(lang)).clicked()
}

fn progress(ui: &mut Ui, job: &Job, lang: Lang) {
    let label = job.label.text(lang);
    ui.horizontal(|ui| {
        ui.label(label);
        two_sided::at_right(ui, "cancel", |ui| {
            let cancel = ui.add_enabled(!job.is_cancelled(), egui::Button::new(Msg::Cancel.text(lang)));
            if cancel.clicked() {
                job.cancel();
            }
        });
    });
    if let Some(share) = job.progress() {
        ui.add(ProgressBar::new(share).desired_height(6.0)).accessible_name(label);
    }
}
