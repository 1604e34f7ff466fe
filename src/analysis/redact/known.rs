//! What the project itself tells to be a name: personas, and the files and mappings that answers came with.

use crate::i18n::{Lang, Msg};
use crate::id::Kind;
use crate::model::{Batch, Persona, Project, Recipe, Worded, ordered};
use crate::survey::import::wave_name;
use crate::survey::source::ENDINGS;
use crate::survey::{is_common, masked, words_masked};

/// The shortest name that is looked for in texts.
const SHORTEST: usize = 2;
/// What ends the name of a persona who is told of behind it: "Mei, flies for work".
const BEHIND: &[&str] = &[",", "，", "(", "（", " – ", " — ", " - "];
/// Words in names of files that are nobody's, longer ones before those they begin with.
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

/// A name, and what stands for it.
struct Name {
    text: String,
    by: String,
    /// It is a common word too ("Will"), so that only its own letters are it.
    exact: bool,
}

/// All names that are known, and the language of what stands for them.
pub(super) struct Known {
    lang: Lang,
    files: Vec<Name>,
    personas: Vec<Name>,
}

impl Known {
    /// The names that a project tells.
    pub(super) fn of(project: &Project, lang: Lang) -> Self {
        let mut files = Vec::new();
        for (place, batch) in project.batches().values().enumerate() {
            let by = numbered(Kind::Batch, place, lang);
            files.push((batch.file.clone(), file_now(batch, place)));
            files.extend(stems(batch).map(|stem| (stem, by.clone())));
        }
        for (place, recipe) in project.recipes().values().enumerate() {
            files.extend(nameable(recipe).map(|name| (name, numbered(Kind::Recipe, place, lang))));
        }
        let mut personas = Vec::new();
        for (place, persona) in ordered(project.personas()).into_iter().enumerate() {
            let by = persona_now(place, lang);
            personas.extend(names(persona).map(|name| (name.to_owned(), by.clone())));
        }
        Self { lang, files: longest_first(files), personas: longest_first(personas) }
    }

    /// A text without these names and what else is masked.
    pub(super) fn masked(&self, text: &str) -> String {
        self.replaced(text, masked)
    }

    /// The same where digits are days.
    pub(super) fn words_masked(&self, text: &str) -> String {
        self.replaced(text, words_masked)
    }

    /// Names of files go first, as long as they are whole.
    fn replaced(&self, text: &str, mask: fn(&str, Lang) -> String) -> String {
        replaced(&mask(&replaced(text, &self.files), self.lang), &self.personas)
    }
}

/// What a persona is called in the copy.
pub(super) fn persona_now(place: usize, lang: Lang) -> String {
    Msg::RedactPersona.with(lang, &[("n", &(place + 1))])
}

/// What a file is called in the copy: a number, with the ending that tells its kind.
pub(super) fn file_now(batch: &Batch, place: usize) -> String {
    format!("{}{}", place + 1, ending(&batch.file))
}

fn numbered(kind: Kind, place: usize, lang: Lang) -> String {
    format!("{} {}", kind.word().text(lang), place + 1)
}

/// How a file's name ends, as far as that is known to tell a kind: ".csv.gz".
fn ending(file: &str) -> &str {
    let is_known = |ending: &str| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let mut stem = file;
    while let Some((shorter, _)) = stem.rsplit_once('.').filter(|(_, ending)| is_known(ending)) {
        stem = shorter;
    }
    file.strip_prefix(stem).unwrap_or_default()
}

/// A file's name without its ending, as it is and as waves and stages are called after it.
fn stems(batch: &Batch) -> impl Iterator<Item = String> {
    let file = batch.file.as_str();
    let stem = file.strip_suffix(ending(file)).unwrap_or(file);
    let all = [stem.trim().to_owned(), stem.replace('_', " ").trim().to_owned(), wave_name(file)];
    all.into_iter().filter(|stem| !is_plain(stem))
}

fn nameable(recipe: &Recipe) -> Option<String> {
    Some(recipe.name.trim().to_owned()).filter(|name| !is_plain(name))
}

/// Whether a name has no words but plain ones, such as "survey 2026-05".
fn is_plain(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).all(|word| {
        let mut rest = word.to_lowercase();
        while let Some(shorter) = PLAIN.iter().find_map(|plain| rest.strip_prefix(plain)) {
            rest = shorter.to_owned();
        }
        rest.is_empty()
    })
}

/// A persona's name, and the part of it before what else is told.
fn names(persona: &Persona) -> impl Iterator<Item = &str> {
    let whole = persona.name.trim();
    let end = BEHIND.iter().filter_map(|sign| whole.find(sign)).min().unwrap_or(whole.len());
    [whole, whole.get(..end).unwrap_or(whole).trim()].into_iter()
}

/// The longer first: one name may be part of another.
fn longest_first(names: Vec<(String, String)>) -> Vec<Name> {
    let long = names.into_iter().filter(|(text, _)| text.chars().count() >= SHORTEST);
    let name = |(text, by): (String, String)| Name { exact: is_common(&text.to_lowercase()), text, by };
    let mut names: Vec<Name> = long.map(name).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
    names
}

/// The text with whole words of names replaced.
fn replaced(text: &str, names: &[Name]) -> String {
    let (mut out, mut rest, mut last) = (String::new(), text, None);
    while let Some(first) = rest.chars().next() {
        let found = names.iter().find_map(|name| {
            let (found, after) = rest.split_at_checked(name.length_in(rest)?)?;
            let inside = is_one_word(last, found.chars().next())
                || is_one_word(found.chars().next_back(), after.chars().next());
            (!inside).then_some((name.by.as_str(), found.len()))
        });
        let (_, length) = found.unwrap_or(("", first.len_utf8()));
        let (here, after) = rest.split_at(length);
        out.push_str(found.map_or(here, |(by, _)| by));
        (last, rest) = (here.chars().next_back(), after);
    }
    out
}

/// Whether two characters side by side belong to one word. Chinese words have no blanks between them.
fn is_one_word(first: Option<char>, second: Option<char>) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    is_part(first) && is_part(second)
}

impl Name {
    /// How many bytes of the text it is that begins with this name.
    fn length_in(&self, text: &str) -> Option<usize> {
        let is_same = |own: char, sign: char| {
            own == sign || (!self.exact && own.to_lowercase().eq(sign.to_lowercase()))
        };
        let (mut signs, mut length) = (text.chars(), 0);
        for own in self.text.chars() {
            let sign = signs.next().filter(|sign| is_same(own, *sign))?;
            length += sign.len_utf8();
        }
        Some(length)
    }
}
