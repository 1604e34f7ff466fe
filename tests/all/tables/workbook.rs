//! Workbooks written by the tests: as minimal as a reader must accept, or as wrong as it must refuse.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Returns an archive of these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Sheets (name, state, content of `worksheet`), the parts of the texts and formats.
pub(crate) fn workbook(
    sheets: &[(&str, &str, &str)],
    properties: &str,
    strings: &str,
    styles: &str,
) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut listed = String::new();
    let mut links = String::new();
    for (place, (name, state, _)) in sheets.iter().enumerate() {
        write!(listed, r#"<sheet name="{name}" sheetId="{place}" state="{state}" r:id="rId{place}"/>"#)
            .unwrap();
        write!(
            links,
            r#"<Relationship Id="rId{place}" Type="{LINKS}/worksheet" Target="worksheets/s{place}.xml"/>"#
        )
        .unwrap();
    }
    write!(links, r#"<Relationship Id="t" Type="{LINKS}/sharedStrings" Target="/xl/texts.xml"/>"#).unwrap();
    write!(links, r#"<Relationship Id="f" Type="{LINKS}/styles" Target="../xl/styles.xml"/>"#).unwrap();
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr {properties}/><sheets>{listed}</sheets></workbook>"#
    );
    let links = format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#);
    let root = format!(
        r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let mut parts: Vec<(String, String)> = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), root),
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), links),
        ("xl/texts.xml".to_owned(), strings.to_owned()),
        ("xl/styles.xml".to_owned(), styles.to_owned()),
    ];
    for (place, (.., content)) in sheets.iter().enumerate() {
        let sheet = format!(r#"<worksheet xmlns="{MAIN}">{content}</worksheet>"#);
        parts.push((format!("xl/worksheets/s{place}.xml"), sheet));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&parts)
}

/// Returns a workbook of one sheet.
pub(crate) fn of_sheet(content: &str) -> Vec<u8> {
    workbook(&[("Sheet", "visible", content)], "", "<sst/>", "<styleSheet/>")
}

/// Returns the name of a column, such as `AB` for 27.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns rows as a workbook: numbers as numbers, as far as Excel keeps their digits, texts shared, blank
/// cells and rows left out.
pub(crate) fn of_rows(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = String::from("<sheetData>");
    let mut strings = String::from("<sst>");
    let mut count = 0;
    for (place, row) in rows.iter().enumerate() {
        if row.iter().all(String::is_empty) {
            continue;
        }
        write!(sheet, r#"<row r="{}">"#, place + 1).unwrap();
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let name = format!("{}{}", letters(column), place + 1);
            if cell.len() <= 15 && cell.parse::<f64>().is_ok_and(|number| number.to_string() == *cell) {
                write!(sheet, r#"<c r="{name}"><v>{cell}</v></c>"#).unwrap();
            } else {
                write!(sheet, r#"<c r="{name}" t="s"><v>{count}</v></c>"#).unwrap();
                write!(strings, r#"<si><t xml:space="preserve">{}</t></si>"#, escaped(cell)).unwrap();
                count += 1;
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData>");
    strings.push_str("</sst>");
    workbook(&[("Responses", "visible", &sheet)], "", &strings, "<styleSheet/>")
}
