//! Tests that files with mutated bytes are read or refused, without a panic.

use super::workbook::{archive, workbook};
use super::{Scratch, read};
use crate::common::surveys;
use engine::survey::source::{Delimiter, Encoding, Options};
use proptest::prelude::*;
use std::io::Write;

const SHEET: &str = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>
    <row r="3"><c r="A3" s="1"><v>43770.5</v></c><c r="B3"><v>4.5</v></c></row></sheetData>"#;

const PAGE: &str = r#"<html><head><meta charset="utf-8"></head><body><table><tr><th colspan="2">id</th><th>Wie?</th></tr>
    <tr><td rowspan=2>1</td><td>4&auml;</td><td>gut<br>so</td></tr><tr><td>5</td><td><!-- x --></td></tr></table></body></html>"#;
const XML: &str = r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row ss:Index="2"><Cell><Data ss:Type="String">a</Data></Cell>
    <Cell ss:Index="3"><Data ss:Type="String">b</Data></Cell></Row><Row><Cell ss:MergeAcross="1"><Data ss:Type="Number">4</Data></Cell></Row></Table></Worksheet></Workbook>"#;

/// Returns small files of every kind.
fn seeds() -> Vec<Vec<u8>> {
    let text = "Zeitstempel;\"Wie, war es?\";总体满意度\r\n1.2.2026;\"sehr\r\n\"\"gut\"\"\";4,5\r\n2.2.2026;x;3,5\r\n";
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (chinese, ..) = encoding_rs::GB18030.encode(text);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let styles = r#"<styleSheet><cellXfs><xf/><xf numFmtId="22"/></cellXfs></styleSheet>"#;
    let book = workbook(&[("S", "visible", SHEET)], "", "<sst><si><t>a &amp; b</t></si></sst>", styles);
    let zip = archive(&[("a/b.csv", text.as_bytes()), ("readme.txt", b"hello")]);
    let (russian, ..) =
        encoding_rs::WINDOWS_1251.encode("id;почему\n1;очень хорошо\n2;плохо\n\nИсточник: опрос\n");
    vec![
        text.into(),
        wide,
        chinese.into_owned(),
        packed.finish().unwrap(),
        book,
        zip,
        PAGE.into(),
        XML.into(),
        russian.into_owned(),
    ]
}

#[derive(Debug, Clone)]
enum Change {
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Double(prop::sample::Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = || any::<prop::sample::Index>();
    prop_oneof![
        1 => at().prop_map(Change::Cut),
        6 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        2 => (at(), prop::collection::vec(prop_oneof![Just(b'"'), Just(b','), Just(b'<'), any::<u8>()], 1..6))
            .prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (at(), 1..60_usize).prop_map(|(at, length)| Change::Double(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: &prop::sample::Index, bytes: &Vec<u8>| at.index(bytes.len().max(1)).min(bytes.len());
    match change {
        Change::Cut(at) => bytes.truncate(place(at, bytes)),
        Change::Flip(at, byte) => {
            let at = place(at, bytes);
            bytes.iter_mut().skip(at).take(1).for_each(|old| *old ^= byte);
        }
        Change::Insert(at, new) => {
            let at = place(at, bytes);
            bytes.splice(at..at, new.iter().copied());
        }
        Change::Double(at, length) => {
            let at = place(at, bytes);
            let part: Vec<u8> = bytes.iter().skip(at).take(*length).copied().collect();
            bytes.splice(at..at, part);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happened_to_the_bytes_a_file_is_read_or_refused(
        seed in 0..9_usize,
        changes in prop::collection::vec(change(), 1..8),
        header_rows in prop::option::of(0..4_u8),
        western in any::<bool>(),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for change in &changes {
            apply(&mut bytes, change);
        }
        let options = Options {
            header_rows,
            encoding: western.then_some(Encoding::WINDOWS_1252),
            delimiter: western.then_some(Delimiter::Semicolon),
            ..Options::default()
        };
        let scratch = Scratch::new();
        if let Ok(found) = read(&scratch.file("any", &bytes), options) {
            prop_assert!(!found.rows.is_empty() && found.rows.iter().all(|row| row.len() == found.names.len()));
        }
    }
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn real_surveys_cut_turned_or_read_in_a_wrong_encoding_are_read_or_refused_in_time() {
    let folder = surveys::folder();
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let surveys = expected.as_object().unwrap().iter().filter(|(_, figures)| figures["rows"].is_u64());
    let scratch = Scratch::new();
    for (file, _) in surveys {
        let whole = std::fs::read(folder.join(file)).unwrap();
        let cut = whole[..whole.len() / 2].to_vec();
        let mut turned = whole.clone();
        turned.iter_mut().step_by(997).for_each(|byte| *byte ^= 0x15);
        let encodings =
            [None, Some(Encoding::UTF_16LE), Some(Encoding::GB18030), Some(Encoding::WINDOWS_1252)];
        let copies =
            [(&cut, None), (&turned, None)].into_iter().chain(encodings.map(|encoding| (&whole, encoding)));
        for (place, (bytes, encoding)) in copies.enumerate() {
            let path = scratch.file("copy.csv", bytes);
            let start = std::time::Instant::now();
            let found = read(&path, Options { encoding, ..Options::default() });
            let slow = if cfg!(debug_assertions) { 10 } else { 1 };
            assert!(start.elapsed().as_secs() < 2 * slow, "{file}, copy {place}");
            if let Ok(found) = found {
                assert!(
                    !found.rows.is_empty() && found.rows.iter().all(|row| row.len() == found.names.len())
                );
            }
        }
    }
}
