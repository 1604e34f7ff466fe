//! Workbooks: archives of any bytes, and sound archives whose parts hold any bytes.

use super::scratch;
use engine::i18n::{Explain, Lang};
use engine::survey::profile::profile_table;
use engine::survey::source::{Input, open};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What stands between the parts in the bytes of a target.
const BETWEEN: u8 = 0x1E;
/// The parts, in their order.
const PARTS: [&str; 5] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
];
/// What a part holds where the bytes do not say.
const USUAL: [&str; 5] = [
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>",
    "<sst><si><t>Gate</t></si></sst>",
    "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" Type=\"x/worksheet\"/></Relationships>",
];

/// Reads a workbook; bytes that begin as an archive are one, all others are its parts.
pub(crate) fn workbook(data: &[u8]) {
    let bytes = if data.starts_with(b"PK") { data.to_vec() } else { archive(data) };
    let path = scratch("xlsx");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    // Old workbooks are read by a process of their own, which is not what is tried here.
    let input = Input { helper: Some(PathBuf::from("/nonexistent")), ..Input::new(&path) };
    let result = open(&input, &Arc::default()).and_then(|mut table| profile_table(&mut table));
    std::fs::remove_file(path).expect("it can be removed");
    if let Err(error) = result {
        assert!(!error.explain(Lang::En).is_empty());
    }
}

fn archive(data: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(name, options).expect("a part");
        zip.write_all(content).expect("its content");
    };
    add("[Content_Types].xml", b"<Types/>");
    let mut told = data.split(|byte| *byte == BETWEEN);
    for (name, usual) in PARTS.into_iter().zip(USUAL) {
        let content = told.next().filter(|content| !content.is_empty());
        add(name, content.unwrap_or(usual.as_bytes()));
    }
    zip.finish().expect("an archive").into_inner()
}
