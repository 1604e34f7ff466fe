//! The journeys that come with the program, to begin from.

use crate::i18n::{Lang, Msg};

/// One of them, as a project file.
#[derive(Debug)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// The project file.
    pub bytes: &'static [u8],
    title: Msg,
}

impl Template {
    /// What the gallery calls it.
    pub fn title(&self, lang: Lang) -> &'static str {
        self.title.text(lang)
    }
}

/// All templates, in the order of the gallery.
pub const ALL: &[Template] = &[];

/// The template of that name.
pub fn find(name: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.name == name)
}
