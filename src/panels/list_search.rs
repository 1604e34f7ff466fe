//! An open list: letters filter it, arrow keys highlight an entry, Enter chooses it.

use crate::app::keyboard::{self, Owner};
use crate::canvas::Narrator;
use egui::{Event, Id, Key, Modifiers, TextEdit, Ui};
use engine::i18n::Msg;

/// Number of entries above which a list has a search field.
const SHORT: usize = 8;

/// The search state of an open list.
#[derive(Debug, Clone, Default)]
struct ListSearch {
    text: String,
    marked: usize,
    /// The number of the frame in which the list was last shown.
    shown: u64,
    /// The control that opened the list; it gets the focus back.
    opener: Option<Id>,
}

/// The entries to choose from.
pub(crate) struct ListEntries<'a, T> {
    /// The values with their labels.
    pub(crate) options: &'a [(T, String)],
    /// True for the values that are currently chosen.
    pub(crate) is_chosen: &'a dyn Fn(&T) -> bool,
    /// True to show the search field even for a short list.
    pub(crate) with_field: bool,
    /// The accessible name of the search field.
    pub(crate) name: &'a str,
    /// The index of an entry that is always listed last, such as one that creates something.
    pub(crate) last: Option<usize>,
}

/// Shows the entries; returns the index of the chosen one. `text` receives the search text.
pub(crate) fn show<T>(ui: &mut Ui, entries: &ListEntries<'_, T>, text: Option<&mut String>) -> Option<usize> {
    let key = ui.scope_id().with("list search");
    let now = ui.ctx().cumulative_frame_nr();
    let mut search: ListSearch = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let is_new = search.shown + 1 < now;
    if is_new {
        let chosen = entries.options.iter().position(|(option, _)| (entries.is_chosen)(option));
        let opener = ui.memory(egui::Memory::focused);
        // The opener must not keep the focus: it would take Enter as a click and close the list.
        if let Some(opener) = opener {
            ui.memory_mut(|memory| memory.surrender_focus(opener));
        }
        search = ListSearch { marked: chosen.unwrap_or(0), opener, ..ListSearch::default() };
    }
    search.shown = now;
    let has_field = entries.with_field || entries.options.len() > SHORT;
    let before = search.text.clone();
    if has_field {
        search_field(ui, &mut search, entries.name);
    } else {
        jump_to_letter(ui, &mut search, entries.options);
    }
    let mut found = matching_entries(entries.options, if has_field { &search.text } else { "" });
    found.sort_by_key(|place| entries.last == Some(*place));
    if has_field && search.text != before {
        search.marked = 0;
    }
    // The Enter that opened the list chooses nothing.
    let enter = !is_new && step_highlight(ui, &mut search.marked, found.len());
    let mut taken = enter.then(|| found.get(search.marked).copied()).flatten();
    for (row, place) in found.iter().enumerate() {
        let Some((option, words)) = entries.options.get(*place) else { continue };
        let response = ui.selectable_label((entries.is_chosen)(option), words.as_str());
        if row == search.marked {
            let ring = egui::Stroke::new(1.0, ui.visuals().selection.stroke.color);
            ui.painter().rect_stroke(response.rect, 4.0, ring, egui::StrokeKind::Inside);
            if is_new || ui.input(|input| input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp)) {
                response.scroll_to_me(None);
            }
        }
        if response.clicked() {
            taken = Some(*place);
        }
    }
    if found.is_empty() && !search.text.trim().is_empty() {
        ui.weak(Msg::NoMatches.text(Narrator::lang(ui.ctx())));
    }
    if taken.is_some() {
        // In a list that stays open, the search starts anew for the next entry.
        search.text.clear();
    }
    let is_closing = taken.is_some() || ui.input(|input| input.key_pressed(Key::Escape));
    if let Some(opener) = search.opener
        && is_closing
        && text.is_none()
    {
        ui.memory_mut(|memory| memory.request_focus(opener));
    }
    if let Some(text) = text {
        search.text.clone_into(text);
    }
    ui.data_mut(|data| data.insert_temp(key, search));
    taken
}

fn search_field(ui: &mut Ui, search: &mut ListSearch, label: &str) {
    let edit = TextEdit::singleline(&mut search.text).hint_text(label).desired_width(f32::INFINITY);
    ui.add(edit).accessible_name(label).request_focus();
    ui.add_space(4.0);
}

/// Moves the highlight to the next entry that begins with the typed letter.
fn jump_to_letter<T>(ui: &Ui, search: &mut ListSearch, options: &[(T, String)]) {
    if keyboard::current_owner(ui.ctx()) != Owner::List {
        return;
    }
    let typed = ui.input(|input| {
        input
            .events
            .iter()
            .find_map(|event| if let Event::Text(text) = event { Some(text.to_lowercase()) } else { None })
    });
    let Some(typed) = typed else { return };
    let begins = |place: &usize| {
        options.get(*place).is_some_and(|(_, words)| words.to_lowercase().starts_with(&typed))
    };
    let after = (search.marked + 1)..options.len();
    if let Some(place) = after.chain(0..options.len()).find(begins) {
        search.marked = place;
    }
}

/// Returns the indices of the entries that contain a text: an exact match first, then by prefix.
fn matching_entries<T>(options: &[(T, String)], text: &str) -> Vec<usize> {
    let wanted = text.trim().to_lowercase();
    let rank = |place: &usize| {
        let words = options.get(*place).map(|(_, words)| words.to_lowercase()).unwrap_or_default();
        (words != wanted, !words.starts_with(&wanted))
    };
    let holds = |words: &str| words.to_lowercase().contains(&wanted);
    let mut found: Vec<usize> =
        options.iter().enumerate().filter(|(_, (_, words))| holds(words)).map(|(place, _)| place).collect();
    if !wanted.is_empty() {
        found.sort_by_key(rank);
    }
    found
}

/// Moves the highlight by the arrow keys; returns true if Enter was pressed.
pub(crate) fn step_highlight(ui: &Ui, marked: &mut usize, count: usize) -> bool {
    *marked = (*marked).min(count.saturating_sub(1));
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::ArrowDown) && *marked + 1 < count {
            *marked += 1;
        }
        if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
            *marked = marked.saturating_sub(1);
        }
        input.consume_key(Modifiers::NONE, Key::Enter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_text_comes_first_in_any_case_and_language() {
        let options: Vec<((), String)> =
            ["On board", "Boarding pass", "线上值机", "Gate"].map(|words| ((), words.to_owned())).into();
        assert_eq!(matching_entries(&options, "board"), [1, 0]);
        assert_eq!(matching_entries(&options, "值机"), [2]);
        let owners: Vec<((), String)> = ["Anna", "Joann", "Ann"].map(|words| ((), words.to_owned())).into();
        assert_eq!(matching_entries(&owners, "ann"), [2, 0, 1], "what is called exactly so comes first");
        assert_eq!((matching_entries(&options, "").len(), matching_entries(&options, "zz").len()), (4, 0));
    }
}
