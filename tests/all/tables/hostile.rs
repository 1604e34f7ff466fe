//! Tests that malicious or broken files are refused at once with a reason.

use super::workbook::{archive, of_sheet, workbook};
use super::{Scratch, read};
use engine::survey::source::{Limit, Options, TableError};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

#[track_caller]
fn refused(path: &Path) -> TableError {
    let start = Instant::now();
    let error = read(path, Options::default()).map(|found| found.rows.len()).expect_err("it is refused");
    let took = start.elapsed();
    println!("{}: {error} after {took:?}", path.display());
    assert!(took.as_secs_f64() < 2.0 * slowness(), "{took:?}");
    error
}

/// The time limit allows for unoptimized code in tests.
fn slowness() -> f64 {
    if cfg!(debug_assertions) { 10.0 } else { 1.0 }
}

#[track_caller]
fn passes(bytes: &[u8], limit: Limit) {
    let scratch = Scratch::new();
    let error = refused(&scratch.file("a.xlsx", bytes));
    assert!(matches!(error, TableError::Refused(found) if found == limit), "{limit:?}: {error}");
}

#[test]
fn cells_far_apart_make_no_room_for_what_is_between() {
    let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#;
    let scratch = Scratch::new();
    let error = refused(&scratch.file("far.xlsx", &of_sheet(far)));
    assert!(matches!(error, TableError::Columns { found: 16_384 }), "{error}");
    for sheet in [
        r#"<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="2"/><row r="1"/></sheetData>"#,
        r#"<sheetData><row><c t="s"><v>7</v></c></row></sheetData>"#,
        "<sheetData><row><c><v>1",
    ] {
        let error = refused(&scratch.file("odd.xlsx", &of_sheet(sheet)));
        assert!(matches!(error, TableError::Damaged(_)), "{sheet}: {error}");
    }
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_stopped() {
    let spaces = " ".repeat(40 << 20);
    passes(&of_sheet(&format!("<sheetData>{spaces}</sheetData>")), Limit::Unpacked);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"a,b\n").unwrap();
    packed.write_all("1,2\n".repeat(10 << 20).as_bytes()).unwrap();
    let scratch = Scratch::new();
    let error = refused(&scratch.file("bomb.csv.gz", &packed.finish().unwrap()));
    assert!(matches!(error, TableError::Refused(Limit::Unpacked)), "{error}");
    let names: Vec<String> = (0..10_001).map(|number| format!("xl/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    passes(&archive(&parts), Limit::Parts);
}

#[test]
fn xml_that_expands_nests_or_never_ends_is_refused() {
    let laughs = r#"<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let strings = format!("{laughs}<sst><si><t>&b;</t></si></sst>");
    passes(&workbook(&[("S", "visible", "<sheetData/>")], "", &strings, "<styleSheet/>"), Limit::Doctype);
    let outside = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst/>"#;
    passes(&workbook(&[("S", "visible", "<sheetData/>")], "", outside, "<styleSheet/>"), Limit::Doctype);
    passes(&of_sheet(&"<a>".repeat(200)), Limit::Depth);
    let noise = |length: usize| {
        let mut state = 7_u32;
        let sign = move |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        };
        (0..length).map(sign).collect::<String>()
    };
    passes(&of_sheet(&format!("<sheetData x=\"{}\">", noise(17 << 20))), Limit::Text);
}

#[test]
fn tables_of_text_have_bounds() {
    let scratch = Scratch::new();
    let wide = format!("{}\n{}\n", vec!["name"; 10_000].join(","), vec!["1"; 10_000].join(","));
    let error = refused(&scratch.file("wide.csv", wide.as_bytes()));
    assert!(matches!(error, TableError::Columns { found: 10_000 }), "{error}");
    let line = "x".repeat(20 << 20);
    assert!(matches!(refused(&scratch.file("line.csv", line.as_bytes())), TableError::Long { line: 1 }));
    let open = format!("a,b,c,d,e,f,g,h\n1,\"2,3,4,5,6,7,8\n{}", "1,2,3,4,5,6,7,8\n".repeat(1000));
    assert!(matches!(
        refused(&scratch.file("quote.csv", open.as_bytes())),
        TableError::OpenQuote { line: 2 }
    ));
}

#[test]
fn what_is_cut_or_no_table_is_refused() {
    let scratch = Scratch::new();
    let sheet = r#"<sheetData><row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row></sheetData>"#;
    let sound = of_sheet(sheet);
    for length in [0, 3, 4, 30, sound.len() / 2, sound.len() - 1] {
        refused(&scratch.file("cut.xlsx", &sound[..length]));
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all("a,b\n1,2\n".repeat(99).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    refused(&scratch.file("cut.csv.gz", &packed[..packed.len() - 9]));
    refused(&scratch.file("other.zip", &archive(&[("readme.txt", b"hello")])));
    refused(&scratch.file("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"));
    refused(Path::new(env!("CARGO_MANIFEST_DIR")));
}
