//! A row with a date, typed as text or picked from a calendar that opens below.

use super::fields::{Spec, edit_field, show_refusal, widget_id};
use super::two_sided;
use super::widgets::{labelled_row, quiet_button, small_icon_button};
use crate::app::desk::{EditContext, Reading};
use crate::app::style::to_color32;
use crate::app::typed_day::NearYear;
use egui::{Button, Grid, Key, Modifiers, Popup, PopupCloseBehavior, Response, RichText, Stroke, Ui, vec2};
use engine::i18n::{Lang, Msg, Worded, format_date, month_name, weekday_letters};
use engine::id::Id;
use engine::model::value::{Atom, FieldValue};
use engine::model::{Field, FieldOf, Improvement, Typed};
use engine::theme::{Icon, Theme};
use jiff::Span;
use jiff::civil::Date;

/// Shows a row with an optional date.
pub(crate) fn date_row<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, Option<Date>>,
) {
    let id = record.record_id();
    let value = *field.get(record);
    let field = field.field();
    let shown = value.map(|day| day.to_string()).unwrap_or_default();
    let near = if field == Improvement::DUE { NearYear::Coming } else { NearYear::Past };
    let spec = Spec::new(id, field, Reading::Date(near));
    let theme = desk.theme;
    let lang = desk.lang;
    let name = desk.text(field.prompt.display_name());
    let picked = labelled_row(ui, theme, name, |ui| {
        let mut picked = None;
        let field_shown = |ui: &mut Ui, desk: &mut EditContext<'_>| edit_field(ui, desk, spec, &shown);
        two_sided::show(ui, field.name, desk, field_shown, |ui, _| {
            let named = Msg::PickDay.text_with(lang, &[("name", &name)]);
            let button = small_icon_button(ui, theme, Icon::Calendar, &named);
            let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
            let opened = popup.show(|ui| show_calendar(ui, theme, lang, (id, field), value));
            let Some(opened) = opened else { return };
            picked = opened.inner;
            let popup = Popup::default_response_id(&button);
            if picked.is_some() {
                Popup::close_id(ui.ctx(), popup);
            }
            let by_keyboard = ui.input(|input| !input.pointer.any_click());
            if by_keyboard && !Popup::is_id_open(ui.ctx(), popup) {
                ui.memory_mut(|memory| memory.request_focus(widget_id(ui, spec)));
            }
        });
        picked
    });
    show_refusal(ui, desk, spec);
    if let Some(picked) = picked {
        desk.typing.refused.forget_text(id, field);
        let value = match picked {
            Picked::Day(day) => day.to_value(),
            Picked::NoDay => FieldValue::Nothing,
        };
        desk.set_field(id, field, &value);
    }
}

/// A choice in the calendar.
enum Picked {
    /// A day.
    Day(Date),
    /// No date.
    NoDay,
}

/// The day that the keyboard is on in an open calendar; its month is shown.
#[derive(Debug, Clone, Copy)]
struct Browsed {
    day: Date,
    /// The last frame in which the calendar was open: once it closes, the day is forgotten.
    frame: u64,
    /// True once the day had the focus; a calendar that is only being measured can't have it.
    is_focused: bool,
}

/// Shows the calendar of a month, with buttons for other months. Arrow keys walk over the days.
fn show_calendar(
    ui: &mut Ui,
    theme: &Theme,
    lang: Lang,
    salt: (Id, Field),
    value: Option<Date>,
) -> Option<Picked> {
    let today = engine::clock::current_date();
    let key = ui.scope_id().with(("month", salt));
    let now = ui.ctx().cumulative_frame_nr();
    let browsed: Option<Browsed> = ui.data(|data| data.get_temp(key));
    let browsed = browsed.filter(|browsed| browsed.frame + 1 >= now);
    let from = browsed.map(|browsed| browsed.day).or(value).unwrap_or(today);
    let way = pressed_way(ui);
    let day = way.map_or(from, |way| way.from(from));
    let mut next = Browsed { day, frame: now, is_focused: browsed.is_some_and(|browsed| browsed.is_focused) };
    let mut stops = Vec::new();
    ui.horizontal(|ui| {
        let ways = [
            (Icon::ArrowLeft, Msg::PreviousMonth, Way::Months(-1)),
            (Icon::ArrowRight, Msg::NextMonth, Way::Months(1)),
        ];
        for (icon, name, way) in ways {
            let button = small_icon_button(ui, theme, icon, name.text(lang));
            if button.clicked() {
                next.day = way.from(day);
            }
            stops.push(button);
        }
        ui.label(month_name(lang, day));
    });
    let mut picked = None;
    let grid = Grid::new(ui.scope_id().with("days")).num_columns(7).spacing([2.0, 2.0]).min_col_width(28.0);
    grid.show(ui, |ui| {
        for letters in weekday_letters(lang) {
            ui.vertical_centered(|ui| {
                ui.label(RichText::new(*letters).small().color(to_color32(theme.muted)))
            });
        }
        ui.end_row();
        for week in weeks_of_month(day.first_of_month()) {
            for shown in week {
                let Some(shown) = shown else {
                    ui.label("");
                    continue;
                };
                let button = day_button(ui, theme, lang, shown, (value, today));
                if button.clicked() {
                    picked = Some(Picked::Day(shown));
                }
                if shown == day {
                    next.is_focused |= button.has_focus();
                    if !next.is_focused || way.is_some() {
                        button.request_focus();
                    }
                    stops.push(button);
                }
            }
            ui.end_row();
        }
    });
    ui.horizontal(|ui| {
        let button = quiet_button(ui, Msg::Today.text(lang));
        if button.clicked() {
            picked = Some(Picked::Day(today));
        }
        stops.push(button);
        if value.is_some() {
            let button = quiet_button(ui, Msg::NoDate.text(lang));
            if button.clicked() {
                picked = Some(Picked::NoDay);
            }
            stops.push(button);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, next));
    step_focus(ui, &stops);
    picked
}

/// A step over the days of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By a number of days.
    Days(i32),
    /// By a number of months, to the same day or else the last.
    Months(i32),
    /// To the Monday of the week.
    Monday,
    /// To the Sunday of the week.
    Sunday,
}

