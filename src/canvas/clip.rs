//! Copy, cut and paste: elements between Desireline windows, their titles to other programs.

use super::Canvas;
use super::io::{CanvasEvent, CanvasInput};
use super::paste::{Pasted, PastedText, read_pasted};
use egui::{Event, Ui};
use engine::edit::command;
use engine::id::Id;
use engine::model::Project;

impl Canvas {
    /// Handles the clipboard events of this frame.
    pub(super) fn handle_clipboard(&mut self, ui: &Ui, input: &CanvasInput<'_>) {
        let asked = |event: &&Event| {
            matches!(event, Event::Copy | Event::Cut | Event::Paste(_) | Event::PasteImage(_))
        };
        let events: Vec<Event> = ui.input(|input| input.events.iter().filter(asked).cloned().collect());
        for event in events {
            match event {
                Event::Copy => drop(self.copy_selection(ui, input)),
                Event::Cut if !input.read_only => {
                    let Some(clip) = self.copy_selection(ui, input) else { continue };
                    // Elements that can't be copied, such as a lone flow, are not cut.
                    let copied = input.selection.iter().copied().filter(|id| clip.record(*id).is_some());
                    let copied: Vec<Id> = copied.collect();
                    let gone = command::delete_records(input.project, &copied, &mut self.branch_source());
                    self.events.push(CanvasEvent::Commit(gone));
                }
                Event::Paste(text) if !input.read_only => self.paste_text(input, &text),
                Event::PasteImage(image) if !input.read_only => self.events.push(CanvasEvent::Picture(image)),
                _ => {}
            }
        }
    }

    /// Inserts copied elements; reports other text as [`CanvasEvent::Pasted`].
    fn paste_text(&mut self, input: &CanvasInput<'_>, text: &str) {
        match read_pasted(text, |text| self.clips.pasted_elements(text)) {
            Pasted::Elements(clip) => self.insert_clip(input, &clip),
            Pasted::Foreign(pasted) => self.events.push(CanvasEvent::Pasted(pasted)),
            Pasted::Nothing => {}
        }
    }

    /// Copies the selected elements to the clipboard; returns them, or `None` if none of them can be copied.
    fn copy_selection(&mut self, ui: &Ui, input: &CanvasInput<'_>) -> Option<Project> {
        let chosen: Vec<Id> = input.selection.iter().copied().collect();
        let clip = command::copy_elements(input.project, &chosen)?;
        if let Some(lines) = self.clips.copy_elements(clip.clone(), input.lang) {
            ui.copy_text(lines);
        }
        Some(clip)
    }

    /// Inserts copied elements after the selection.
    fn insert_clip(&mut self, input: &CanvasInput<'_>, clip: &Project) {
        let at = input.selection.iter().next_back().copied();
        let (transaction, pasted) =
            command::paste_clip(input.project, clip, input.journey, at, &mut self.branch_source());
        self.events.push(CanvasEvent::Commit(transaction));
        let left = command::left_behind(input.project, clip);
        if !left.is_empty() {
            let titles = left.iter().map(|improvement| improvement.title.clone()).collect();
            self.events.push(CanvasEvent::Pasted(PastedText::Incomplete(titles)));
        }
        self.reveal = pasted.first().copied();
        self.events.push(CanvasEvent::Select(pasted.into_iter().collect()));
    }
}
