//! `desireline diff`: the differences between two versions, in words, for scripts, or as a picture.

use super::args::{Diff, DiffFormat};
use super::export::{Size, check, draw};
use super::{Failure, Found, files};
use crate::analysis::changes::{Change, Group, Section, changes, compare, sections, title_of};
use crate::i18n::{Lang, Msg};
use crate::layout::Request;
use crate::model::Project;
use crate::model::value::Value;
use serde_json::{Value as Json, json};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The path that git gives for a version that does not exist.
const NO_FILE: &str = "/dev/null";

pub(super) fn run(args: &Diff, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let Some([before, after]) = args.versions() else { return unmerged(args, lang, out) };
    let old = version(before, lang)?;
    let new = version(after, lang)?;
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => (Project::new(new.info().id), new),
        (Some(old), None) => {
            let nothing = Project::new(old.info().id);
            (old, nothing)
        }
        (None, None) => return Ok(Found::Nothing),
    };
    if let Some(output) = &args.output {
        picture(args, output, [&old, &new], lang)?;
        return Ok(Found::Nothing);
    }
    match args.format {
        DiffFormat::Text => text(args, &sections(&old, &new, lang), lang, out)?,
        DiffFormat::Json => {
            let rows: Vec<Json> =
                changes(&old, &new).iter().flat_map(|group| rows(group, [&old, &new])).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(Found::Nothing)
}

/// Reports a file with merge conflicts, for which git gives the path alone.
fn unmerged(args: &Diff, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let asked = std::env::var_os("GIT_DIFF_PATH_COUNTER").and(args.path_in_git());
    let Some(path) = asked else { return Err(Failure::new(Msg::CliTwoVersions, lang, &[])) };
    writeln!(out, "{}", Msg::CliUnmerged.with(lang, &[("path", &path.display())]))?;
    Ok(Found::Nothing)
}

/// Opens a version; `None` if git gives no file for it.
fn version(path: &Path, lang: Lang) -> Result<Option<Project>, Failure> {
    if path == Path::new(NO_FILE) {
        return Ok(None);
    }
    files::open(path, lang).map(|loaded| Some(loaded.project))
}

fn text(args: &Diff, sections: &[Section], lang: Lang, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(path) = args.path_in_git()
        && !sections.is_empty()
    {
        writeln!(out, "{}", path.display())?;
    }
    let mut journey: Option<&str> = None;
    for section in sections {
        if journey != Some(&section.journey) {
            let whole = Msg::WholeProject.text(lang);
            writeln!(out, "{}", if section.journey.is_empty() { whole } else { &section.journey })?;
            journey = Some(&section.journey);
        }
        if !section.journey.is_empty() {
            let whole = Msg::WholeJourney.text(lang);
            writeln!(out, "  {}", if section.stage.is_empty() { whole } else { &section.stage })?;
        }
        for line in &section.lines {
            let kind = line.kind.word().text(lang);
            let words = if line.text.is_empty() { Msg::ChangeLine } else { Msg::ChangeLineText };
            let told = words.with(lang, &[("kind", &kind), ("what", &line.subject), ("text", &line.text)]);
            writeln!(out, "    {told}")?;
        }
    }
    Ok(())
}

/// Writes a row for each field of each change.
fn rows(group: &Group, [old, new]: [&Project; 2]) -> Vec<Json> {
    let row = |change: &Change, field: Json, from: Json, to: Json| {
        let version = if new.record(change.element).is_some() { new } else { old };
        json!({
            "journey": group.journey.map(|id| id.to_string()),
            "stage": group.stage.map(|id| id.to_string()),
            "id": change.id.to_string(),
            "record": change.id.kind().name(),
            "element": change.element.to_string(),
            "title": title_of(version, change.element, Lang::En),
            "kind": change.kind.name(),
            "implied": change.implied,
            "field": field,
            "from": from,
            "to": to,
        })
    };
    let each = |change: &Change| {
        if change.fields.is_empty() {
            return vec![row(change, Json::Null, Json::Null, Json::Null)];
        }
        let fields = change.fields.iter();
        fields.map(|field| row(change, json!(field.field), value(&field.from), value(&field.to))).collect()
    };
    group.changes.iter().flat_map(each).collect()
}

/// Returns a field's value for scripts: ids as text, an image or counts by their size.
fn value(found: &Value) -> Json {
    match found {
        Value::Nothing => Json::Null,
        Value::Flag(flag) => json!(flag),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(id) => json!(id.to_string()),
        Value::List(list) => list.iter().map(value).collect(),
        Value::Set(set) => set.iter().map(value).collect(),
        Value::Map(map) => {
            let name = |key: &Value| match key {
                Value::Text(text) => text.clone(),
                Value::Id(id) => id.to_string(),
                other => value(other).to_string(),
            };
            Json::Object(map.iter().map(|(key, entry)| (name(key), value(entry))).collect())
        }
        Value::Counts(counts) => json!({ "histograms": counts.histograms.len() }),
        Value::Bytes(bytes) => json!({ "bytes": bytes.len() }),
    }
}

/// Draws both versions as one map.
fn picture(args: &Diff, output: &Path, [old, new]: [&Project; 2], lang: Lang) -> Result<(), Failure> {
    let size = Size { scale: args.scale, ..Size::default() };
    check(output, size, Msg::CliPictureEnding, lang)?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let [before, after] = args.versions().map(|paths| paths.map(name)).unwrap_or_default();
    let compared = compare(old, new, [before, after]);
    let journey = match args.journey.as_deref() {
        Some(title) => Some(files::journey(&compared.project, Some(title), lang)?.info().id),
        None => compared.journey(),
    };
    let journey = journey.ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]))?;
    let request = Request {
        theme: args.theme,
        lang,
        changes: Some(Arc::new(compared.clone())),
        ..Request::printed(compared.project, journey)
    };
    draw(&request, output, size, lang)
}
