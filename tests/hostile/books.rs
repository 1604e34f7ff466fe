//! Hostile XML workbooks: bombs, distant cells, cuts at every border of a part, and repeats in OpenDocument.

#[path = "../all/tables/workbook.rs"]
#[allow(dead_code, reason = "the tests of tables use the rest")]
mod workbook;

pub(crate) use workbook::archive;

use super::{Case, Must, Scale};
use workbook::{of_sheet, workbook};

/// Returns rows of a sheet, each with these cells.
fn rows(count: usize, cells: &str) -> String {
    let row = |at: usize| format!("<row r=\"{}\">{cells}</row>", at + 1);
    format!("<sheetData>{}</sheetData>", (0..count).map(row).collect::<String>())
}

fn text(value: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

/// Returns a header of names over rows of numbers.
fn sheet(names: &[String], count: usize) -> String {
    let header: String = names.iter().map(|name| text(name)).collect();
    let row =
        |at: usize| format!("<row>{}</row>", format!("<c><v>{}</v></c>", at % 5 + 1).repeat(names.len()));
    format!("<sheetData><row>{header}</row>{}</sheetData>", (0..count).map(row).collect::<String>())
}

fn book(name: &str, bytes: Vec<u8>) -> Case {
    Case::survey(name, "data.xlsx", bytes)
}

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let of = |name: &str, content: &str| book(name, of_sheet(content));
    let two = "<sheetData><row><c t=\"s\"><v>0</v></c></row><row><c><v>4</v></c></row></sheetData>";
    let strings = |name: &str, sheet: &str, strings: &str| {
        book(name, workbook(&[("S", "visible", sheet)], "", strings, "<styleSheet/>"))
    };
    let shared = rows(n(20_000), &"<c t=\"s\"><v>0</v></c>".repeat(3));
    let long = format!("<sst><si><t>{}</t></si></sst>", "long words ".repeat(n(90_000)));
    let many = |count: usize| {
        let item = |at: usize| format!("<si><t>text {at}</t></si>");
        format!("<sst>{}</sst>", (0..count).map(item).collect::<String>())
    };
    let styles =
        |content: &str| workbook(&[("S", "visible", two)], "", "<sst><si><t>a</t></si></sst>", content);
    let same: Vec<String> = vec!["How was it?".to_owned(); n(4_000)];
    let header = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>";
    let sheets = |count: usize, rows: &str| {
        let sheet = format!("<sheetData>{rows}</sheetData>");
        let names: Vec<String> = (0..count).map(|at| format!("S{at}")).collect();
        let sheets: Vec<(&str, &str, &str)> =
            names.iter().map(|name| (name.as_str(), "visible", sheet.as_str())).collect();
        workbook(&sheets, "", "<sst/>", "<styleSheet/>")
    };
    let dates = ["1e9", "-1", "1e308", "NaN", "2958466", "0.999999999999"];
    let date_cells = dates.map(|date| format!("<c s=\"0\"><v>{date}</v></c>")).concat();
    vec![
        of("blanks without end", &format!("<sheetData>{}</sheetData>", " ".repeat(n(900 << 20))))
            .must(Must::Refuse),
        of("comments without end", &format!("<!--{}--><sheetData/>", "-x".repeat(n(200 << 20))))
            .must(Must::Refuse),
        of("empty rows without end", &format!("<sheetData>{}</sheetData>", "<row/>".repeat(n(60 << 20)))),
        of(
            "empty cells without end",
            &format!("<sheetData><row>{}</row></sheetData>", "<c/>".repeat(n(90 << 20))),
        ),
        of("rows of empty cells", &rows(n(4_000), &"<c/>".repeat(16_384))),
        of("a row of cells without values", &rows(1, &"<c></c>".repeat(n(40 << 20)))),
        book("many sheets of blanks", sheets(n(400), &" ".repeat(n(9 << 20)))),
        strings(
            "a text of a gigabyte",
            two,
            &format!("<sst><si><t>{}</t></si></sst>", "a".repeat(n(900 << 20))),
        ),
        strings("texts without end", two, &format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(n(50 << 20)))),
        strings("a long text in many cells", &shared, &long),
        strings("many texts", two, &many(n(1_000_000))),
        strings(
            "a text that is not there",
            "<sheetData><row><c t=\"s\"><v>99</v></c></row></sheetData>",
            "<sst/>",
        )
        .must(Must::Refuse),
        strings(
            "pieces of a text",
            two,
            &format!("<sst><si>{}</si></sst>", "<r><t>a</t></r>".repeat(n(1_000_000))),
        ),
        of(
            "cells far apart",
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>",
        ),
        of(
            "rows that begin far right",
            &format!(
                "<sheetData>{header}{}</sheetData>",
                "<row><c r=\"FAA1\"><v>1</v></c></row>".repeat(n(200_000))
            ),
        ),
        of("columns of one name", &sheet(&same, 50)),
        of("columns beyond the last", &sheet(&vec!["x".to_owned(); 16_384], 2)).must(Must::Refuse),
        of("a long sheet", &sheet(&["a".to_owned(), "b".to_owned()], n(1_000_000))),
        of("a wide sheet", &sheet(&(0..n(4_000)).map(|at| format!("q{at}")).collect::<Vec<_>>(), 200)),
        of("dates beyond measure", &rows(n(50_000), &date_cells)),
        of("errors and formulas", &rows(n(100_000), "<c t=\"e\"><v>#REF!</v></c><c><f>1+1</f></c>")),
        of("elements in elements", &"<a>".repeat(n(3_000_000))).must(Must::Refuse),
        of("an attribute without end", &format!("<sheetData x=\"{}\"/>", "ab".repeat(n(30 << 20))))
            .must(Must::Refuse),
        of(
            "many attributes",
            &format!(
                "<sheetData><row {}/></sheetData>",
                (0..n(300_000)).map(|at| format!("a{at}=\"\" ")).collect::<String>()
            ),
        ),
        of(
            "references",
            &format!("<sheetData><row>{}</row></sheetData>", text(&"&amp;&#x10ffff;".repeat(n(60_000)))),
        ),
        of("a reference to nothing", "<sheetData><row><c><v>&x;</v></c></row></sheetData>")
            .must(Must::Refuse),
        of("rows in reverse", "<sheetData><row r=\"9\"/><row r=\"3\"/></sheetData>").must(Must::Refuse),
        of("columns without letters", "<sheetData><row><c r=\"99\"><v>1</v></c></row></sheetData>")
            .must(Must::Refuse),
        of(
            "merged cells",
            &format!(
                "{two}<mergeCells>{}</mergeCells>",
                "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(n(200_000))
            ),
        ),
        book("many sheets", sheets(n(9_000), "")),
        book("no sheets", workbook(&[], "", "<sst/>", "<styleSheet/>")).must(Must::Refuse),
        book(
            "many formats",
            styles(&format!(
                "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                "<xf numFmtId=\"22\"/>".repeat(n(3_000_000))
            )),
        ),
        book(
            "names of formats",
            styles(&format!(
                "<styleSheet><numFmts>{}</numFmts></styleSheet>",
                (0..n(400_000))
                    .map(|at| format!("<numFmt numFmtId=\"{at}\" formatCode=\"yy{at}\"/>"))
                    .collect::<String>()
            )),
        ),
        strings(
            "laughs",
            two,
            "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>",
        )
        .must(Must::Refuse),
    ]
}

