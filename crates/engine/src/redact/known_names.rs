//! The names that the project itself reveals: owners, personas, people introduced in sources and texts by a
//! title or a phrase, and the names of imported files, groups and mappings.

use super::RedactionWords;
use super::fields::{HeldText, all_texts, texts_of};
use super::matcher::{Matcher, NameList};
use crate::model::counts::Segment;
use crate::model::privacy::PrivacyClass;
use crate::model::{Batch, Persona, Project, Recipe, records_in_order};
use crate::survey::import::wave_name;
use crate::survey::source::ENDINGS;
use crate::survey::{
    MaskWords, PersonName, WhoKind, head_of, is_common, kind_of_person, masked, named_in, people_in,
    words_masked,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words in names of files that identify nobody, longer ones before those they begin with.
const PLAIN: &[&str] = &[
    "answers",
    "comments",
    "csat",
    "customers",
    "customer",
    "data",
    "export",
    "feedback",
    "interviews",
    "interview",
    "nps",
    "questionnaire",
    "responses",
    "results",
    "surveys",
    "survey",
    "问卷",
    "调查",
    "访谈",
    "数据",
    "反馈",
    "结果",
    "导出",
    "客户",
    "满意度",
];
/// Words in the names of files that hold what one person said.
const TALKS: &[&str] = &[
    "interview",
    "gespräch",
    "gespraech",
    "entretien",
    "entrevista",
    "conversation",
    "transcript",
    "protokoll",
    "访谈",
    "采访",
];
/// Headers of columns whose values are people.
const CLERKS: &[&str] = &[
    "clerk",
    "served by",
    "helped by",
    "handled by",
    "agent",
    "employee",
    "advisor",
    "adviser",
    "consultant",
    "salesperson",
    "berater",
    "bearbeiter",
    "mitarbeiter",
    "verkäufer",
    "betreuer",
    "vendeur",
    "conseiller",
    "vendedor",
    "asesor",
    "atendido por",
    "员工",
    "客服",
    "店员",
    "顾问",
    "接待",
    "服务人员",
    "经办",
];

/// All known names, and the words in place of them.
pub(super) struct KnownNames {
    words: RedactionWords,
    files: Matcher,
    people: Matcher,
}

impl KnownNames {
    /// Collects the names that a project reveals.
    pub(super) fn from_project(project: &Project, words: RedactionWords) -> Self {
        let everyday = everyday_words(project);
        let mut known = KnownLists { words, files: NameList::default(), people: NameList::default() };
        known.add_files(project);
        known.add_personas(project, &everyday);
        let texts = project.records().flat_map(|record| texts_of(&record));
        for owner in texts.filter(|held| held.class == PrivacyClass::NamesPeople) {
            known.add_people(people_in(&owner.text), &everyday);
        }
        for batch in project.batches().values() {
            known.add_people(people_of_file(batch), &everyday);
            known.add_people(clerk_names(batch), &everyday);
        }
        for held in all_texts(project) {
            if !matches!(held.class, PrivacyClass::ProgramWords(_) | PrivacyClass::NamesPeople) {
                if is_headed_by_name(&held) {
                    known.add_people(people_in(head_of(&held.text)), &everyday);
                }
                let told = named_in(&held.text).into_iter();
                known.add_people(told.filter(|name| is_telling(name, &everyday)).collect(), &everyday);
            }
        }
        Self { words, files: known.files.into_matcher(), people: known.people.into_matcher() }
    }

    /// Masks these names in a text, and whatever else the rules mask.
    pub(super) fn mask_text(&self, text: &str) -> String {
        self.replace_names(text, masked)
    }

    /// The same for a text in which digits are dates.
    pub(super) fn words_masked(&self, text: &str) -> String {
        self.replace_names(text, words_masked)
    }

    /// Masks whole names of files first.
    fn replace_names(&self, text: &str, mask: fn(&str, &MaskWords) -> String) -> String {
        self.people.replace_names(&mask(&self.files.replace_names(text), &self.words.masks))
    }
}

/// Known names, being collected.
struct KnownLists {
    words: RedactionWords,
    files: NameList,
    people: NameList,
}

impl KnownLists {
    fn add_files(&mut self, project: &Project) {
        for (place, batch) in project.batches().values().enumerate() {
            let by = numbered_name(self.words.import, place);
            self.files.add_name(&batch.file, &file_now(batch, place), false);
            for stem in file_stems(batch) {
                self.files.add_name(&stem, &by, is_common(&stem.to_lowercase()));
            }
        }
        for (place, recipe) in project.recipes().values().enumerate() {
            if let Some(name) = recipe_name(recipe) {
                let by = numbered_name(self.words.recipe, place);
                self.files.add_name(&name, &by, is_common(&name.to_lowercase()));
            }
        }
    }

    /// Adds personas that are named after people; a name part that two of them share is left out.
    fn add_personas(&mut self, project: &Project, everyday: &BTreeSet<String>) {
        let mut found: BTreeMap<PersonName, BTreeSet<usize>> = BTreeMap::new();
        for (place, persona) in records_in_order(project.personas()).into_iter().enumerate() {
            if is_role(persona, everyday) {
                continue;
            }
            let whole = persona.name.trim();
            let head = head_of(whole);
            let plain =
                |text: &str| PersonName { text: text.to_owned(), exact: is_common(&text.to_lowercase()) };
            let kinds = [plain(whole), plain(head)].into_iter();
            for name in kinds.chain(people_in(head)) {
                found.entry(name).or_default().insert(place);
            }
        }
        let shared = self.words.masks.name;
        for (name, places) in found {
            let only = if places.len() == 1 { places.first() } else { None };
            let by = only.map_or(shared.to_owned(), |place| persona_now(*place, &self.words));
            self.people.add_name(&name.text, &by, name.exact);
        }
    }

    /// Adds people; a single word that no list knows is added only if no text writes it in small letters.
    fn add_people(&mut self, names: Vec<PersonName>, everyday: &BTreeSet<String>) {
        let mask = self.words.masks.name;
        for name in names {
            let is_everyday = name.exact && everyday.contains(&name.text);
            if !is_everyday {
                self.people.add_name(&name.text, mask, name.exact);
            }
        }
    }
}

/// True if a name introduced by a title is worth masking elsewhere: "Ms Long" makes no name of "long", nor
/// "Dr West".
fn is_telling(name: &PersonName, everyday: &BTreeSet<String>) -> bool {
    let small = name.text.to_lowercase();
    !(is_common(&small) || (name.exact && everyday.contains(&small)))
}

/// Returns the words that the project's texts write in small letters.
fn everyday_words(project: &Project) -> BTreeSet<String> {
    let all = all_texts(project).into_iter();
    let texts = all
        .filter(|held| matches!(held.class, PrivacyClass::FreeText | PrivacyClass::Attribution))
        .map(|held| held.text);
    let mut words = BTreeSet::new();
    for text in texts {
        let parts = text.split(|c: char| !c.is_alphabetic());
        for word in parts.filter(|word| word.starts_with(char::is_lowercase)) {
            if !words.contains(word) {
                words.insert(word.to_owned());
            }
        }
    }
    words
}

/// True if a persona is named after a role ("Commuter") instead of a person. Such a name is kept: it
/// identifies nobody, and without it a map says nothing.
pub(super) fn is_role(persona: &Persona, everyday: &BTreeSet<String>) -> bool {
    match kind_of_person(&persona.name) {
        WhoKind::Role => true,
        WhoKind::Unsure => everyday.contains(&head_of(&persona.name).to_lowercase()),
        WhoKind::People => false,
    }
}

/// Returns the personas that are named after a role.
pub(super) fn role_personas(project: &Project) -> BTreeSet<crate::id::PersonaId> {
    let everyday = everyday_words(project);
    let all = project.personas().values();
    all.filter(|persona| is_role(persona, &everyday)).map(|persona| persona.id).collect()
}

/// Returns the people named in the name of a file: `Interview_Smith.xlsx`, `Karen Fairbanks.csv`.
fn people_of_file(batch: &Batch) -> Vec<PersonName> {
    let file = batch.file.as_str();
    let stem = file.strip_suffix(file_ending(file)).unwrap_or(file);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphabetic()).filter(|word| !is_plain(word)).collect();
    let rest = words.join(" ");
    let is_talk = TALKS.iter().any(|talk| stem.to_lowercase().contains(talk));
    let kind = kind_of_person(&rest);
    let first_known = words.first().is_some_and(|word| kind_of_person(word) == WhoKind::People);
    if (is_talk && kind != WhoKind::Role) || (kind == WhoKind::People && first_known) {
        people_in(&rest)
    } else {
        Vec::new()
    }
}

