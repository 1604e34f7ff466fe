//! The licences of the third-party packages: a searchable list, and the text of one.
//!
//! The search field has the focus; arrow keys choose a package, the page keys scroll its text.

use super::licences::Licences;
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::two_sided;
use crate::panels::widgets::{default_button, heading_label, hint_label, soft_label};
use egui::{
    Align, Button, Id, Key, Layout, Modifiers, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui, vec2,
};
use engine::i18n::{Lang, Msg, format_count};
use engine::theme::Theme;
use engine::theme::size::text;

/// Width of the list, in points.
const LIST: f32 = 290.0;
/// Height of a package in the list, in points.
const ROW: f32 = 26.0;

/// The search, and the package shown.
#[derive(Debug, Default)]
pub struct LicencesForm {
    licences: Licences,
    search: String,
    found: Vec<usize>,
    marked: usize,
    /// True if the list must scroll to the highlighted package.
    moved: bool,
}

impl LicencesForm {
    /// Returns the form with all packages listed and the first one shown.
    pub fn new() -> Self {
        let licences = Licences::load_bundled();
        let found = licences.find_entries("");
        Self { licences, found, ..Self::default() }
    }
}

impl Modal for LicencesForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_licences(ui, app, self);
    }
}

/// Shows the list of packages beside the licence of one.
fn show_licences(ui: &mut Ui, app: &mut App, form: &mut LicencesForm) {
    let lang = app.lang();
    let theme = app.theme();
    let room = ui.ctx().content_rect();
    ui.set_width((room.width() - 120.0).clamp(480.0, 820.0));
    heading_label(ui, Msg::ThirdPartyLicences.text(lang));
    search_field(ui, form, lang);
    let found = form.found.len() as u64;
    let all = form.licences.entries().len() as u64;
    soft_label(
        ui,
        theme,
        &Msg::LicencesFound.text_with(lang, &[("n", &format_count(found)), ("all", &format_count(all))]),
    );
    ui.add_space(6.0);
    let height = (room.height() - 300.0).clamp(140.0, 460.0);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(LIST, height), Layout::top_down(Align::Min), |ui| {
            package_list(ui, form, height);
        });
        let (line, _) = ui.allocate_exact_size(vec2(1.0, height), Sense::hover());
        ui.painter().vline(line.center().x, line.y_range(), Stroke::new(1.0, to_color32(theme.hairline)));
        ui.vertical(|ui| show_licence(ui, theme, form, lang, height));
    });
    ui.add_space(12.0);
    two_sided::show_buttons(ui, |ui| {
        if default_button(ui, theme, Msg::Close.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
    });
}

fn search_field(ui: &mut Ui, form: &mut LicencesForm, lang: Lang) {
    let label = Msg::LicencesSearch.text(lang);
    let id = Id::unique("search licences");
    let last = form.found.len().saturating_sub(1);
    let step = ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
        isize::from(down) - isize::from(up)
    });
    if step != 0 {
        form.marked = form.marked.saturating_add_signed(step).min(last);
        form.moved = true;
    }
    let edit = TextEdit::singleline(&mut form.search).id(id).hint_text(label).desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(label);
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    if response.changed() {
        form.found = form.licences.find_entries(&form.search);
        form.marked = 0;
        form.moved = true;
    }
}

/// Lists the packages that match the search.
fn package_list(ui: &mut Ui, form: &mut LicencesForm, height: f32) {
    ui.set_width(LIST);
    let found = form.found.clone();
    let area = ScrollArea::vertical().id_salt("packages").max_height(height).min_scrolled_height(height);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = area.auto_shrink(false);
    if std::mem::take(&mut form.moved) {
        area = area.vertical_scroll_offset((form.marked as f32 * ROW - height / 2.0).max(0.0));
    }
    area.show_rows(ui, ROW, found.len(), |ui, shown| {
        for place in shown {
            let Some(entry) = found.get(place).and_then(|at| form.licences.entries().get(*at)) else {
                continue;
            };
            let name = format!("{} {}", entry.name, entry.version);
            let button = Button::selectable(place == form.marked, name).truncate();
            if ui.add(button.min_size(vec2(LIST - 16.0, ROW))).clicked() {
                form.marked = place;
            }
        }
    });
}

/// Shows the licence of the highlighted package; as a legal text it is not translated.
fn show_licence(ui: &mut Ui, theme: &Theme, form: &LicencesForm, lang: Lang, height: f32) {
    let at = form.found.get(form.marked);
    let Some(entry) = at.and_then(|at| form.licences.entries().get(*at)) else {
        return drop(hint_label(ui, theme, Msg::LicencesNone.text(lang)));
    };
    ui.label(RichText::new(format!("{} {}", entry.name, entry.version)).strong());
    soft_label(ui, theme, &entry.licence);
    ui.add_space(4.0);
    let page = ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::PageDown);
        let up = input.consume_key(Modifiers::NONE, Key::PageUp);
        f32::from(i8::from(up) - i8::from(down))
    });
    let height = height - 46.0;
    let area = ScrollArea::vertical().id_salt((&entry.name, &entry.version)).max_height(height);
    area.min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
        if page != 0.0 {
            ui.scroll_with_delta(vec2(0.0, page * height * 0.8));
        }
        ui.label(RichText::new(form.licences.text(entry)).size(text::TINY).color(to_color32(theme.soft)));
    });
}
