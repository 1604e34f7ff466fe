//! The templates' pictures on the start page: drawn by the program itself, in the background.

use super::App;
use super::files::{Look, drawing};
use super::outcome::Outcome;
use crate::canvas::Miniature;
use crate::i18n::{Lang, Msg};
use crate::model::Project;
use crate::scene::Scene;
use crate::store::template::{self, Template};
use crate::theme::ThemeId;
use std::sync::Arc;

/// One template's picture.
#[derive(Debug, Clone)]
pub struct Thumbnail {
    /// The template.
    pub name: &'static str,
    /// Its project and drawing; none where it could not be made.
    drawing: Option<(Project, Arc<Scene>)>,
    look: (ThemeId, Lang),
}

/// All pictures for one look.
#[derive(Debug, Default)]
pub struct Gallery {
    look: Option<(ThemeId, Lang)>,
    pictures: Vec<(Thumbnail, Miniature)>,
}

impl Gallery {
    /// Paints a template's picture into a rectangle, once it is there.
    pub fn paint(&mut self, name: &str, painter: &egui::Painter, rect: egui::Rect) {
        let found = self.pictures.iter_mut().find(|(thumbnail, _)| thumbnail.name == name);
        if let Some((Thumbnail { drawing: Some((project, scene)), .. }, miniature)) = found {
            miniature.paint(painter, rect, scene, project);
        }
    }

    /// Takes a picture that was made; one for a look that is past is dropped.
    pub fn put(&mut self, thumbnail: Thumbnail) {
        if self.look == Some(thumbnail.look) {
            self.pictures.retain(|(known, _)| known.name != thumbnail.name);
            self.pictures.push((thumbnail, Miniature::default()));
        }
    }
}

impl App {
    /// Starts drawing the templates where the look has changed since.
    pub fn draw_gallery(&mut self) {
        let look = self.look();
        if self.gallery.look == Some((look.theme, look.lang)) {
            return;
        }
        self.gallery.look = Some((look.theme, look.lang));
        for template in template::ALL {
            self.work.start(Msg::Working, move |_| Outcome::Thumbnail(draw(template, look)));
        }
    }
}

fn draw(template: &'static Template, look: Look) -> Thumbnail {
    let loaded = crate::store::load::load(template.bytes).ok();
    let drawing = loaded.and_then(|loaded| {
        let scene = drawing(&loaded.project, look)?;
        Some((loaded.project, scene))
    });
    Thumbnail { name: template.name, drawing, look: (look.theme, look.lang) }
}
