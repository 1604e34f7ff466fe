//! Files dropped on the window, and pictures placed on the map.

use super::App;
use super::outcome::{JobOutcome, NextStep, Purpose};
use super::picking::{OUTLINES, PICTURES, has_extension};
use super::session::Session;
use crate::canvas::{CanvasOrder, PicturePlace};
use crate::edit::command::{MOST_IMAGE_BYTES, PictureError, add_picture};
use crate::i18n::{Explain, Msg, file_name, format_bytes};
use crate::id::{Id, IdSource, Kind};
use crate::model::Image;
use crate::store::disk::RealDisk;
use crate::store::image::{PictureFileError, prepare_pixels, read_image};
use crate::survey::source::ENDINGS;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The effect of dropping a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drop {
    /// Opens the file as a project.
    Open,
    /// Starts a project from the file.
    Outline,
    /// Imports answers.
    Import,
    /// Places a picture.
    Picture,
}

impl Drop {
    /// Returns the hint shown while the file is held over the window.
    pub(crate) fn hint_message(self) -> Msg {
        match self {
            Self::Open => Msg::DropOpen,
            Self::Outline => Msg::DropOutline,
            Self::Import => Msg::DropImport,
            Self::Picture => Msg::DropPicture,
        }
    }
}

impl App {
    /// Returns the effect that dropping this file would have now.
    pub(crate) fn drop_of(&self, path: &Path) -> Drop {
        let on_map = !self.at_start();
        match path {
            _ if on_map && has_extension(path, PICTURES) => Drop::Picture,
            // A table dropped on a map holds answers; on the start page it holds a journey.
            _ if on_map && has_extension(path, ENDINGS) => Drop::Import,
            _ if has_extension(path, OUTLINES) => Drop::Outline,
            _ => Drop::Open,
        }
    }

    /// Handles a file dropped on the window.
    pub(super) fn drop_file(&mut self, path: PathBuf, place: Option<PicturePlace>) {
        match self.drop_of(&path) {
            Drop::Open => self.leave_project(NextStep::Open(path)),
            Drop::Outline => self.leave_project(NextStep::Outline(path)),
            Drop::Import => {
                self.replacing = None;
                self.continue_with_path(Purpose::Import, path);
            }
            Drop::Picture => self.place_picture(path, place),
        }
    }

    /// Reads a picture in the background; it is placed once it has been read.
    pub(super) fn place_picture(&mut self, path: PathBuf, place: Option<PicturePlace>) {
        let place = place.or_else(|| self.session.as_ref().and_then(place_of_selection));
        let mut source = IdSource::from_seed(self.source.next_u64());
        self.work.start(Msg::Working, move |ticket| {
            let read = read_image(&RealDisk, &path, &mut source);
            let unwanted = ticket.cancel_flag().load(Ordering::Relaxed);
            JobOutcome::Pictured { path, place, result: read.map(|image| (!unwanted).then_some(image)) }
        });
    }

    /// Converts a picture from the clipboard in the background; it is placed afterwards.
    pub(super) fn place_pixels(&mut self, image: Arc<egui::ColorImage>) {
        let place = self.session.as_ref().and_then(place_of_selection);
        let mut source = IdSource::from_seed(self.source.next_u64());
        self.work.start(Msg::Working, move |_| {
            let [width, height] = image.size.map(|side| side as u32);
            let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
            let result = prepare_pixels((width, height), rgba, &mut source).map(Some);
            JobOutcome::Pictured { path: PathBuf::new(), place, result }
        });
    }

    pub(super) fn on_picture_read(
        &mut self,
        path: &Path,
        place: Option<PicturePlace>,
        result: Result<Option<Image>, PictureFileError>,
    ) {
        let lang = self.lang();
        let image = match result {
            Ok(Some(image)) => image,
            Ok(None) => return,
            Err(error) => return self.not_placed(path, &error.explain(lang)),
        };
        let Some(session) = &self.session else { return };
        let placed = place.ok_or(PictureError::NoPlace).and_then(|PicturePlace { at, lane }| {
            add_picture(session.project(), image, at, lane, &caption_from_path(path), &mut self.source)
        });
        match placed {
            Ok((transaction, id)) => {
                self.commit_transaction(transaction);
                self.with_session(|session| session.set_selection([id.into()].into()));
                self.orders.push(CanvasOrder::Reveal(id.into()));
            }
            Err(PictureError::NoPlace) => self.not_placed(path, Msg::PictureNoPlace.text(lang)),
            Err(PictureError::TooMuch { bytes: size }) => {
                let sizes: [(&str, &dyn std::fmt::Display); 2] =
                    [("size", &format_bytes(size)), ("limit", &format_bytes(MOST_IMAGE_BYTES))];
                self.not_placed(path, &Msg::PicturesFull.text_with(lang, &sizes));
            }
        }
    }

    fn not_placed(&mut self, path: &Path, why: &str) {
        let pasted = path.as_os_str().is_empty();
        let name = if pasted { Msg::Picture.text(self.lang()).to_owned() } else { file_name(path) };
        let what = Msg::CannotPlace.text_with(self.lang(), &[("file", &name)]);
        self.show_error(format!("{what}\n{why}\n{}", path.display()));
    }
}

/// Returns the column of the selection, or the first one of the journey.
fn place_of_selection(session: &Session) -> Option<PicturePlace> {
    let journey = session.journey()?;
    let column = |id: &Id| match id.kind() {
        Kind::Step | Kind::Stage => Some(*id),
        Kind::Touchpoint => Some(journey.touchpoints().get(&id.to_typed()?)?.step.into()),
        Kind::Cell => Some(journey.cells().get(&id.to_typed()?)?.at),
        Kind::Picture => Some(journey.pictures().get(&id.to_typed()?)?.at),
        _ => None,
    };
    let first = || {
        let stage = journey.stages_in_order().first().map(|stage| stage.id)?;
        Some(journey.steps_of(stage).first().map_or(Id::from(stage), |step| step.id.into()))
    };
    let at = session.selection().iter().find_map(column).or_else(first)?;
    Some(PicturePlace { at, lane: None })
}

/// Returns a caption from the file's name; empty for a name numbered by a camera.
fn caption_from_path(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().replace(['_', '-'], " ");
    let letters = stem.chars().filter(|sign| sign.is_alphabetic()).count();
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    if digits >= letters { String::new() } else { stem.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_something_becomes_the_caption() {
        assert_eq!(caption_from_path(Path::new("/tmp/check-in_desk.png")), "check in desk");
        assert_eq!(caption_from_path(Path::new("值机柜台.jpg")), "值机柜台");
        assert_eq!(caption_from_path(Path::new("IMG_20260312_1204.jpg")), "");
    }
}