/// Returns the people whom groups are named after: values of a column of clerks, or of one in which most
/// values are people.
fn clerk_names(batch: &Batch) -> Vec<PersonName> {
    let mut columns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for segment in batch.counts.histograms.keys().map(|key| &key.segment) {
        let parts = segment.column.split(Segment::CROSS).zip(segment.value.split(Segment::CROSS));
        parts.for_each(|(column, value)| {
            columns.entry(column).or_default().insert(value);
        });
    }
    let mut names = Vec::new();
    for (column, values) in columns {
        let small = column.to_lowercase();
        let is_listed = CLERKS.iter().any(|clerk| small.contains(clerk));
        let people = values.iter().filter(|value| is_full_name(value)).count();
        let asked: Vec<&&str> = match (is_listed, 2 * people > values.len()) {
            (true, _) => values.iter().filter(|value| kind_of_person(value) != WhoKind::Role).collect(),
            (false, true) => values.iter().filter(|value| is_full_name(value)).collect(),
            (false, false) => Vec::new(),
        };
        names.extend(asked.into_iter().flat_map(|value| people_in(value)));
    }
    names
}

/// True if a text begins with its speaker ("Karen Fairbanks: …"), or a source with its author.
fn is_headed_by_name(said: &HeldText) -> bool {
    let head = head_of(&said.text);
    let behind = said.text.trim_start().get(head.len()..).unwrap_or_default();
    (said.class == PrivacyClass::Attribution || behind.starts_with([':', '：'])) && is_full_name(head)
}

