//! Files dropped on the window, and pictures placed on the map.

use crate::app::App;
use crate::app::jobs::{JobScope, Ticket};
use crate::app::session::Session;
use crate::canvas::{CanvasOrder, PicturePlace};
use crate::features::filing;
use crate::features::filing::step::NextStep;
use crate::features::import;
use crate::features::paths::{self, OUTLINES, PICTURES, PathQuestion, SURVEYS, has_extension};
use engine::edit::command::{MOST_IMAGE_BYTES, PictureError, add_picture};
use engine::i18n::{Explain, Msg, file_name, format_bytes};
use engine::id::{Id, IdSource, Kind};
use engine::model::Image;
use engine::store::disk::RealDisk;
use engine::store::image::{PictureFileError, prepare_pixels, read_image};
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

/// Returns the effect that dropping this file would have now.
pub(crate) fn drop_of(app: &App, path: &Path) -> Drop {
    let on_map = !app.at_start();
    match path {
        _ if on_map && has_extension(path, PICTURES) => Drop::Picture,
        // A table dropped on a map holds answers; on the start page it holds a journey.
        _ if on_map && has_extension(path, SURVEYS) => Drop::Import,
        _ if has_extension(path, OUTLINES) => Drop::Outline,
        _ => Drop::Open,
    }
}

/// Handles a file dropped on the window.
pub(crate) fn drop_file(app: &mut App, path: PathBuf, place: Option<PicturePlace>) {
    match drop_of(app, &path) {
        Drop::Open => filing::leave_project(app, NextStep::Open(path)),
        Drop::Outline => filing::leave_project(app, NextStep::Outline(path)),
        Drop::Import => {
            paths::close_dialog(app);
            import::start_import(app, &path, None);
        }
        Drop::Picture => place_picture(app, path, place),
    }
}

/// Asks for a picture to place.
pub(crate) fn ask_for_picture(app: &mut App) {
    let kind = ("PNG, JPEG, WebP", PICTURES);
    let question = PathQuestion::to_read(Msg::AddPicture, Msg::Add, kind, |app, path| {
        place_picture(app, path, None);
    });
    paths::ask_path(app, question);
}

/// Reads a picture in the background; it is placed once it has been read.
fn place_picture(app: &mut App, path: PathBuf, place: Option<PicturePlace>) {
    let place = place.or_else(|| app.session.as_ref().and_then(place_of_selection));
    let mut source = IdSource::from_seed(app.source.next_u64());
    let read = move |ticket: &Ticket| {
        let read = read_image(&RealDisk, &path, &mut source);
        let unwanted = ticket.cancel_flag().load(Ordering::Relaxed);
        (read.map(|image| (!unwanted).then_some(image)), path)
    };
    app.jobs.start(JobScope::Document, Msg::Working, read, move |app, (result, path)| {
        on_picture_read(app, &path, place, result);
    });
}

/// Converts a picture from the clipboard in the background; it is placed afterwards.
pub(crate) fn place_pixels(app: &mut App, image: Arc<egui::ColorImage>) {
    let place = app.session.as_ref().and_then(place_of_selection);
    let mut source = IdSource::from_seed(app.source.next_u64());
    let convert = move |_: &Ticket| {
        let [width, height] = image.size.map(|side| side as u32);
        let rgba = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
        prepare_pixels((width, height), rgba, &mut source).map(Some)
    };
    app.jobs.start(JobScope::Document, Msg::Working, convert, move |app, result| {
        on_picture_read(app, Path::new(""), place, result);
    });
}

fn on_picture_read(
    app: &mut App,
    path: &Path,
    place: Option<PicturePlace>,
    result: Result<Option<Image>, PictureFileError>,
) {
    let lang = app.lang();
    let image = match result {
        Ok(Some(image)) => image,
        Ok(None) => return,
        Err(error) => return not_placed(app, path, &error.explain(lang)),
    };
    let Some(session) = &app.session else { return };
    let placed = place.ok_or(PictureError::NoPlace).and_then(|PicturePlace { at, lane }| {
        add_picture(session.project(), image, at, lane, &caption_from_path(path), &mut app.source)
    });
    match placed {
        Ok((transaction, id)) => {
            app.commit_transaction(transaction);
            app.with_session(|session| session.set_selection([id.into()].into()));
            app.send_order(CanvasOrder::Reveal(id.into()));
        }
        Err(PictureError::NoPlace) => not_placed(app, path, Msg::PictureNoPlace.text(lang)),
        Err(PictureError::TooMuch { bytes: size }) => {
            let sizes: [(&str, &dyn std::fmt::Display); 2] =
                [("size", &format_bytes(size)), ("limit", &format_bytes(MOST_IMAGE_BYTES))];
            not_placed(app, path, &Msg::PicturesFull.text_with(lang, &sizes));
        }
    }
}

fn not_placed(app: &mut App, path: &Path, why: &str) {
    let pasted = path.as_os_str().is_empty();
    let name = if pasted { Msg::Picture.text(app.lang()).to_owned() } else { file_name(path) };
    let what = Msg::CannotPlace.text_with(app.lang(), &[("file", &name)]);
    app.show_error(format!("{what}\n{why}\n{}", path.display()));
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
