//! Builds records from scanned text: whole if they are sound, else field by field.

use super::report::Report;
use super::scan::{Raw, RawField, RawValue, scan_records};
use super::{Finding, RepairNote, guess};
use crate::id::{Id, IdSource, Kind};
use crate::model::Record;
use crate::order::OrderKey;
use crate::store::text::{LineIndex, TextPosition};
use crate::store::v1::{FileSection, SECTIONS, readable_counts, readable_rules};
use std::collections::BTreeSet;

/// Maximum number of characters of damaged text that a report repeats.
const SHOWN: usize = 120;

/// Length of an id in characters.
const ID: usize = 14;
/// Maximum number of damaged ids to guess; a file with more is beyond such repair.
const GUESSES: usize = 200;

/// A record with its place in the file.
pub(super) struct Built {
    /// The record.
    pub(super) record: Record,
    /// The place at which it begins.
    pub(super) place: Option<TextPosition>,
}

/// Returns all readable records, in the order of the file.
pub(super) fn build_records(text: &str, source: &mut IdSource, report: &mut Report) -> Vec<Built> {
    let lists: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
    let mut owned = BTreeSet::new();
    scan_records(text, &lists, &mut |raw| owned.extend(id_of(&raw)));
    let mut builder = RepairBuilder {
        text,
        lines: LineIndex::from_text(text),
        owned,
        named: None,
        guesses: GUESSES,
        stand_in_journey: None,
        source,
        report,
    };
    let mut records = Vec::new();
    let found = scan_records(text, &lists, &mut |raw| records.extend(builder.build_record(&raw)));
    for (at, stray) in found.stray {
        builder.add_note(at, Finding::Stray(shorten_line(stray)));
    }
    builder.report.count_further(found.more_stray);
    for (at, list) in found.lists {
        builder.add_note(at, Finding::List(shorten_line(list)));
    }
    records
}

struct RepairBuilder<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
    /// The ids that records give as their own.
    owned: BTreeSet<&'a str>,
    /// All ids in the file, collected at first use.
    named: Option<BTreeSet<&'a str>>,
    /// The number of ids that may still be guessed.
    guesses: usize,
    /// The journey of records whose own is lost, created at first use.
    stand_in_journey: Option<Id>,
    source: &'a mut IdSource,
    report: &'a mut Report,
}

