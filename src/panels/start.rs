//! The start page: thumbnails of templates and recent files, and ways to open or drop a file.

use super::start_card::{StartCard, show_card};
use super::two_sided;
use super::widgets::{caption_label, hint_label, quiet_button};
use crate::app::App;
use crate::app::action::Action;
use crate::app::request::AppRequest;
use crate::app::style::{font_id, to_color32};
use crate::app::thumbnail::{Subject, ThumbnailStyle};
use crate::features::filing;
use egui::{CentralPanel, Frame, Margin, RichText, ScrollArea, Ui, Vec2, vec2};
use engine::i18n::{Lang, Msg, escape_invisible, template_purpose, template_title};
use engine::store::template;
use engine::theme::size::{space, text};
use engine::theme::{Face, Icon};
use std::path::PathBuf;

/// Minimum and maximum width of a card, in points.
const CARD: (f32, f32) = (240.0, 336.0);
/// Largest number of cards side by side.
const COLUMNS: f32 = 4.0;
/// Height of a card's picture as a share of its width.
const SHAPE: f32 = 0.58;

/// The layout of the cards: the number side by side, and the size of their pictures.
#[derive(Clone, Copy)]
struct CardGrid {
    columns: usize,
    picture: Vec2,
}

impl CardGrid {
    /// Fits as many cards as possible into a width, as wide as possible.
    fn fit_width(room: f32) -> Self {
        let columns = ((room + space::L) / (CARD.0 + space::L)).floor().clamp(1.0, COLUMNS);
        let width = ((room + space::L) / columns - space::L).min(CARD.1).floor();
        Self { columns: columns as usize, picture: vec2(width, (width * SHAPE).round()) }
    }

    fn width(self) -> f32 {
        self.columns as f32 * (self.picture.x + space::L) - space::L
    }
}

/// Starts drawing the thumbnails that do not exist yet, each `size` points large.
fn draw_thumbnails(app: &mut App, size: Vec2, density: f32) {
    let frame = ThumbnailStyle::new(filing::drawing_style(app), size, density);
    let files = app.settings.recent.iter().cloned().map(Subject::File);
    let templates = template::ALL.iter().map(|template| Subject::Template(template.name));
    app.gallery.draw_missing(&mut app.jobs, templates.chain(files), frame, |app| Some(&mut app.gallery));
}

/// Shows the start page.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let frame = Frame::new().fill(to_color32(theme.canvas)).inner_margin(Margin::same(0));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let room = ui.available_width();
            let shelf = CardGrid::fit_width(room - 2.0 * space::PAGE.min(room / 12.0));
            draw_thumbnails(app, shelf.picture, ui.pixels_per_point());
            ui.add_space(space::PAGE);
            ui.horizontal_top(|ui| {
                ui.add_space(((room - shelf.width()) / 2.0).max(0.0));
                ui.vertical(|ui| {
                    ui.set_width(shelf.width());
                    show_page(ui, app, shelf);
                });
            });
            ui.add_space(space::PAGE);
        });
    });
}

fn show_page(ui: &mut Ui, app: &mut App, shelf: CardGrid) {
    let theme = app.theme();
    let lang = app.lang();
    ui.horizontal(|ui| {
        super::topbar::show_logo(ui, theme);
        ui.label(RichText::new(Msg::AppName.text(lang)).font(font_id(Face::SemiBold, text::HEADING)));
        show_switches(ui, app);
    });
    ui.add_space(space::L);
    ui.label(RichText::new(Msg::StartTitle.text(lang)).font(font_id(Face::SemiBold, text::DISPLAY)));
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if super::widgets::primary_button(ui, theme, Msg::Open.text(lang)).clicked() {
            app.queue_action(Action::Open);
        }
        if app.session.is_some() && quiet_button(ui, Msg::BackToMap.text(lang)).clicked() {
            app.view.gallery = false;
        }
        hint_label(ui, theme, Msg::StartDrop.text(lang));
    });
    ui.add_space(space::XXL);
    caption_label(ui, theme, Msg::StartTemplates.text(lang));
    ui.add_space(space::S);
    let templates = template::ALL.iter().map(StartEntry::Template).collect();
    show_cards(ui, app, shelf, templates);
    ui.add_space(space::XL);
    caption_label(ui, theme, Msg::StartRecent.text(lang));
    ui.add_space(space::S);
    if app.settings.recent.is_empty() {
        hint_label(ui, theme, Msg::StartNoRecent.text(lang));
    }
    let files = app.settings.recent.iter().cloned().map(StartEntry::File).collect();
    show_cards(ui, app, shelf, files);
}

/// Shows the switches for language and theme, at the right end.
fn show_switches(ui: &mut Ui, app: &mut App) {
    two_sided::show(
        ui,
        "switches",
        app,
        |_, _| {},
        |ui, app| {
            let (other, action) = match app.lang() {
                Lang::En => (Lang::ZhCn, Action::LanguageChinese),
                Lang::ZhCn => (Lang::En, Action::LanguageEnglish),
            };
            if quiet_button(ui, other.own_name()).clicked() {
                app.queue_action(action);
            }
            let (icon, action) = if app.theme().dark {
                (Icon::Sun, Action::ThemeLight)
            } else {
                (Icon::Moon, Action::ThemeDark)
            };
            super::actions::action_button(ui, app, icon, action);
        },
    );
}

/// The target of a card.
enum StartEntry {
    Template(&'static template::Template),
    File(PathBuf),
}

fn show_cards(ui: &mut Ui, app: &mut App, shelf: CardGrid, entries: Vec<StartEntry>) {
    let mut entries = entries.into_iter().peekable();
    while entries.peek().is_some() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for entry in entries.by_ref().take(shelf.columns) {
                entry_card(ui, app, shelf.picture, entry);
            }
        });
        ui.add_space(space::L);
    }
}

fn entry_card(ui: &mut Ui, app: &mut App, picture: Vec2, entry: StartEntry) {
    let lang = app.lang();
    match entry {
        StartEntry::Template(template) => {
            let subject = Subject::Template(template.name);
            let shown = StartCard {
                subject: &subject,
                gallery: &app.gallery,
                chosen: false,
                title: template_title(template, lang),
                detail: template_purpose(template, lang),
                gone: None,
            };
            if show_card(ui, app.theme(), picture, &shown) {
                app.queue_request(AppRequest::Template(template.name));
            }
        }
        StartEntry::File(path) => {
            let name = escape_invisible(&path.file_stem().unwrap_or_default().to_string_lossy());
            let folder =
                path.parent().map(|folder| escape_invisible(&folder.to_string_lossy())).unwrap_or_default();
            let subject = Subject::File(path.clone());
            let gone = Some(Msg::StartNotReadable.text(lang));
            let shown = StartCard {
                subject: &subject,
                gallery: &app.gallery,
                chosen: false,
                title: &name,
                detail: &folder,
                gone,
            };
            if show_card(ui, app.theme(), picture, &shown) {
                app.queue_request(AppRequest::Open(path));
            }
        }
    }
}