impl Way {
    /// Returns the day that the step leads to; a step over the calendar's end leads nowhere.
    fn from(self, day: Date) -> Date {
        let place = i32::from(day.weekday().to_monday_zero_offset());
        let span = match self {
            Self::Days(days) => Span::new().days(days),
            Self::Months(months) => Span::new().months(months),
            Self::Monday => Span::new().days(-place),
            Self::Sunday => Span::new().days(6 - place),
        };
        day.checked_add(span).unwrap_or(day)
    }
}

/// Removes a key that walks over the days from the input, and returns its step.
fn pressed_way(ui: &Ui) -> Option<Way> {
    let keys = [
        (Key::ArrowLeft, Way::Days(-1)),
        (Key::ArrowRight, Way::Days(1)),
        (Key::ArrowUp, Way::Days(-7)),
        (Key::ArrowDown, Way::Days(7)),
        (Key::PageUp, Way::Months(-1)),
        (Key::PageDown, Way::Months(1)),
        (Key::Home, Way::Monday),
        (Key::End, Way::Sunday),
    ];
    let is_pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    keys.into_iter().find(|(key, _)| is_pressed(*key)).map(|(_, way)| way)
}

/// Moves the focus by Tab within the calendar, from the last control to the first.
fn step_focus(ui: &Ui, stops: &[Response]) {
    let Some(at) = stops.iter().position(Response::has_focus) else { return };
    let is_pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Tab));
    let next = if is_pressed(Modifiers::SHIFT) {
        at + stops.len() - 1
    } else if is_pressed(Modifiers::NONE) {
        at + 1
    } else {
        return;
    };
    if let Some(stop) = stops.get(next % stops.len()) {
        stop.request_focus();
    }
}

fn day_button(ui: &mut Ui, theme: &Theme, lang: Lang, day: Date, marked: (Option<Date>, Date)) -> Response {
    let (value, today) = marked;
    let chosen = value == Some(day);
    let words = RichText::new(day.day().to_string());
    let words = if chosen { words.color(to_color32(theme.on_accent)) } else { words };
    let mut button =
        Button::new(words).min_size(vec2(28.0, 24.0)).frame_when_inactive(chosen || day == today);
    if chosen {
        button = button.fill(to_color32(theme.accent)).stroke(Stroke::NONE);
    }
    ui.add(button).accessible_name(format_date(lang, day).as_str())
}

/// Returns the days of a month in weeks that begin on Monday.
fn weeks_of_month(first: Date) -> Vec<[Option<Date>; 7]> {
    let mut weeks = vec![[None; 7]];
    let mut day = Some(first);
    while let Some(now) = day.filter(|day| day.month() == first.month()) {
        let place = now.weekday().to_monday_zero_offset();
        if place == 0 && now != first {
            weeks.push([None; 7]);
        }
        let slot = weeks.last_mut().and_then(|week| week.get_mut(usize::try_from(place).ok()?));
        if let Some(slot) = slot {
            *slot = Some(now);
        }
        day = now.tomorrow().ok();
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;

    #[test]
    fn days_are_walked_and_the_calendars_ends_are_kept() {
        let day = civil::date(2026, 1, 31);
        assert_eq!(Way::Days(1).from(day), civil::date(2026, 2, 1));
        assert_eq!(Way::Months(1).from(day), civil::date(2026, 2, 28));
        assert_eq!(Way::Monday.from(day), civil::date(2026, 1, 26));
        assert_eq!(Way::Sunday.from(day), civil::date(2026, 2, 1));
        for way in [Way::Days(7), Way::Months(1), Way::Sunday] {
            assert_eq!(way.from(Date::MAX), Date::MAX);
            assert_eq!(Way::Days(-7).from(Date::MIN), Date::MIN);
        }
    }

    #[test]
    fn a_month_is_parted_into_weeks_from_monday() {
        let march = weeks_of_month(civil::date(2026, 3, 1));
        assert_eq!(march.len(), 6);
        assert_eq!(march[0], [None, None, None, None, None, None, Some(civil::date(2026, 3, 1))]);
        assert_eq!(march[5][1], Some(civil::date(2026, 3, 31)));
        let days = |month: &[[Option<Date>; 7]]| month.iter().flatten().flatten().count();
        assert_eq!((days(&march), days(&weeks_of_month(civil::date(2024, 2, 1)))), (31, 29));
        assert_eq!(days(&weeks_of_month(civil::date(9999, 12, 1))), 31, "the calendar's end");
    }
}
