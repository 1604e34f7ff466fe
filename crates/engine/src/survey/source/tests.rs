//! Tables read from all kinds of bytes, and the errors of those that are rejected.

use super::*;
use std::io::Cursor;
use std::sync::atomic::{AtomicU64, Ordering};

fn open_text(text: &[u8], options: &Options) -> Result<SurveyTable, TableError> {
    SurveyTable::with_options(Cursor::new(text.to_vec()), options, &Arc::default())
}

/// Returns all rows as `line: cells`, or the error that ends them.
fn read_as(text: &[u8], options: &Options) -> Result<Vec<String>, String> {
    let mut table = open_text(text, options).map_err(|error| error.to_string())?;
    let width = table.column_names().len();
    let mut rows = Vec::new();
    while let Some(row) = table.next_row().map_err(|error| error.to_string())? {
        let cells: Vec<&str> = (0..width).map(|column| row.cell(column)).collect();
        let ragged = if row.is_ragged() { " ragged" } else { "" };
        rows.push(format!("{}: {}{ragged}", row.line_number(), cells.join("|")));
    }
    Ok(rows)
}

fn read_all(text: &[u8]) -> Result<Vec<String>, String> {
    read_as(text, &Options::default())
}

#[test]
fn rows_know_their_lines_whatever_ends_them() {
    let expected = vec!["2: 1|2".to_owned(), "3: x\ny|3".to_owned(), "5: 4| ragged".to_owned()];
    assert_eq!(read_all(b"a,b\n1,2\n\"x\ny\",3\n4\n"), Ok(expected.clone()));
    assert_eq!(read_all(b"a\tb\r1\t2\r"), Ok(vec!["2: 1|2".to_owned()]));
    assert_eq!(read_all(b"\xef\xbb\xbfa;b\r\n1;2\r\n\"x\ny\";3\r\n4\r\n"), Ok(expected));
    assert_eq!(
        read_all(b"sep=;\r\na;b\r\n1,5;2\r\n\r\n3;4\r\n"),
        Ok(vec!["3: 1.5|2".to_owned(), "5: 3|4".to_owned()])
    );
}

#[test]
fn blank_rows_count_except_above_the_header_and_where_nothing_stands() {
    assert_eq!(read_all(b",\n\na,b\n1,2\n,\n\n3,4\n,\n").unwrap().len(), 4);
}

#[test]
fn a_title_above_the_header_is_passed_over() {
    let titled = "Survey of spring,,\n,,\nid,Check-in,Boarding\n1,4,5\n";
    assert_eq!(read_all(titled.as_bytes()), Ok(vec!["4: 1|4|5".to_owned()]));
    assert_eq!(
        read_all(b"How was it?,\nCheck-in,Boarding\n4,5\n").unwrap().len(),
        2,
        "a question is no title"
    );
}

#[test]
fn a_stray_control_character_stays_in_its_cell() {
    assert_eq!(read_all(b"a,b\n1,4\0\n"), Ok(vec!["2: 1|4\0".to_owned()]));
}

#[test]
fn what_was_said_stands_over_what_is_seen() {
    let said = |options: Options| read_as("a;b,c\n1;2,3\n".as_bytes(), &options).unwrap();
    let semicolon = said(Options { delimiter: Some(Delimiter::Semicolon), ..Options::default() });
    assert_eq!(semicolon, ["2: 1|2.3"]);
    let plain =
        Options { delimiter: Some(Delimiter::Semicolon), decimal_comma: Some(false), ..Options::default() };
    assert_eq!(said(plain), ["2: 1|2,3"]);
    assert_eq!(
        said(Options { delimiter: Some(Delimiter::Comma), header_rows: Some(0), ..Options::default() }).len(),
        2
    );
    let western = Options { encoding: Some(Encoding::WINDOWS_1252), ..Options::default() };
    assert_eq!(read_as("é,b\nü,1\n".as_bytes(), &western), Ok(vec!["2: Ã¼|1".to_owned()]));
    let lossy = Options { encoding: Some(Encoding::UTF_8), ..Options::default() };
    assert_eq!(read_as(b"a,b\ncaf\xe9,1\n", &lossy), Ok(vec!["2: caf\u{fffd}|1".to_owned()]));
}