/// Returns sound workbooks with one part cut short, each at a border between elements.
pub(crate) fn cuts(_: Scale) -> Vec<Case> {
    // The touchpoints of the small project.
    let names: Vec<String> = ["T0", "T1"].map(str::to_owned).into();
    let sheet = sheet(&names, 60);
    let root = |part: &str| format!("<worksheet>{part}");
    let mut cases = Vec::new();
    let parts = |sheet: &str, strings: &str, styles: &str| {
        let bytes = workbook(&[("S", "visible", "")], "", strings, styles);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut parts: Vec<(String, Vec<u8>)> = (0..zip.len())
            .map(|at| {
                let mut part = zip.by_index(at).expect("a part");
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut part, &mut bytes).expect("its bytes");
                (part.name().expect("a name").into_owned(), bytes)
            })
            .collect();
        parts
            .iter_mut()
            .filter(|(name, _)| name.ends_with("s0.xml"))
            .for_each(|(_, bytes)| *bytes = sheet.into());
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        archive(&parts)
    };
    let whole = root(&sheet);
    let ends = ["<row>", "</row>", "<c>", "</v>", "</c>", "</is>", "</sheetData>"];
    for end in ends {
        let places: Vec<usize> = whole.match_indices(end).map(|(at, _)| at + end.len()).collect();
        for share in [3, 5] {
            let place = places[(places.len() - 1) * share / 5];
            let bytes = parts(&whole[..place], "<sst/>", "<styleSheet/>");
            let is_whole = end == "</sheetData>";
            let case = book(&format!("a sheet cut behind {end}, {share} of 5"), bytes);
            cases.push(case.must(if is_whole { Must::Work } else { Must::Refuse }));
        }
    }
    let texts = "<sst><si><t>a</t></si><si><t>b</t></si></sst>";
    for place in [5, 9, 17, 22, texts.len() - 6] {
        let bytes = parts(&format!("{whole}</worksheet>"), &texts[..place], "<styleSheet/>");
        cases.push(book(&format!("texts cut at {place}"), bytes).must(Must::Refuse));
    }
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/><xf/></cellXfs></styleSheet>";
    for place in [12, 21, 43, 48] {
        let bytes = parts(&format!("{whole}</worksheet>"), texts, &styles[..place]);
        cases.push(book(&format!("formats cut at {place}"), bytes).must(Must::Refuse));
    }
    let sound = of_sheet(&sheet);
    for share in 1..8 {
        let bytes = sound[..sound.len() * share / 8].to_vec();
        cases.push(book(&format!("a workbook cut at {share} of 8"), bytes).must(Must::Refuse));
    }
    cases.push(book("a sound workbook", sound).must(Must::Work));
    cases
}