impl RepairBuilder<'_> {
    fn add_note(&mut self, at: usize, finding: Finding) {
        let place = Some(self.lines.place_at(at));
        self.report.push(RepairNote { place, finding });
    }

    fn build_record(&mut self, raw: &Raw<'_>) -> Option<Built> {
        let place = Some(self.lines.place_at(raw.at));
        let told = id_of(raw).and_then(kind_of).and_then(of_kind);
        let listed = SECTIONS.iter().find(|section| section.name == raw.list);
        if let Some(whole) = raw.whole {
            let sound = [told, listed].into_iter().flatten().find_map(|section| (section.record)(whole).ok());
            if let Some(record) = sound {
                return Some(Built { record, place });
            }
        }
        // A sound id is a better clue than the list, a damaged one is a worse clue.
        let sound_id = id_of(raw).is_some_and(|id| id.parse::<Id>().is_ok());
        let agrees = told.is_some_and(|section| listed.is_none_or(|listed| listed.kind == section.kind));
        let section =
            if sound_id && (agrees || known_field_count(told, raw) >= known_field_count(listed, raw)) {
                told
            } else {
                listed.or(told)
            };
        let built = section.and_then(|section| self.by_field(section, raw));
        if built.is_none() {
            self.add_note(raw.at, Finding::Lost { found: shorten_line(&remaining_text(raw)) });
        }
        built.map(|record| Built { record, place })
    }

    /// Reads a record field by field.
    fn by_field(&mut self, section: &FileSection, raw: &Raw<'_>) -> Option<Record> {
        let who = id_of(raw).unwrap_or(section.name).to_owned();
        let there: BTreeSet<&str> = raw.fields.iter().map(|field| field.name).collect();
        let mut fields: Vec<(&str, String)> = Vec::new();
        for field in &raw.fields {
            let Some(name) = self.match_field_name(section, &there, field, &who) else { continue };
            if fields.iter().any(|(other, _)| *other == name) {
                let finding =
                    Finding::Repeated { who: who.clone(), field: name.to_owned(), found: field_text(field) };
                self.add_note(field.at, finding);
                continue;
            }
            let value = match &field.value {
                RawValue::Text(text) => self.read_value(section, name, field.at, text, &who),
                RawValue::Lines(lines) => Some(self.lines_of(name, lines, &who)),
            };
            fields.extend(value.map(|value| (name, value)));
        }
        if raw.cut {
            self.add_note(raw.at, Finding::CutOff { who: who.clone() });
        }
        self.fill_required(section, raw, &who, &mut fields)?;
        let text: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        (section.record)(&format!("({})", text.join(", "))).ok()
    }

    /// Returns the intended field of a name: exact, or the nearest of those that are missing.
    fn match_field_name(
        &mut self,
        section: &FileSection,
        there: &BTreeSet<&str>,
        field: &RawField<'_>,
        who: &str,
    ) -> Option<&'static str> {
        if let Some(name) = section.fields.iter().find(|name| **name == field.name) {
            return Some(name);
        }
        let free = section.fields.iter().filter(|name| !there.contains(**name));
        let near = guess::nearest_name(field.name, free.copied());
        let who = who.to_owned();
        let found_name = shorten_line(field.name);
        self.add_note(
            field.at,
            match near {
                Some(name) => Finding::Renamed { who, found: found_name, field: name.to_owned() },
                None => Finding::UnknownField { who, field: found_name, found: field_text(field) },
            },
        );
        near
    }

    /// Returns the id in the file that a damaged one nearly equals; for a record's own id, one that no other
    /// record has.
    fn near_id(&mut self, found: &str, own: bool) -> Option<String> {
        let found = found.trim_matches('"');
        if self.guesses == 0 || found.chars().count().abs_diff(ID) > 1 {
            return None;
        }
        self.guesses -= 1;
        let text = self.text;
        let named = self.named.get_or_insert_with(|| ids_in(text));
        let open = named.iter().copied().filter(|id| !own || !self.owned.contains(id));
        guess::nearest_name(found, open).map(|id| format!("\"{id}\""))
    }

    /// Returns a value, or its readable part.
    fn read_value(
        &mut self,
        section: &FileSection,
        name: &str,
        at: usize,
        text: &str,
        who: &str,
    ) -> Option<String> {
        let reads = |value: &str| matches!((section.try_field)(name, value), Some(Ok(())));
        if reads(text) {
            return Some(text.to_owned());
        }
        let id = self.near_id(text, name == "id").filter(|id| reads(id));
        let mended = id
            .or_else(|| guess::candidate_values(text).into_iter().find(|value| reads(value)))
            .or_else(|| {
                let parts = guess::split_entries(text)?;
                [('[', ']'), ('{', '}')].into_iter().find_map(|(open, close)| {
                    let sound: Vec<&str> =
                        parts.iter().copied().filter(|part| reads(&format!("{open}{part}{close}"))).collect();
                    let all = format!("{open}{}{close}", sound.join(", "));
                    (!sound.is_empty() && reads(&all)).then_some(all)
                })
            });
        let who = who.to_owned();
        let field = name.to_owned();
        let found = shorten_line(text);
        self.add_note(
            at,
            match &mended {
                Some(kept) => Finding::Mended { who, field, found, kept: shorten_line(kept) },
                None => Finding::Unreadable { who, field, found },
            },
        );
        mended
    }

    /// Returns the readable lines of a list.
    fn lines_of(&mut self, name: &str, lines: &[(usize, &str)], who: &str) -> String {
        let texts: Vec<&str> = lines.iter().map(|(_, text)| *text).collect();
        let sound = if name == "counts" { readable_counts(&texts) } else { readable_rules(&texts) };
        let mut kept = String::from("[");
        for ((at, text), sound) in lines.iter().zip(sound) {
            if sound {
                kept.push_str(text);
                kept.push_str(", ");
            } else {
                let who = who.to_owned();
                let field = name.to_owned();
                self.add_note(*at, Finding::Line { who, field, found: shorten_line(text) });
            }
        }
        kept + "]"
    }

    /// Adds missing required fields; returns `None` if one can't be made up.
    fn fill_required(
        &mut self,
        section: &FileSection,
        raw: &Raw<'_>,
        who: &str,
        fields: &mut Vec<(&'static str, String)>,
    ) -> Option<()> {
        let has_some = fields.iter().any(|(name, _)| *name != "id");
        for need in section.needs {
            if fields.iter().any(|(name, _)| name == need) {
                continue;
            }
            let value = self.stand_in(section.kind, need, raw)?;
            self.add_note(
                raw.at,
                Finding::Filled { who: who.to_owned(), field: (*need).to_owned(), kept: value.clone() },
            );
            fields.push((need, value));
        }
        has_some.then_some(())
    }

    /// Returns the substitute for a lost field; `None` if the field determines the kind of record.
    fn stand_in(&mut self, kind: Kind, need: &str, raw: &Raw<'_>) -> Option<String> {
        let new = |kind: Kind, source: &mut IdSource| Some(format!("\"{}\"", Id::new(kind, source)));
        match (kind, need) {
            (_, "id") => {
                let rest = id_of(raw).and_then(|id| id.split_once('-')).map(|(_, rest)| rest);
                let same = rest.map(|rest| format!("{}-{rest}", kind.letter()));
                let same = same.filter(|id| id.parse::<Id>().is_ok()).map(|id| format!("\"{id}\""));
                same.or_else(|| new(kind, self.source))
            }
            (_, "key") => Some(format!("\"{}\"", OrderKey::new_after(None, self.source))),
            // Contents of lost journeys move into one new journey, those of a lost stage or column into a new one.
            (_, "journey") => {
                let journey =
                    *self.stand_in_journey.get_or_insert_with(|| Id::new(Kind::Journey, self.source));
                Some(format!("\"{journey}\""))
            }
            (Kind::Step, "stage") => new(Kind::Stage, self.source),
            (Kind::Touchpoint, "step") => new(Kind::Step, self.source),
            (Kind::Cell, "lane") => new(Kind::Lane, self.source),
            (Kind::Lane, "kind") => Some("\"text\"".to_owned()),
            (Kind::Insight, "kind") => Some("\"note\"".to_owned()),
            (Kind::Improvement, "kind") => Some("\"opportunity\"".to_owned()),
            (Kind::Metric, "kind") => Some("\"mean\"".to_owned()),
            (Kind::Batch | Kind::Recipe | Kind::Image, "file" | "hash" | "name") => Some("\"\"".to_owned()),
            (Kind::Batch, "imported") => Some("\"1970-01-01\"".to_owned()),
            (_, "rows" | "width" | "height") => Some("0".to_owned()),
            _ => None,
        }
    }
}

