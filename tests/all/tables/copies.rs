//! Tests that copies of real surveys in other encodings and formats hold the same rows.

use super::workbook::of_rows;
use super::{Content, Scratch, read};
use crate::common::surveys;
use engine::survey::source::{Encoding, Options};
use std::io::Write;
use std::path::Path;

const SURVEYS: &[&str] = &[
    "carpentries/2020-12-long-term-other_questions-no-open.csv",
    "fft/fft_gp_surgeries.csv",
    "fivethirtyeight/masculinity-survey.csv",
    "fivethirtyeight/steak-risk-survey.csv",
    "fivethirtyeight/thanksgiving-2015-poll-data.csv",
    "prepbench/case040_sudzilla_googleforms_us_dates.csv",
    "prepbench/case063_googleforms_ratings.csv",
    "qualtrics/Single_Answer_MC_Legacy.csv",
    "qualtrics/Better_Sample_Survey.csv",
    "sfo/sfo_2017.csv",
];

/// Returns all records of a file unchanged.
fn records(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn written(rows: &[Vec<String>], delimiter: u8, end: csv::Terminator) -> Vec<u8> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.delimiter(delimiter).terminator(end).flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn with_commas(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let cell = |cell: &String| {
        let figures = cell.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        if figures && cell.parse::<f64>().is_ok() { cell.replace('.', ",") } else { cell.clone() }
    };
    rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

/// Returns the rows as a sheet holds them: blank rows below and blank columns right of the last values do not
/// count.
fn as_sheet(original: &Content) -> Content {
    let mut sheet = original.clone();
    let last = sheet.rows.iter().rposition(|row| row.iter().any(|cell| !cell.is_empty()));
    sheet.rows.truncate(last.map_or(0, |last| last + 1));
    let is_used = |column: &usize| {
        !sheet.names[*column].starts_with('#') || sheet.rows.iter().any(|row| !row[*column].is_empty())
    };
    let width = (0..sheet.names.len()).rev().find(is_used).map_or(0, |last| last + 1);
    sheet.names.truncate(width);
    sheet.rows.iter_mut().for_each(|row| row.truncate(width));
    sheet
}

#[track_caller]
fn same(path: &Path, options: Options, original: &Content, what: &str) {
    let copy = read(path, options).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(copy.names, original.names, "{what}");
    assert_eq!(copy.rows.len(), original.rows.len(), "{what}");
    for (place, (copy, original)) in copy.rows.iter().zip(&original.rows).enumerate() {
        assert_eq!(copy, original, "{what}, row {place}");
    }
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn a_survey_is_the_same_in_every_encoding_and_format() {
    let folder = surveys::folder();
    let scratch = Scratch::new();
    for survey in SURVEYS {
        let path = folder.join(survey);
        let original = read(&path, Options::default()).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let rows = records(&path);
        let check = |name: &str, bytes: &[u8], encoding: Option<Encoding>| {
            let options = Options { encoding, ..Options::default() };
            same(&scratch.file(name, bytes), options, &original, &format!("{survey} as {name}"));
        };
        let (chinese, _, lossy) = encoding_rs::GB18030.encode(text);
        assert!(!lossy);
        check("gb18030.csv", &chinese, Some(Encoding::GB18030));
        check("utf16.txt", &wide(&format!("\u{feff}{text}"), u16::to_le_bytes), None);
        check("utf16be.csv", &wide(text, u16::to_be_bytes), None);
        check("semicolon.csv", &written(&with_commas(&rows), b';', csv::Terminator::CRLF), None);
        check("tab.tsv", &written(&rows, b'\t', csv::Terminator::Any(b'\n')), None);
        check("cr.csv", &written(&rows, b',', csv::Terminator::Any(b'\r')), None);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        check("packed.csv.gz", &packed.finish().unwrap(), None);
        let plain: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        let ends = as_sheet(&original);
        let path = scratch.file("workbook.xlsx", &of_rows(&plain));
        same(&path, Options::default(), &ends, &format!("{survey} as a workbook"));
    }
}

#[test]
fn packed_or_not_a_text_has_one_hash_and_sheets_have_their_own() {
    let scratch = Scratch::new();
    let text = b"a,b\n1,2\n3,4\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text).unwrap();
    let hash = |path: &Path, sheet: Option<&str>| {
        let options = Options { sheet: sheet.map(str::to_owned), ..Options::default() };
        let mut table = super::opened(path, options).unwrap();
        super::content(&mut table).unwrap();
        table.content_hash()
    };
    let plain = hash(&scratch.file("a.csv", text), None);
    assert_eq!(hash(&scratch.file("a.csv.gz", &packed.finish().unwrap()), None), plain);
    let sheet = "<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>";
    let sheets = [("One", "visible", sheet), ("Two", "visible", sheet)];
    let path = scratch.file("a.xlsx", &super::workbook::workbook(&sheets, "", "<sst/>", "<styleSheet/>"));
    assert_eq!(hash(&path, None), hash(&path, Some("One")));
    assert_ne!(hash(&path, Some("One")), hash(&path, Some("Two")));
}
