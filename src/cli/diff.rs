//! `desireline diff`: the differences between two versions, in words, for scripts, or as a picture.

use super::args::{Diff, DiffFormat};
use super::export::{Size, check_output, draw_journey};
use super::{CommandFinding, Failure, files};
use engine::analysis::changes::{
    ChangeGroup, ChangeSection, RecordChange, compare_versions, describe_changes, find_changes,
};
use engine::i18n::{Lang, Msg, title_of};
use engine::layout::LayoutRequest;
use engine::model::Project;
use engine::model::value::FieldValue;
use serde_json::{Value as Json, json};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// The path that git gives for a version that does not exist.
const NO_FILE: &str = "/dev/null";

pub(super) fn run(args: &Diff, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let Some([before, after]) = args.version_paths() else { return report_unmerged(args, lang, out) };
    let old = open_version(before, lang)?;
    let new = open_version(after, lang)?;
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => (Project::new(new.info().id), new),
        (Some(old), None) => {
            let nothing = Project::new(old.info().id);
            (old, nothing)
        }
        (None, None) => return Ok(CommandFinding::Nothing),
    };
    if let Some(output) = &args.output {
        draw_comparison(args, output, [&old, &new], lang)?;
        return Ok(CommandFinding::Nothing);
    }
    match args.format {
        DiffFormat::Text => write_text(args, &describe_changes(&old, &new, lang), lang, out)?,
        DiffFormat::Json => {
            let rows: Vec<Json> =
                find_changes(&old, &new).iter().flat_map(|group| change_rows(group, [&old, &new])).collect();
            serde_json::to_writer_pretty(&mut *out, &rows).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(CommandFinding::Nothing)
}

/// Reports a file with merge conflicts, for which git gives the path alone.
fn report_unmerged(args: &Diff, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let asked = std::env::var_os("GIT_DIFF_PATH_COUNTER").and(args.path_in_git());
    let Some(path) = asked else { return Err(Failure::new(Msg::CliTwoVersions, lang, &[])) };
    writeln!(out, "{}", Msg::CliUnmerged.text_with(lang, &[("path", &path.display())]))?;
    Ok(CommandFinding::Nothing)
}

/// Opens a version; `None` if git gives no file for it.
fn open_version(path: &Path, lang: Lang) -> Result<Option<Project>, Failure> {
    if path == Path::new(NO_FILE) {
        return Ok(None);
    }
    files::open_to_read(path, lang).map(|loaded| Some(loaded.project))
}

fn write_text(
    args: &Diff,
    sections: &[ChangeSection],
    lang: Lang,
    out: &mut dyn Write,
) -> Result<(), Failure> {
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
            let kind = line.kind.display_name().text(lang);
            let words = if line.text.is_empty() { Msg::ChangeLine } else { Msg::ChangeLineText };
            let told =
                words.text_with(lang, &[("kind", &kind), ("what", &line.subject), ("text", &line.text)]);
            writeln!(out, "    {told}")?;
        }
    }
    Ok(())
}

/// Writes a row for each field of each change.
fn change_rows(group: &ChangeGroup, [old, new]: [&Project; 2]) -> Vec<Json> {
    let row = |change: &RecordChange, field: Json, from: Json, to: Json| {
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
    let each = |change: &RecordChange| {
        if change.fields.is_empty() {
            return vec![row(change, Json::Null, Json::Null, Json::Null)];
        }
        let fields = change.fields.iter();
        fields
            .map(|field| row(change, json!(field.name()), to_json(&field.from), to_json(&field.to)))
            .collect()
    };
    group.changes.iter().flat_map(each).collect()
}

/// Returns a field's value for scripts: ids as text, an image or counts by their size.
fn to_json(found: &FieldValue) -> Json {
    match found {
        FieldValue::Nothing => Json::Null,
        FieldValue::Flag(flag) => json!(flag),
        FieldValue::Number(number) => json!(number),
        FieldValue::Text(text) => json!(text),
        FieldValue::Id(id) => json!(id.to_string()),
        FieldValue::List(list) => list.iter().map(to_json).collect(),
        FieldValue::Set(set) => set.iter().map(to_json).collect(),
        FieldValue::Map(map) => {
            let name = |key: &FieldValue| match key {
                FieldValue::Text(text) => text.clone(),
                FieldValue::Id(id) => id.to_string(),
                other => to_json(other).to_string(),
            };
            Json::Object(map.iter().map(|(key, entry)| (name(key), to_json(entry))).collect())
        }
        FieldValue::Counts(counts) => json!({ "histograms": counts.histograms.len() }),
        FieldValue::Bytes(bytes) => json!({ "bytes": bytes.len() }),
    }
}

/// Draws both versions as one map.
fn draw_comparison(args: &Diff, output: &Path, [old, new]: [&Project; 2], lang: Lang) -> Result<(), Failure> {
    let size = Size { scale: args.scale, ..Size::default() };
    check_output(output, size, Msg::CliPictureEnding, lang)?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let [before, after] = args.version_paths().map(|paths| paths.map(name)).unwrap_or_default();
    let compared = compare_versions(old, new, [before, after]);
    let journey = match args.journey.as_deref() {
        Some(title) => Some(files::find_journey(&compared.project, Some(title), lang)?.info().id),
        None => compared.most_changed_journey(),
    };
    let journey = journey.ok_or_else(|| Failure::new(Msg::CliEmptyProject, lang, &[]))?;
    let request = LayoutRequest {
        theme: args.theme,
        lang,
        changes: Some(Arc::new(compared.clone())),
        ..LayoutRequest::for_print(compared.project, journey)
    };
    draw_journey(&request, output, size, lang)
}