/// Returns all quoted texts that are ids.
fn ids_in(text: &str) -> BTreeSet<&str> {
    text.split('"').filter(|part| part.len() == ID && part.parse::<Id>().is_ok()).collect()
}

/// Returns the number of a record's fields that a section knows.
fn known_field_count(section: Option<&'static FileSection>, raw: &Raw<'_>) -> usize {
    let names = section.map_or(&[][..], |section| section.fields);
    raw.fields.iter().filter(|field| names.contains(&field.name)).count()
}

/// Returns the id as written in the file.
fn id_of<'a>(raw: &Raw<'a>) -> Option<&'a str> {
    let field = raw.fields.iter().find(|field| field.name == "id")?;
    let RawValue::Text(text) = field.value else { return None };
    Some(text.trim_matches('"'))
}

fn kind_of(id: &str) -> Option<Kind> {
    Kind::ALL
        .iter()
        .copied()
        .find(|kind| id.starts_with([kind.letter()]) && id.as_bytes().get(1) == Some(&b'-'))
}

fn of_kind(kind: Kind) -> Option<&'static FileSection> {
    SECTIONS.iter().find(|section| section.kind == kind)
}

fn field_text(field: &RawField<'_>) -> String {
    match &field.value {
        RawValue::Text(text) => shorten_line(text),
        RawValue::Lines(lines) => {
            shorten_line(&lines.iter().take(SHOWN).map(|(_, text)| *text).collect::<Vec<_>>().join(", "))
        }
    }
}

fn remaining_text(raw: &Raw<'_>) -> String {
    // Each has more than one character, so these are as many as are shown.
    let fields = raw.fields.iter().take(SHOWN).map(|field| format!("{}: {}", field.name, field_text(field)));
    fields.collect::<Vec<_>>().join(", ")
}

/// Returns a text on one line, shortened.
pub(super) fn shorten_line(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
