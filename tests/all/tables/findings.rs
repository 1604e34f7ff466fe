//! Tests the warnings about files that are read all the same: formulas without results, errors, hidden rows,
//! and content below or beside the first table.

use super::workbook::{archive, of_rows, of_sheet};
use super::{Content, Scratch, content, opened, read};
use engine::survey::source::{Encoding, FileWarning, Options, TableError};

/// Returns the rows of a file, and the warnings about it.
fn told(name: &str, bytes: &[u8]) -> (Content, Vec<FileWarning>) {
    let scratch = Scratch::new();
    let mut table = opened(&scratch.file(name, bytes), Options::default()).unwrap();
    let found = content(&mut table).unwrap();
    assert_eq!(table.content_hash().len(), 64, "the rest of the file is read");
    (found, table.dialect().file_warnings)
}

/// Returns a text with `|` between cells as rows; a blank line is a blank row.
fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

/// Returns the same table as a workbook and as text.
fn both(text: &str) -> [(Content, Vec<FileWarning>); 2] {
    [told("a.xlsx", &of_rows(&cells(text))), told("a.csv", text.replace('|', ",").as_bytes())]
}

fn columns(columns: &[(&str, u64)]) -> Vec<(String, u64)> {
    columns.iter().map(|(name, cells)| ((*name).to_owned(), *cells)).collect()
}

#[test]
fn formulas_without_results_errors_and_hidden_rows_are_counted() {
    let sheet = r#"<sheetData>
        <row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>Room</v></c><c r="C1" t="str"><v>Mean</v></c></row>
        <row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2+1</f><v/></c><c r="C2" t="e"><v>#DIV/0!</v></c></row>
        <row r="3" hidden="1"><c r="A3"><v>2</v></c><c r="B3"><f t="shared" si="0"/></c><c r="C3" t="e"><f>A3/0</f><v>#N/A</v></c></row>
        <row r="4" hidden="true"><c r="A4"><v>3</v></c><c r="B4"><f>A4+1</f><v>4</v></c><c r="C4" t="str"><f>""</f><v></v></c></row>
        <row r="5" hidden="1"/><row r="6"><c r="B6"><f>A6+1</f></c></row></sheetData>"#;
    let (found, warnings) = told("a.xlsx", &of_sheet(sheet));
    assert_eq!(found.rows.len(), 5);
    assert_eq!(found.rows[1], ["2", "", "#N/A"]);
    assert_eq!(
        warnings,
        [
            FileWarning::Uncalculated { columns: columns(&[("Room", 3)]) },
            FileWarning::ErrorCells { columns: columns(&[("Mean", 2)]) },
            FileWarning::HiddenRows { rows: 2 },
        ]
    );
}

#[test]
fn cells_without_names_keep_their_columns() {
    let sheet = r#"<sheetData><row><c t="str"><v>a</v></c><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>
        <row><c/><c><f>1+1</f></c><c><v>3</v></c></row></sheetData>"#;
    assert_eq!(told("a.xlsx", &of_sheet(sheet)).0.rows, [["", "", "3"]]);
}

const FIRST: &str = "Branch|Check-in|Room\nNorth|4|5\nSouth|3|2\nNorth|2|1\n";

#[test]
fn a_second_table_below_is_told_and_not_read() {
    let second = "Second survey (October)\nBranch|Parking|Shop\nNorth|1|2\nSouth|3|4\n";
    for (found, warnings) in both(&format!("{FIRST}\n{second}")) {
        assert_eq!(found.rows, cells(FIRST)[1..]);
        let names = ["Branch", "Parking", "Shop"].map(str::to_owned).to_vec();
        assert_eq!(warnings, [FileWarning::SecondTable { row: 6, names }]);
    }
    // The same far below the rows in which the header is looked for, in any number of blank rows.
    let rows = "North|4|5\nSouth|3|2\n".repeat(200);
    let text = format!("Branch|Check-in|Room\n{rows}\n\n\n{second}");
    for (found, warnings) in both(&text) {
        assert_eq!(found.rows.len(), 400);
        assert!(matches!(warnings.as_slice(), [FileWarning::SecondTable { row: 405, .. }]), "{warnings:?}");
    }
}

