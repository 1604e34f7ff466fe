//! Notices and running jobs, floating at the lower edge of the map; errors stay until dismissed.

use super::two_sided;
use super::widgets::{icon_text, link_button, small_icon_button};
use crate::app::App;
use crate::app::jobs::Job;
use crate::app::notice::{Notice, NoticeLevel};
use crate::app::style::to_color32;
use crate::features::paths::{self, HINT_AFTER};
use egui::{Align2, Area, Frame, Label, Order, ProgressBar, Role, Stroke, Ui, vec2};
use engine::i18n::{Lang, Msg};
use engine::theme::{Icon, Theme};
use std::time::Duration;

/// Jobs that finish sooner are not shown.
const QUIET: Duration = Duration::from_millis(400);
const WIDTH: f32 = 380.0;

/// Shows notices and jobs.
pub(crate) fn show(ui: &Ui, app: &mut App) {
    let shown = app.jobs.running_jobs().iter().any(|job| job.running_time() >= QUIET);
    if let Some(soon) =
        app.jobs.running_jobs().iter().map(|job| QUIET.saturating_sub(job.running_time())).max()
    {
        ui.ctx().request_repaint_after(soon.max(Duration::from_millis(200)));
    }
    if app.notices.as_slice().is_empty() && !shown {
        return;
    }
    let id = egui::Id::unique("notices");
    Area::new(id).anchor(Align2::CENTER_BOTTOM, [0.0, -48.0]).order(Order::Foreground).show(ui.ctx(), |ui| {
        ui.set_max_width(WIDTH);
        show_jobs(ui, app);
        let answers = app.notices.as_slice().iter().filter_map(|notice| {
            let answer = show_notice(ui, app.theme(), notice, app.lang())?;
            Some((notice.id, answer))
        });
        for (id, answer) in answers.collect::<Vec<_>>() {
            let offer = app.notices.dismiss_notice(id);
            if let (NoticeAnswer::Accept, Some(request)) = (answer, offer) {
                app.queue_request(request);
            }
        }
    });
}

/// The answer to a notice.
#[derive(Clone, Copy, PartialEq)]
enum NoticeAnswer {
    /// Takes it away.
    Dismiss,
    /// Takes up its offer.
    Accept,
}

/// Shows one notice; returns its answer if a button was clicked.
fn show_notice(ui: &mut Ui, theme: &Theme, notice: &Notice, lang: Lang) -> Option<NoticeAnswer> {
    let (icon, ink) = match notice.weight {
        NoticeLevel::Info => (Icon::Done, theme.gain.ink),
        NoticeLevel::Warning => (Icon::Warning, theme.moment.ink),
        NoticeLevel::Error => (Icon::Error, theme.danger.ink),
    };
    let frame = notice_frame(ui, theme).stroke(Stroke::new(1.0, to_color32(ink)));
    let shown = frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.label(icon_text(icon, 16.0, to_color32(ink)));
            let room = ui.available_width() - 32.0;
            let accepted = ui.allocate_ui(vec2(room, 0.0), |ui| {
                ui.vertical(|ui| {
                    ui.add(Label::new(notice.text.as_str()).wrap().selectable(true));
                    ui.spacing_mut().button_padding.x = 0.0;
                    let (words, _) = notice.offer.as_ref()?;
                    link_button(ui, theme, words.text(lang)).clicked().then_some(NoticeAnswer::Accept)
                })
                .inner
            });
            let gone = small_icon_button(ui, theme, Icon::Close, Msg::Close.text(lang)).clicked();
            accepted.inner.or(gone.then_some(NoticeAnswer::Dismiss))
        })
        .inner
    });
    let role = if notice.weight == NoticeLevel::Info { Role::Status } else { Role::Alert };
    let text = notice.text.clone();
    ui.ctx().accesskit_node_builder(shown.response.id, |node| {
        node.set_role(role);
        node.set_label(text);
    });
    shown.inner
}

fn notice_frame(ui: &Ui, theme: &Theme) -> Frame {
    Frame::popup(ui.style()).fill(to_color32(theme.raised)).inner_margin(egui::Margin::symmetric(12, 10))
}

fn show_jobs(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let mut built_in = false;
    for job in app.jobs.running_jobs().iter().filter(|job| job.running_time() >= QUIET) {
        notice_frame(ui, theme).show(ui, |ui| {
            ui.set_min_width(WIDTH - 40.0);
            if job.label == Msg::WaitingForDialog {
                built_in |= job.running_time() >= HINT_AFTER && show_waiting(ui, theme, lang);
            } else {
                show_progress(ui, job, lang);
            }
        });
    }
    if built_in {
        app.queue_call(paths::ask_built_in_instead);
    }
}

fn show_waiting(ui: &mut Ui, theme: &Theme, lang: Lang) -> bool {
    ui.add(Label::new(Msg::WaitingForDialog.text(lang)).wrap());
    link_button(ui, theme, Msg::UseBuiltInDialog.text(lang)).clicked()
}

fn show_progress(ui: &mut Ui, job: &Job, lang: Lang) {
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