#[test]
fn what_was_detected_is_told() {
    let (chinese, ..) = encoding_rs::GB18030.encode("时间戳记;满意度\n2026/1/2;4,5\n2026/1/3;3,5\n");
    let dialect = open_text(&chinese, &Options::default()).unwrap().dialect();
    assert_eq!((dialect.encoding, dialect.delimiter), (Some(Encoding::GB18030), Some(Delimiter::Semicolon)));
    assert!(dialect.decimal_comma && dialect.header_rows == 1);
    assert_eq!(dialect.tool, Some(Tool::GoogleForms));
    let late = "a,b\n".to_owned() + &"1,2\n".repeat(200_000) + "1,\u{e9}\n";
    let (late, ..) = encoding_rs::WINDOWS_1252.encode(&late);
    let rows = read_all(&late).unwrap();
    assert_eq!(rows.last().map(String::as_str), Some("200002: 1|é"), "what only the end shows is seen there");
}

#[test]
fn what_is_no_table_is_refused_with_its_place() {
    let fails = |text: &[u8], part: &str| {
        let error = read_all(text).expect_err(part);
        assert!(error.contains(part), "{error}");
    };
    fails(b"", "empty");
    fails(b"\n\n", "empty");
    fails(b"a,b\n", "no rows");
    fails(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0", "Picture");
    fails(b"<!DOCTYPE html><html><table>", "WebPage");
    fails(b"\x01\x02\x03\x04\x05\x06\x07\x08", "neither");
    fails(format!("{}\n1\n", ",".repeat(9_999)).as_bytes(), "10000 columns");
    fails(format!("a,b\n1,{}\n", "x".repeat(FIELD + 1)).as_bytes(), "line 2");
    fails(format!("a,b\n1,2\n\"1,{}", "x\n".repeat(5 << 20)).as_bytes(), "line 3");
    fails(b"a,b,c\n1,2,3\n\"1,2,3\n1,2,3\n1,2,3\n", "line 3: a quote");
}

#[test]
fn bytes_that_no_character_has_are_placed() {
    let mut text = "名称,评分\n好,5\n".repeat(9).into_bytes();
    text.extend_from_slice(b"x,\xff5\n");
    let error = read_all(&text).unwrap_err();
    assert!(error.contains("line 19, column 2") && error.contains("UTF-8"), "{error}");
}

#[test]
fn a_line_without_end_is_refused_after_its_first_megabytes() {
    let read = Arc::new(AtomicU64::new(0));
    let progress = ReadProgress::with_callback({
        let read = Arc::clone(&read);
        move |_| read.fetch_add(1, Ordering::Relaxed) < 1_000_000
    });
    let endless = Cursor::new(b"a,b\n1,".to_vec()).chain(std::io::repeat(b'x'));
    let mut table = match SurveyTable::new(endless, Arc::new(progress)) {
        Ok(table) => table,
        Err(error) => return assert!(matches!(error, TableError::Long { line: 2 }), "{error}"),
    };
    assert!(matches!(table.next_row(), Err(TableError::Long { line: 2 })));
    assert!(read.load(Ordering::Relaxed) < 100);
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let text = b"a,b\n1,2\n3,4\n";
    let mut table = open_text(text, &Options::default()).unwrap();
    while table.next_row().unwrap().is_some() {}
    assert_eq!(table.content_hash(), blake3::hash(text).to_hex().to_string());
}

#[test]
fn a_stopped_read_says_so() {
    let reads = AtomicU64::new(0);
    let progress = ReadProgress::with_callback(move |_| reads.fetch_add(1, Ordering::Relaxed) < 3);
    let text = "a,b\n".to_owned() + &"1,2\n".repeat(1_000_000);
    let mut table = SurveyTable::new(Cursor::new(text.into_bytes()), Arc::new(progress)).unwrap();
    let end = loop {
        match table.next_row() {
            Ok(Some(_)) => {}
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(matches!(end, Some(TableError::Cancelled)));
}
