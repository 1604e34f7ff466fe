//! Tests the cells of workbooks, and the choice of the sheet. Old workbooks are read by the built program.

use super::workbook::{archive, of_sheet, workbook};
use super::{Scratch, content, opened, read};
use engine::survey::source::{Limit, Options, TableError};
use std::path::Path;

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d\.m\.yyyy\ hh:mm"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<sst uniqueCount="4000000000"><si><t>name</t></si><si><r><t>very </t></r><r><rPr/><t>good</t></r>
    <rPh sb="0" eb="1"><t>unspoken</t></rPh></si><si><t>Caf&#233; &amp; _x4E2D_</t></si><si/></sst>"#;
const SHEET: &str = r#"<cols/><sheetData>
    <row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>day</t></is></c><c r="D2" t="str"><f>"a"</f><v>at</v></c>
      <c r="E2" t="str"><v>flag</v></c><c r="F2" t="str"><v>n</v></c></row>
    <row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>43770</v></c><c r="D3" s="2"><v>43770.5</v></c>
      <c r="E3" t="b"><v>1</v></c><c r="F3"><f>1+3.1</f><v>4.0999999999999996</v></c></row>
    <row r="6" ht="20"><c r="B6" t="s"><v>2</v></c><c r="E6" t="e"><v>#N/A</v></c><c r="F6" s="3"><v>0.37</v></c><c r="XFD6" s="1"/></row>
    <row r="7"><c r="B7" t="s"><v>3</v></c></row><row r="900"><c r="A900" s="1"/></row></sheetData><mergeCells/>"#;

fn said(sheet: &str) -> Options {
    Options { sheet: Some(sheet.to_owned()), ..Options::default() }
}

#[test]
fn cells_are_what_excel_shows_and_gaps_are_blank() {
    let scratch = Scratch::new();
    let path = scratch.file("a.xlsx", &workbook(&[("S", "visible", SHEET)], "", STRINGS, STYLES));
    let mut table = opened(&path, Options::default()).unwrap();
    assert_eq!(table.column_names(), ["#1", "name", "day", "at", "flag", "n"]);
    let found = content(&mut table).unwrap();
    let blank = [""; 6];
    let expected = [
        ["", "very good", "2019-11-01", "2019-11-01T12:00:00", "TRUE", "4.1"],
        blank,
        blank,
        ["", "Café & 中", "", "", "#N/A", "0.37"],
    ];
    assert_eq!(found.rows, expected);
    // Cells and texts in another notation are the same.
    let unusual = SHEET.replace("<c r=", "<c  cm='0' r=");
    let texts = STRINGS.replace("<t>", "<t xml:space='preserve'>");
    let path = scratch.file("unusual.xlsx", &workbook(&[("S", "visible", &unusual)], "", &texts, STYLES));
    assert_eq!(read(&path, Options::default()).unwrap(), found);
    let path =
        scratch.file("b.xlsx", &workbook(&[("S", "visible", SHEET)], r#"date1904="1""#, STRINGS, STYLES));
    assert_eq!(read(&path, Options::default()).unwrap().rows[0][2], "2023-11-02");
}

#[test]
fn a_sheet_is_chosen_by_its_name_or_is_the_first_to_be_seen() {
    let sheet = |text: &str| {
        format!("<sheetData><row><c t=\"str\"><v>{text}</v></c></row><row><c><v>1</v></c></row></sheetData>")
    };
    let a = sheet("a");
    let b = sheet("b");
    let cover = "<sheetData><row><c t=\"str\"><v>A survey</v></c></row></sheetData>";
    let sheets =
        [("Hidden", "hidden", a.as_str()), ("Cover", "visible", cover), ("B&amp;C", "visible", b.as_str())];
    let scratch = Scratch::new();
    let path = scratch.file("a.xlsx", &workbook(&sheets, "", "<sst/>", "<styleSheet/>"));
    let table = opened(&path, Options::default()).unwrap();
    assert_eq!(
        (table.column_names(), table.dialect().sheet.as_deref()),
        (["b".to_owned()].as_slice(), Some("B&C"))
    );
    assert_eq!(table.dialect().sheets, ["Hidden", "Cover", "B&C"]);
    assert_eq!(opened(&path, said("Hidden")).unwrap().column_names(), ["a"]);
    let error = opened(&path, said("None")).err().unwrap();
    assert!(matches!(&error, TableError::NoSheet { names, .. } if names.len() == 3), "{error}");
    assert!(matches!(read(&path, said("Cover")), Err(TableError::NoRows)));
}

#[test]
fn a_table_far_out_costs_only_its_rows() {
    let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row></sheetData>"#;
    let scratch = Scratch::new();
    let found = read(&scratch.file("a.xlsx", &of_sheet(far)), Options::default()).unwrap();
    assert_eq!(found.rows.len(), 1_048_575);
}

#[test]
fn old_workbooks_are_read_in_a_process_apart() {
    let xls = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/fixtures/old.xls");
    let dialect = opened(&xls, Options::default()).unwrap().dialect();
    assert_eq!((dialect.sheet.as_deref(), dialect.sheets.len()), (Some("答案"), 2), "notes are no table");
    let mut table = opened(&xls, said("答案")).unwrap();
    assert_eq!(table.column_names(), ["id", "满意度", "day", "comment"]);
    let line = table.next_row().unwrap().map(|row| row.line_number());
    assert_eq!(line, Some(4), "rows keep their numbers");
    let found = content(&mut table).unwrap();
    assert_eq!(found.rows, [["2", "3.5", "2019-11-02", "好, 很好"], ["3", "2.5", "2019-11-03", ""]]);
    assert_eq!(table.content_hash().len(), 64);
    let error = opened(&xls, said("None")).err().unwrap();
    assert!(matches!(&error, TableError::NoSheet { names, .. } if names.len() == 2), "{error}");

    let scratch = Scratch::new();
    let rows = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>n</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>day</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell office:value-type="float" office:value="4.5"/>
        <table:table-cell office:value-type="date" office:date-value="2019-11-01"/></table:table-row>"#;
    let found = read(&scratch.file("a.ods", &ods(rows)), Options::default()).unwrap();
    assert_eq!(
        (found.names, found.rows),
        (vec!["n".to_owned(), "day".to_owned()], vec![vec!["4.5".to_owned(), "2019-11-01".to_owned()]])
    );
}

#[test]
fn what_breaks_the_reader_of_old_workbooks_costs_only_the_import() {
    let scratch = Scratch::new();
    let cell = r#"<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>"#;
    let bomb = format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#);
    let fails = |path: &Path| {
        let start = std::time::Instant::now();
        let error = read(path, Options::default()).expect_err("it is refused");
        assert!(matches!(error, TableError::Helper(_) | TableError::Refused(Limit::Cells)), "{error}");
        println!("{}: {error} after {:?}", path.display(), start.elapsed());
        assert!(start.elapsed().as_secs() < 20);
    };
    fails(&scratch.file("bomb.ods", &ods(&bomb)));
    let large = bomb.replace("1048576", "5000");
    fails(&scratch.file("large.ods", &ods(&large)));
    let mut cut =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/fixtures/old.xls")).unwrap();
    cut.truncate(1500);
    fails(&scratch.file("cut.xls", &cut));
}

/// Returns a workbook of these rows, without white space between its elements.
fn ods(rows: &str) -> Vec<u8> {
    let rows: String = rows.lines().map(str::trim_start).collect();
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <office:body><office:spreadsheet><table:table table:name="Answers">{rows}</table:table></office:spreadsheet></office:body>
        </office:document-content>"#
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[
        ("mimetype", kind),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}