#[test]
fn blank_rows_within_a_table_end_nothing() {
    for (found, warnings) in both(&format!("{FIRST}\nNorth|3|3\n\nSouth|1|n/a\n\n\nNorth|5|5\n")) {
        let filled = found.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
        assert_eq!((filled, warnings), (6, Vec::new()));
    }
    let commas = format!("{}{}", FIRST.replace('|', ","), ",,\nNorth,3,3\n,,\n");
    let (found, warnings) = told("a.csv", commas.as_bytes());
    assert_eq!((found.rows.len(), warnings), (6, Vec::new()), "rows of delimiters count as before");
    let repeated = format!("{FIRST}\nBranch|Check-in|Room\nNorth|1|2\n");
    let (found, warnings) = told("a.csv", repeated.replace('|', ",").as_bytes());
    assert_eq!((found.rows.len(), warnings), (5, Vec::new()), "a header that comes again is left to others");
    let spaced = FIRST.replace('|', ",").replace('\n', "\n\n").repeat(40);
    assert_eq!(told("a.csv", spaced.as_bytes()).1, []);
}

#[test]
fn notes_below_are_told_and_not_read() {
    for (found, warnings) in both(&format!("{FIRST}\nSource: guest survey 2026\n\nMade in May\n")) {
        assert_eq!(found.rows.len(), 3);
        let text = "Source: guest survey 2026".to_owned();
        assert_eq!(warnings, [FileWarning::Notes { row: 6, text }]);
    }
}

#[test]
fn a_table_beside_the_table_is_told_and_not_read() {
    let text = "id|Check-in||Code|Meaning\n1|4||1|very bad\n2|5||5|very good\n3|1|||\n4|2|||\n5|3|||\n";
    for (found, warnings) in both(text) {
        assert_eq!(found.names, ["id", "Check-in"]);
        assert_eq!(found.rows.len(), 5);
        let names = ["Code", "Meaning"].map(str::to_owned).to_vec();
        assert_eq!(warnings, [FileWarning::SideTable { column: 4, names }]);
    }
    let longer = "id|Check-in||Code|Meaning\n1|4||1|bad\n2|5||2|poor\n|||3|fair\n|||4|good\n|||5|fine\n";
    for (found, warnings) in both(longer) {
        assert_eq!((found.rows.len(), warnings.len()), (2, 1));
    }
}

#[test]
fn warnings_hold_for_tables_in_pages_and_archives() {
    let page = |rows: &str| {
        let row = |row: &str| format!("<tr><td>{}</td></tr>", row.replace('|', "</td><td>"));
        format!("<table>{}</table>", rows.lines().map(row).collect::<String>())
    };
    let text = format!("{FIRST}||\nBranch|Parking|Shop\nNorth|1|2\n");
    let (found, warnings) = told("a.xls", page(&text).as_bytes());
    assert_eq!(found.rows.len(), 3);
    assert!(matches!(warnings.as_slice(), [FileWarning::SecondTable { row: 6, .. }]), "{warnings:?}");
    let (found, warnings) = told("a.zip", &archive(&[("a.xlsx", &of_rows(&cells(&text)))]));
    assert_eq!((found.rows.len(), warnings.len()), (3, 1));
}

#[test]
fn a_trailing_delimiter_makes_no_row_ragged() {
    let ragged = |text: &str| {
        let scratch = Scratch::new();
        let mut table = opened(&scratch.file("a.csv", text.as_bytes()), Options::default()).unwrap();
        let mut rows = 0;
        let mut ragged = 0;
        while let Some(row) = table.next_row().unwrap() {
            rows += 1;
            ragged += u64::from(row.is_ragged());
        }
        (table.column_names().len(), rows, ragged)
    };
    let rows = "1,5,9\n3,,8\n4,5,0\n".repeat(50);
    assert_eq!(ragged(&format!("a,b,c,\n{rows}")), (3, 150, 0));
    assert_eq!(ragged(&format!("a;b;c;\n{}", rows.replace(',', ";"))), (3, 150, 0));
    assert_eq!(ragged(&format!("a,b,c\n{}", rows.replace('\n', ",\n"))), (3, 150, 0));
    assert_eq!(ragged(&format!("a,b,c,\n{}", rows.replace('\n', ",\n"))), (4, 150, 0));
    assert_eq!(ragged(&format!("a,b,c,\n{rows}1,2\n1,2,3,4\n")), (3, 152, 2));
    assert_eq!(ragged("a,b,c\n1,2,3\n1,2\n1,2,3\n"), (3, 3, 1));
}

