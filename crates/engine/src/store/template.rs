//! The built-in templates: each a project file.

use super::load::load_project;
use crate::id::Id;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The subject of a built-in template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateSubject {
    /// None: a journey without content.
    Blank,
    /// A journey by air.
    Airline,
    /// The purchase of a car.
    CarPurchase,
    /// A blueprint of a service.
    ServiceBlueprint,
}

/// A built-in template.
#[derive(Debug)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// The bytes of the project file.
    pub bytes: &'static [u8],
    /// Its subject.
    pub subject: TemplateSubject,
}

/// All templates, in the order in which the interface offers them.
pub static ALL: &[Template] = &[
    Template {
        name: "blank",
        bytes: include_bytes!("../../../../templates/blank.ron"),
        subject: TemplateSubject::Blank,
    },
    Template {
        name: "airline",
        bytes: include_bytes!("../../../../templates/airline.ron"),
        subject: TemplateSubject::Airline,
    },
    Template {
        name: "car-purchase",
        bytes: include_bytes!("../../../../templates/car-purchase.ron"),
        subject: TemplateSubject::CarPurchase,
    },
    Template {
        name: "service-blueprint",
        bytes: include_bytes!("../../../../templates/service-blueprint.ron"),
        subject: TemplateSubject::ServiceBlueprint,
    },
];

/// Returns true if a template holds a record with this id. New projects get other ids; files of older
/// programs kept those of the template.
pub fn has_record(id: Id) -> bool {
    static IDS: LazyLock<BTreeSet<Id>> = LazyLock::new(|| {
        let projects = ALL.iter().filter_map(|template| Some(load_project(template.bytes).ok()?.project));
        projects.flat_map(|project| project.records().map(|record| record.id()).collect::<Vec<_>>()).collect()
    });
    IDS.contains(&id)
}

/// Returns the template with this name.
pub fn find_template(name: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_opens_under_its_name() {
        for template in ALL {
            assert!(
                load_project(template.bytes).is_ok_and(|loaded| loaded.read_only.is_none()),
                "{}",
                template.name
            );
            assert!(
                find_template(template.name).is_some_and(|found| found.bytes == template.bytes),
                "{}",
                template.name
            );
        }
        assert!(find_template("no such template").is_none());
    }
}
