//! The start page: templates with pictures drawn by the program itself, recent files, open, or drop a file.

use super::widgets::{caption, hint, icon_text, link, named, quiet_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::request::Request;
use crate::app::style::{color, corner, font};
use crate::i18n::{Lang, Msg};
use crate::store::template;
use crate::theme::size::{radius, space, text};
use crate::theme::{Face, Icon};
use egui::{
    CentralPanel, Frame, Label, Margin, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2,
};
use std::path::PathBuf;

/// Size of a template's picture.
const PICTURE: egui::Vec2 = vec2(288.0, 176.0);

/// Shows the page.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    app.draw_gallery();
    let theme = app.theme();
    let frame = Frame::new().fill(color(theme.canvas)).inner_margin(Margin::same(0));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let columns =
                ((ui.available_width() - 2.0 * space::PAGE) / (PICTURE.x + space::L)).floor().clamp(1.0, 4.0);
            let width = columns * (PICTURE.x + space::L) - space::L;
            let side = ((ui.available_width() - width) / 2.0).max(space::L);
            ui.add_space(space::PAGE);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    page(ui, app, columns as usize);
                });
            });
        });
    });
}

fn page(ui: &mut Ui, app: &mut App, columns: usize) {
    let (theme, lang) = (app.theme(), app.lang());
    ui.horizontal(|ui| {
        super::topbar::mark(ui, theme);
        ui.label(RichText::new(Msg::AppName.text(lang)).font(font(Face::SemiBold, text::HEADING)));
    });
    ui.add_space(space::M);
    ui.label(RichText::new(Msg::StartTitle.text(lang)).font(font(Face::SemiBold, text::DISPLAY)));
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        if super::widgets::primary_button(ui, theme, Msg::Open.text(lang)).clicked() {
            app.act(Action::Open);
        }
        hint(ui, theme, Msg::StartDrop.text(lang));
        if app.session.is_some() && quiet_button(ui, Msg::BackToMap.text(lang)).clicked() {
            app.view.gallery = false;
        }
        switches(ui, app);
    });
    ui.add_space(space::XL);
    caption(ui, theme, Msg::StartTemplates.text(lang));
    ui.add_space(space::S);
    gallery(ui, app, columns);
    ui.add_space(space::XL);
    recent(ui, app);
}

/// Language and theme, at the right end.
fn switches(ui: &mut Ui, app: &mut App) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let (icon, action) =
            if app.theme().dark { (Icon::Sun, Action::ThemeLight) } else { (Icon::Moon, Action::ThemeDark) };
        super::actions::action_button(ui, app, icon, action);
        let (other, action) = match app.lang() {
            Lang::En => (Lang::ZhCn, Action::LanguageChinese),
            Lang::ZhCn => (Lang::En, Action::LanguageEnglish),
        };
        if quiet_button(ui, other.own_name()).clicked() {
            app.act(action);
        }
    });
}

fn gallery(ui: &mut Ui, app: &mut App, columns: usize) {
    let templates: Vec<&'static template::Template> = template::ALL.iter().collect();
    for line in templates.chunks(columns.max(1)) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for template in line {
                card(ui, app, template);
            }
        });
        ui.add_space(space::L);
    }
}

/// A template's picture above its title; the whole card is a button.
fn card(ui: &mut Ui, app: &mut App, template: &'static template::Template) {
    let theme = app.theme();
    let title = template.title(app.lang());
    let (rect, response) = ui.allocate_exact_size(PICTURE + vec2(0.0, 44.0), Sense::click());
    named(&response, Role::Button, title);
    let lifted = response.hovered() || response.has_focus();
    let line = if response.has_focus() {
        theme.focus
    } else if lifted {
        theme.outline
    } else {
        theme.hairline
    };
    let round = corner(radius::CARD);
    ui.painter().rect_filled(rect, round, color(theme.raised));
    let picture = Rect::from_min_size(rect.min, PICTURE).shrink(space::M);
    if ui.is_rect_visible(rect) {
        app.gallery.paint(template.name, ui.painter(), picture);
    }
    ui.painter().rect_stroke(rect, round, Stroke::new(1.0, color(line)), StrokeKind::Inside);
    let foot = Rect::from_min_max(rect.min + vec2(space::L, PICTURE.y), rect.max - vec2(space::L, 0.0));
    let words = font(Face::SemiBold, text::STRONG);
    ui.painter().text(foot.left_center(), egui::Align2::LEFT_CENTER, title, words, color(theme.text));
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        app.ask(Request::Template(template.name));
    }
}

fn recent(ui: &mut Ui, app: &mut App) {
    let (theme, lang) = (app.theme(), app.lang());
    caption(ui, theme, Msg::StartRecent.text(lang));
    let files: Vec<PathBuf> = app.settings.recent.clone();
    if files.is_empty() {
        hint(ui, theme, Msg::StartNoRecent.text(lang));
    }
    for path in files {
        ui.horizontal(|ui| {
            ui.label(icon_text(Icon::File, 14.0, color(theme.muted)));
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if link(ui, theme, &name).clicked() {
                app.ask(Request::Open(path.clone()));
            }
            let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
            ui.add(Label::new(RichText::new(folder).size(text::SMALL).color(color(theme.muted))).truncate());
        });
    }
}
