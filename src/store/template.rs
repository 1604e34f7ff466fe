//! The templates that are part of the program: each a project as a file holds it.

use crate::i18n::{Lang, Msg};

/// A template.
#[derive(Debug)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// The project file.
    pub bytes: &'static [u8],
    title: Msg,
}

/// All templates, in the order in which people are offered them.
pub const ALL: &[Template] = &[
    Template { name: "blank", bytes: include_bytes!("../../templates/blank.ron"), title: Msg::TemplateBlank },
    Template {
        name: "airline",
        bytes: include_bytes!("../../templates/airline.ron"),
        title: Msg::TemplateAirline,
    },
    Template {
        name: "car-purchase",
        bytes: include_bytes!("../../templates/car-purchase.ron"),
        title: Msg::TemplateCar,
    },
    Template {
        name: "service-blueprint",
        bytes: include_bytes!("../../templates/service-blueprint.ron"),
        title: Msg::TemplateBlueprint,
    },
];

impl Template {
    /// Its name as people see it.
    pub fn title(&self, lang: Lang) -> &'static str {
        self.title.text(lang)
    }
}

/// The template of this name.
pub fn find(name: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check;
    use crate::store::load::{load, to_bytes};

    #[test]
    fn templates_are_sound_and_canonical() {
        for template in ALL {
            let project =
                load(template.bytes).unwrap_or_else(|error| panic!("{}: {error:?}", template.name)).project;
            assert_eq!(check::problems(&project), [], "{}", template.name);
            assert!(to_bytes(&project) == template.bytes, "{}: not as the program writes it", template.name);
            assert!(find(template.name).is_some_and(|found| std::ptr::eq(found, template)));
        }
    }
}