/// Returns lines in their encodings, one after the other.
fn encoded(lines: &[(&'static encoding_rs::Encoding, &str)]) -> Vec<u8> {
    lines.iter().flat_map(|(encoding, line)| encoding.encode(line).0.into_owned()).collect()
}

#[test]
fn lines_in_another_encoding_are_read_in_that() {
    let utf8 = encoding_rs::UTF_8;
    let western = encoding_rs::WINDOWS_1252;
    let text =
        "id,Warum\n1,schön\n2,für mich\n3,größer\n4,Grüße\n5,übel\n6,mäßig\n7,ärgerlich\n8,schöner\n9,Öl\n";
    let few = encoded(&[
        (utf8, text),
        (western, "10,gefällt mir für immer\n"),
        (utf8, "11,schön\n"),
        (western, "12,möglich\n"),
    ]);
    let (found, warnings) = told("a.csv", &few);
    assert_eq!(
        [&found.rows[9][1], &found.rows[10][1], &found.rows[11][1]],
        ["gefällt mir für immer", "schön", "möglich"]
    );
    assert_eq!(
        warnings,
        [FileWarning::MixedEncodings { line: 11, lines: 2, encoding: Encoding::WINDOWS_1252 }]
    );
    let most = encoded(&[(western, text), (utf8, "10,gefällt mir für immer\n"), (western, "11,schön\n")]);
    let (found, warnings) = told("a.csv", &most);
    assert_eq!(
        [&found.rows[0][1], &found.rows[9][1], &found.rows[10][1]],
        ["schön", "gefällt mir für immer", "schön"]
    );
    assert_eq!(warnings, [FileWarning::MixedEncodings { line: 11, lines: 1, encoding: Encoding::UTF_8 }]);
    let chinese = "编号,评价\n1,非常满意\n2,服务很好\n3,不满意\n4,一般\n";
    let both = encoded(&[
        (encoding_rs::GB18030, chinese),
        (utf8, "5,工作人员态度不错\n"),
        (encoding_rs::GB18030, "6,满意\n"),
    ]);
    let (found, warnings) = told("a.csv", &both);
    assert_eq!([&found.rows[4][1], &found.rows[5][1]], ["工作人员态度不错", "满意"]);
    assert_eq!(warnings, [FileWarning::MixedEncodings { line: 6, lines: 1, encoding: Encoding::UTF_8 }]);
}

#[test]
fn lines_in_another_encoding_are_read_wherever_blocks_are_cut() {
    let utf8 = encoding_rs::UTF_8;
    let western = encoding_rs::WINDOWS_1252;
    let line = "1,schön und größer\n";
    let text = encoded(&[
        (utf8, "id,Warum\n"),
        (utf8, &line.repeat(40_000)),
        (western, line),
        (utf8, &line.repeat(40_000)),
    ]);
    let (found, warnings) = told("a.csv", &text);
    assert!(found.rows.iter().all(|row| row[1] == "schön und größer"));
    assert!(
        matches!(warnings.as_slice(), [FileWarning::MixedEncodings { line: 40_002, lines: 1, .. }]),
        "{warnings:?}"
    );
}

#[test]
fn bytes_that_are_uncertain_stay_an_error() {
    let scratch = Scratch::new();
    let mut text = "id,Warum\n1,schön\n2,für mich\n".repeat(9).into_bytes();
    text.extend_from_slice(b"3,sch\xf6n und gr\xc3\xb6\xc3\x9fer\n");
    let error = read(&scratch.file("a.csv", &text), Options::default()).unwrap_err();
    assert!(matches!(error, TableError::Encoding { line: 28, column: 2, .. }), "{error}");
}

#[test]
fn a_file_that_came_garbled_is_told() {
    let (found, warnings) = told("a.csv", "id,Warum\n1,schÃ¶n\n2,fÃ¼r mich\n3,gut\n".as_bytes());
    assert_eq!(found.rows[0][1], "schÃ¶n", "it is read as it is");
    assert_eq!(warnings, [FileWarning::Garbled { line: 2, example: "schÃ¶n".to_owned() }]);
    let cells = cells("id|评价\n1|éžå¸¸æ»¡æ„\u{8f}\n2|ä¸\u{80}èˆ¬");
    assert!(matches!(told("a.xlsx", &of_rows(&cells)).1.as_slice(), [FileWarning::Garbled { line: 2, .. }]));
}