/// Returns an OpenDocument sheet of these rows.
fn open_sheet(rows: &str) -> String {
    let spaces = ["office", "table", "text"]
        .map(|space| format!("xmlns:{space}=\"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0\""))
        .join(" ");
    format!(
        "<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

fn open_book(name: &str, content: &str) -> Case {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", kind),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ];
    Case::survey(name, "data.ods", archive(&parts))
}

pub(crate) fn open_document(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let word = |text: &str, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"{more}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let figure = |value: usize, more: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"{more}><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let number = |more: &str| figure(4, more);
    let row = |cells: &str, more: &str| format!("<table:table-row{more}>{cells}</table:table-row>");
    let columns = |count: usize| format!(" table:number-columns-repeated=\"{count}\"");
    let times = |count: usize| format!(" table:number-rows-repeated=\"{count}\"");
    let header = row(&format!("{}{}", word("T0", ""), word("T1", "")), "");
    // Five rows of all answers.
    let data: String =
        (1..=5).map(|value| row(&format!("{}{}", figure(value, ""), figure(6 - value, "")), "")).collect();
    let of = |name: &str, rows: &str| open_book(name, &open_sheet(&format!("{header}{rows}")));
    let repeated = row(&format!("{}{}", number(""), number("")), &times(60_000));
    let mut cases = vec![
        of("rows repeated", &repeated.repeat(n(300))),
        of("one row a million times", &row(&number(""), &times(1_048_576))),
        of("a row without end", &row(&number(&columns(usize::MAX)), "")),
        of("rows and columns repeated", &row(&number(&columns(16_384)), &times(1_048_576)))
            .must(Must::Refuse),
        of("a long text repeated", &row(&word(&"words ".repeat(n(40_000)), &columns(1_000)), &times(1_000))),
        of("blank rows repeated", &format!("{}{data}", row("<table:table-cell/>", &times(1_048_000)))),
        of(
            "blank rows at the end",
            &format!(
                "{}{}",
                data.repeat(12),
                row(&format!("<table:table-cell{}/>", columns(16_384)), &times(1_048_000))
            ),
        )
        .must(Must::Work),
        of(
            "blank columns before a value",
            &row(&format!("<table:table-cell{}/>{}", columns(16_000), number("")), &times(5_000)),
        ),
        of("many rows", &data.repeat(n(80_000))),
        of("negative repeats", &row(&number(" table:number-columns-repeated=\"-5\""), "")),
        of(
            "repeats beyond measure",
            &row(&number(&format!(" table:number-columns-repeated=\"{}\"", "9".repeat(n(1_000)))), ""),
        ),
        of("no repeats at all", &row(&number(&columns(0)), &times(0))),
        of("rows in rows", &"<table:table-row>".repeat(n(1_000_000))).must(Must::Refuse),
        of("tables in tables", &"<table:table>".repeat(100)).must(Must::Refuse),
        open_book("no document", "").must(Must::Refuse),
        open_book("no table", "<office:document-content/>").must(Must::Refuse),
        open_book("laughs", &format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", open_sheet(&data)))
            .must(Must::Refuse),
        open_book("blanks without end", &open_sheet(&" ".repeat(n(900 << 20)))).must(Must::Refuse),
        open_book(
            "many tables",
            &open_sheet(
                &format!("{header}{data}</table:table><table:table table:name=\"T\">").repeat(n(20_000)),
            ),
        ),
        open_book("a sound document", &open_sheet(&format!("{header}{}", data.repeat(12)))).must(Must::Work),
    ];
    let whole = open_sheet(&format!("{header}{}", data.repeat(12)));
    for end in ["<table:table-row>", "</table:table-row>", "</table:table-cell>", "</table:table>"] {
        let places: Vec<usize> = whole.match_indices(end).map(|(at, _)| at + end.len()).collect();
        let place = places[(places.len() - 1) / 2];
        cases.push(open_book(&format!("a document cut behind {end}"), &whole[..place]).must(Must::Refuse));
    }
    cases
}
