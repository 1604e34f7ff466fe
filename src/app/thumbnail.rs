//! Thumbnails of templates, files and earlier versions, drawn by the program itself in the background.

use super::App;
use super::jobs::{JobScope, Jobs, Ticket};
use crate::features::filing::files::{DrawingStyle, draw_first_journey};
use egui::{ColorImage, TextureHandle, TextureOptions};
use engine::export::png;
use engine::i18n::{Lang, Msg};
use engine::model::Project;
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use engine::store::template::{self, Template};
use engine::store::versions::{VersionEntry, Versions};
use engine::theme::ThemeId;
use std::path::{Path, PathBuf};

/// The project that a thumbnail shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A template of the program.
    Template(&'static str),
    /// A project file.
    File(PathBuf),
    /// An earlier version, with the state folder that holds it.
    Version(PathBuf, VersionEntry),
}

/// The parameters of a thumbnail: theme, language, size in pixels, and pixels per point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThumbnailStyle {
    theme: ThemeId,
    lang: Lang,
    size: (u32, u32),
    density: f32,
}

impl ThumbnailStyle {
    /// Returns the parameters for thumbnails that are each `size` points large, with `density` pixels per point.
    pub fn new(look: DrawingStyle, size: egui::Vec2, density: f32) -> Self {
        let pixels = ((size.x * density).round() as u32, (size.y * density).round() as u32);
        Self { theme: look.theme, lang: look.lang, size: pixels, density }
    }
}

/// A finished thumbnail; without pixels if there is nothing to draw.
struct Thumbnail {
    subject: Subject,
    frame: ThumbnailStyle,
    pixels: Option<Vec<u8>>,
}

/// The state of a thumbnail in the gallery.
enum ThumbnailState {
    /// Being drawn.
    Awaited,
    /// Nothing to draw: the file is gone or unreadable.
    Missing,
    /// Drawn and uploaded.
    Ready(TextureHandle),
}

/// The thumbnails drawn with the same parameters.
#[derive(Default)]
pub struct Gallery {
    frame: Option<ThumbnailStyle>,
    pictures: Vec<(Subject, ThumbnailState)>,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.pictures.iter().map(|(subject, _)| subject)).finish()
    }
}

impl Gallery {
    /// Returns the texture of a thumbnail, once it is ready.
    pub fn texture_id(&self, subject: &Subject) -> Option<egui::TextureId> {
        self.pictures.iter().find_map(|(known, picture)| match picture {
            ThumbnailState::Ready(texture) if known == subject => Some(texture.id()),
            ThumbnailState::Ready(_) | ThumbnailState::Awaited | ThumbnailState::Missing => None,
        })
    }

    /// True if the subject turned out to have nothing to draw.
    pub fn is_missing(&self, subject: &Subject) -> bool {
        self.pictures
            .iter()
            .any(|(known, picture)| known == subject && matches!(picture, ThumbnailState::Missing))
    }

    /// Starts drawing the subjects that have no thumbnail yet. `find_gallery` returns this gallery as long as it
    /// is shown.
    pub fn draw_missing(
        &mut self,
        jobs: &mut Jobs,
        subjects: impl Iterator<Item = Subject>,
        frame: ThumbnailStyle,
        find_gallery: fn(&mut App) -> Option<&mut Self>,
    ) {
        if self.frame != Some(frame) {
            *self = Self { frame: Some(frame), pictures: Vec::new() };
        }
        for subject in subjects {
            if self.pictures.iter().all(|(known, _)| *known != subject) {
                self.pictures.push((subject.clone(), ThumbnailState::Awaited));
                let draw = move |_: &Ticket| draw_thumbnail(subject, frame);
                jobs.start(JobScope::Window, Msg::Working, draw, move |app, thumbnail| {
                    let ctx = app.ctx.clone();
                    if let Some(gallery) = find_gallery(app) {
                        gallery.store_thumbnail(&ctx, thumbnail);
                    }
                });
            }
        }
    }

    /// Stores a finished thumbnail; one with outdated parameters is dropped.
    fn store_thumbnail(&mut self, ctx: &egui::Context, thumbnail: Thumbnail) {
        let Thumbnail { subject, frame, pixels } = thumbnail;
        if self.frame != Some(frame) {
            return;
        }
        let size = [frame.size.0 as usize, frame.size.1 as usize];
        let picture = pixels.map_or(ThumbnailState::Missing, |pixels| {
            let image = ColorImage::from_rgba_premultiplied(size, &pixels);
            ThumbnailState::Ready(ctx.load_texture("thumbnail", image, TextureOptions::LINEAR))
        });
        self.pictures.retain(|(known, _)| *known != subject);
        self.pictures.push((subject, picture));
    }

    /// Removes the thumbnail of a file that has changed.
    pub(crate) fn forget_file(&mut self, path: &Path) {
        self.pictures.retain(|(known, _)| !matches!(known, Subject::File(known) if known == path));
    }
}

/// Largest scale of a thumbnail, relative to the map's own size: a short map is not blown up.
const LARGEST: f32 = 0.3;

fn draw_thumbnail(subject: Subject, frame: ThumbnailStyle) -> Thumbnail {
    let project = match &subject {
        Subject::Template(name) => template::find_template(name).and_then(of_template),
        Subject::File(path) => open_project(&RealDisk, path).ok().map(|opened| opened.loaded.project),
        Subject::Version(state, kept) => {
            Versions::new(RealDisk, state).load_version(kept).ok().map(|loaded| loaded.project)
        }
    };
    let pixels = project.and_then(|project| {
        let scene = draw_first_journey(&project, DrawingStyle { theme: frame.theme, lang: frame.lang })?;
        png::render_thumbnail(&scene, project.images(), frame.size, LARGEST * frame.density)
    });
    Thumbnail { subject, frame, pixels }
}

fn of_template(template: &Template) -> Option<Project> {
    engine::store::load::load_project(template.bytes).ok().map(|loaded| loaded.project)
}
