//! Tests tables in web pages and in the XML of Excel 2003.

use super::{Content, Scratch, content, opened, read};
use engine::survey::source::{Encoding, Options, TableError};

fn page(bytes: &[u8]) -> Content {
    read(&Scratch::new().file("a.xls", bytes), Options::default()).unwrap()
}

fn texts(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn the_first_table_of_a_page_that_is_one_is_read() {
    let found = page(
        b"<HTML><head><style>td > p {color: red}</style><script>if (a < b) document.write('<td>x</td>')</script></head>
        <body><!-- <table><tr><td>no</td><td>no</td></tr></table> --><table><tr><td>Menu</td></tr></table>
        <TABLE border=1><thead><tr><th>id</th><th style=\"mso-number-format:'\\@'; x:'a>b'\">Check-in</th><th>Why?</th></tr></thead>
        <tr><td>1<td> 4 </td><td>It was<br>good &amp; <b>quick</b>, very</td></tr>
        <tr><td>2</td><td>5</td><td>3 < 4</td></tr>
        </table><table><tr><td>other</td><td>table</td></tr><tr><td>1</td><td>2</td></tr></table>",
    );
    assert_eq!(found.names, ["id", "Check-in", "Why?"]);
    assert_eq!(found.rows, texts(&[&["1", "4", "It was\ngood & quick, very"], &["2", "5", "3 < 4"]]));
}

#[test]
fn cells_that_span_others_leave_them_blank() {
    let found = page(
        b"<table><tr><th colspan=2>Check-in</th><th>Room</th></tr><tr><td rowspan=2>1</td><td>2</td><td>3</td></tr>
        <tr><td>4</td><td>5</td></tr><tr><td>6</td><td></td><td>7</td></tr></table>",
    );
    assert_eq!(found.rows, texts(&[&["1", "2", "3"], &["", "4", "5"], &["6", "", "7"]]));
}

#[test]
fn a_table_in_a_table_that_only_arranges_the_page_is_read() {
    let found = page(
        b"<table><tr><td>Logo</td><td><table><tr><td>id</td><td>n</td></tr><tr><td>1</td><td>4</td></tr></table></td></tr></table>",
    );
    assert_eq!((found.names, found.rows), (vec!["id".to_owned(), "n".to_owned()], texts(&[&["1", "4"]])));
}

#[test]
fn the_encoding_of_a_page_is_the_one_it_declares() {
    let text = "<html><head><meta charset=\"gb2312\"></head><table><tr><td>满意度</td><td>原因</td></tr><tr><td>4</td><td>很好</td></tr></table>";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    assert_eq!(page(&bytes).names, ["满意度", "原因"]);
    // A page in UTF-8 that declares another encoding is read as UTF-8.
    assert_eq!(page(text.as_bytes()).names, ["满意度", "原因"]);
    let marked: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(page(&marked).names, ["满意度", "原因"]);
    let western = text.replace("gb2312", "windows-1252").replace("原因", "Grund für");
    let western = western.replace("满意度", "Zufriedenheit").replace("很好", "schön");
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&western);
    let path = Scratch::new();
    let path = path.file("a.html", &bytes);
    let table = opened(&path, Options::default());
    assert!(table.is_err() || table.unwrap().dialect().encoding == Some(Encoding::WINDOWS_1252));
    assert_eq!(page(&bytes).rows, texts(&[&["4", "schön"]]));
}

#[test]
fn hostile_pages_are_refused_or_read() {
    let scratch = Scratch::new();
    let cell = "<td colspan=4000>x</td>";
    let wide = format!("<table><tr>{cell}{cell}</tr><tr><td>1</td></tr></table>");
    let error = read(&scratch.file("wide.xls", wide.as_bytes()), Options::default()).unwrap_err();
    assert!(matches!(error, TableError::Columns { .. }), "{error}");
    let long = format!("<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>{}", "x".repeat(3 << 20));
    let error = read(&scratch.file("long.xls", long.as_bytes()), Options::default()).unwrap_err();
    assert!(matches!(error, TableError::Long { .. }), "{error}");
    for bytes in [
        "<table>".repeat(100_000),
        "<table><tr><td>".repeat(100_000),
        format!("<table{}", " a='".repeat(100_000)),
        format!("<table><tr><td rowspan=99999999999>{}", "<tr><td rowspan=9>".repeat(10_000)),
        "<!--".repeat(1000),
        "<html><table></table></table></table><td>".to_owned(),
    ] {
        assert!(read(&scratch.file("odd.html", bytes.as_bytes()), Options::default()).is_err());
    }
}

const BOOK: &str = r#"<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s21"/></Styles>
<Worksheet ss:Name="Cover"><Table><Row><Cell><Data ss:Type="String">A survey</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="Answers"><Table ss:ExpandedColumnCount="4">
 <Column ss:Width="60"/>
 <Row ss:Index="2"><Cell><Data ss:Type="String">id</Data></Cell><Cell><Data ss:Type="String">Café &amp; bar</Data></Cell>
  <Cell><Data ss:Type="String">day</Data></Cell><Cell><Data ss:Type="String">again</Data></Cell></Row>
 <Row><Cell><Data ss:Type="Number">1</Data><Comment><ss:Data>no value</ss:Data></Comment></Cell><Cell ss:Index="3" ss:StyleID="s21"><Data ss:Type="DateTime">2026-03-01T00:00:00.000</Data></Cell></Row>
 <Row ss:Index="5"><Cell><Data ss:Type="Number">2</Data></Cell><Cell><Data ss:Type="Number">4.5</Data></Cell><Cell/><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet></Workbook>"#;

#[test]
fn the_xml_of_excel_2003_is_read() {
    let scratch = Scratch::new();
    let path = scratch.file("a.xls", BOOK.as_bytes());
    let mut table = opened(&path, Options::default()).unwrap();
    assert_eq!(table.dialect().sheet.as_deref(), Some("Answers"));
    assert_eq!(table.dialect().sheets, ["Cover", "Answers"]);
    let line = table.next_row().unwrap().map(|row| (row.line_number(), row.cell(2).to_owned()));
    assert_eq!(line, Some((3, "2026-03-01".to_owned())));
    let found = content(&mut table).unwrap();
    assert_eq!(found.names, ["id", "Café & bar", "day", "again"]);
    assert_eq!(found.rows, texts(&[&["", "", "", ""], &["2", "4.5", "", "TRUE"]]));
    assert_eq!(table.content_hash().len(), 64);
    let zip = super::workbook::archive(&[("a.xls", BOOK.as_bytes())]);
    assert_eq!(read(&scratch.file("a.zip", &zip), Options::default()).unwrap().rows.len(), 3);
    let said = Options { sheet: Some("Nowhere".to_owned()), ..Options::default() };
    assert!(matches!(opened(&path, said).err(), Some(TableError::NoSheet { names, .. }) if names.len() == 2));
}

#[test]
fn damaged_xml_is_refused() {
    let scratch = Scratch::new();
    for text in [
        BOOK.replace(r#"<Cell ss:Index="3""#, r#"<Cell ss:Index="1""#)
            .replace("<Row ss:Index=\"5\">", "<Row ss:Index=\"2\">"),
        BOOK.replace("<Row ss:Index=\"5\">", "<Row ss:Index=\"99999999\">"),
        BOOK.replace("ss:Index=\"3\"", "ss:Index=\"99999999\""),
        BOOK.replace("</Table></Worksheet></Workbook>", "<Row><Cell><Data>"),
    ] {
        assert!(read(&scratch.file("a.xml", text.as_bytes()), Options::default()).is_err());
    }
}