/// True if a value is a given name with another, or a Chinese name.
fn is_full_name(value: &str) -> bool {
    let mut words = value.split_whitespace();
    let first = words.next().unwrap_or_default();
    let known = kind_of_person(first) == WhoKind::People && (words.next().is_some() || !first.is_ascii());
    known && kind_of_person(value) == WhoKind::People
}

/// Returns the name of the persona at this position in the copy.
pub(super) fn persona_now(place: usize, words: &RedactionWords) -> String {
    numbered_name(words.persona, place)
}

/// Returns the name of the file in the copy: a number, with the ending that shows its format.
pub(super) fn file_now(batch: &Batch, place: usize) -> String {
    format!("{}{}", place + 1, file_ending(&batch.file))
}

fn numbered_name(kind: &str, place: usize) -> String {
    format!("{kind} {}", place + 1)
}

/// Returns the ending of a file's name as far as it is a known format: ".csv.gz".
fn file_ending(file: &str) -> &str {
    let is_known = |ending: &str| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let mut stem = file;
    while let Some((shorter, _)) = stem.rsplit_once('.').filter(|(_, ending)| is_known(ending)) {
        stem = shorter;
    }
    file.strip_prefix(stem).unwrap_or_default()
}

/// Returns a file's name without its ending, as it is and as waves and stages are named after it.
fn file_stems(batch: &Batch) -> impl Iterator<Item = String> {
    let file = batch.file.as_str();
    let stem = file.strip_suffix(file_ending(file)).unwrap_or(file);
    let all = [stem.trim().to_owned(), stem.replace('_', " ").trim().to_owned(), wave_name(file)];
    all.into_iter().filter(|stem| !is_plain(stem))
}

fn recipe_name(recipe: &Recipe) -> Option<String> {
    Some(recipe.name.trim().to_owned()).filter(|name| !is_plain(name))
}

/// True if a name has only plain words, such as "survey 2026-05".
fn is_plain(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).all(|word| {
        let mut rest = word.to_lowercase();
        while let Some(shorter) = PLAIN.iter().find_map(|plain| rest.strip_prefix(plain)) {
            rest = shorter.to_owned();
        }
        rest.is_empty()
    })
}
