//! A row with a date, typed as text or picked from a calendar that opens below.

use super::fields::{Spec, edit, refusal};
use super::widgets::{quiet_button, row, small_icon_button};
use crate::app::desk::{Desk, Reading};
use crate::app::style::color;
use crate::app::typed_day::NearYear;
use crate::i18n::{Lang, Msg, date, month_name, weekday_letters};
use crate::id::Id;
use crate::model::Field;
use crate::model::value::{Atom, Value};
use crate::theme::{Icon, Theme};
use egui::{Align, Button, Grid, Layout, Popup, PopupCloseBehavior, RichText, Stroke, Ui, vec2};
use jiff::civil::Date;

/// Shows a row with an optional date.
pub(crate) fn date_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    value: Option<Date>,
) {
    let shown = value.map(|day| day.to_string()).unwrap_or_default();
    let near = match field {
        "due" => NearYear::Coming,
        _ => NearYear::Past,
    };
    let spec = Spec::new(id, field, label, Reading::Date(near));
    let (theme, lang, name) = (desk.theme, desk.lang, desk.text(label));
    let picked = row(ui, theme, name, |ui| {
        let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let line = Layout::right_to_left(Align::Center);
        let content = |ui: &mut Ui| {
            let named = Msg::PickDay.with(lang, &[("name", &name)]);
            let button = small_icon_button(ui, theme, Icon::Calendar, &named);
            let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
            let opened = popup.show(|ui| calendar(ui, theme, lang, (id, field), value));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| edit(ui, desk, spec, &shown));
            let picked = opened.and_then(|opened| opened.inner);
            if picked.is_some() {
                Popup::close_id(ui.ctx(), Popup::default_response_id(&button));
            }
            picked
        };
        ui.allocate_ui_with_layout(size, line, content).inner
    });
    refusal(ui, desk, spec);
    if let Some(picked) = picked {
        desk.refused.forget(id, field);
        let value = match picked {
            Picked::Day(day) => day.to_value(),
            Picked::NoDay => Value::Nothing,
        };
        desk.set(id, field, &value);
    }
}

/// A choice in the calendar.
enum Picked {
    /// A day.
    Day(Date),
    /// No date.
    NoDay,
}

/// Shows the calendar of a month, with buttons for other months.
fn calendar(
    ui: &mut Ui,
    theme: &Theme,
    lang: Lang,
    salt: (Id, Field),
    value: Option<Date>,
) -> Option<Picked> {
    let today = crate::clock::today();
    let key = ui.scope_id().with(("month", salt));
    // The month browsed to is forgotten once the calendar closes.
    let now = ui.ctx().cumulative_frame_nr();
    let leafed: Option<(Date, u64)> = ui.data(|data| data.get_temp(key));
    let leafed = leafed.and_then(|(month, frame)| (frame + 1 >= now).then_some(month));
    let first = leafed.or(value).unwrap_or(today).first_of_month();
    let mut shown = first;
    ui.horizontal(|ui| {
        let ways = [
            (Icon::ArrowLeft, Msg::PreviousMonth, first.yesterday()),
            (Icon::ArrowRight, Msg::NextMonth, first.last_of_month().tomorrow()),
        ];
        for (icon, name, way) in ways {
            if small_icon_button(ui, theme, icon, name.text(lang)).clicked() {
                shown = way.map_or(first, Date::first_of_month);
            }
        }
        ui.label(month_name(lang, first));
    });
    ui.data_mut(|data| data.insert_temp(key, (shown, now)));
    let mut picked = None;
    let grid = Grid::new(ui.scope_id().with("days")).num_columns(7).spacing([2.0, 2.0]).min_col_width(28.0);
    grid.show(ui, |ui| {
        for letters in weekday_letters(lang) {
            ui.vertical_centered(|ui| ui.label(RichText::new(*letters).small().color(color(theme.muted))));
        }
        ui.end_row();
        for week in weeks(first) {
            for day in week {
                match day {
                    Some(day) => {
                        if day_button(ui, theme, lang, day, (value, today)) {
                            picked = Some(Picked::Day(day));
                        }
                    }
                    None => drop(ui.label("")),
                }
            }
            ui.end_row();
        }
    });
    ui.horizontal(|ui| {
        if quiet_button(ui, Msg::Today.text(lang)).clicked() {
            picked = Some(Picked::Day(today));
        }
        if value.is_some() && quiet_button(ui, Msg::NoDate.text(lang)).clicked() {
            picked = Some(Picked::NoDay);
        }
    });
    if picked.is_some() {
        ui.data_mut(|data| data.remove::<Date>(key));
    }
    picked
}

fn day_button(ui: &mut Ui, theme: &Theme, lang: Lang, day: Date, marked: (Option<Date>, Date)) -> bool {
    let (value, today) = marked;
    let chosen = value == Some(day);
    let words = RichText::new(day.day().to_string());
    let words = if chosen { words.color(color(theme.on_accent)) } else { words };
    let mut button =
        Button::new(words).min_size(vec2(28.0, 24.0)).frame_when_inactive(chosen || day == today);
    if chosen {
        button = button.fill(color(theme.accent)).stroke(Stroke::NONE);
    }
    ui.add(button).accessible_name(date(lang, day).as_str()).clicked()
}

/// Returns the days of a month in weeks that begin on Monday.
fn weeks(first: Date) -> Vec<[Option<Date>; 7]> {
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
    fn a_month_is_parted_into_weeks_from_monday() {
        let march = weeks(civil::date(2026, 3, 1));
        assert_eq!(march.len(), 6);
        assert_eq!(march[0], [None, None, None, None, None, None, Some(civil::date(2026, 3, 1))]);
        assert_eq!(march[5][1], Some(civil::date(2026, 3, 31)));
        let days = |month: &[[Option<Date>; 7]]| month.iter().flatten().flatten().count();
        assert_eq!((days(&march), days(&weeks(civil::date(2024, 2, 1)))), (31, 29));
        assert_eq!(days(&weeks(civil::date(9999, 12, 1))), 31, "the calendar's end");
    }
}
