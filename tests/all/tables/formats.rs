//! Tests that files that are no tables are recognized, and that each refusal names a remedy.

use super::workbook::{archive, of_rows};
use super::{Scratch, read};
use engine::i18n::{Explain, Lang};
use engine::survey::source::{KnownFormat, Options, TableError};
use std::io::Write;

fn refused(name: &str, bytes: &[u8]) -> TableError {
    let error = read(&Scratch::new().file(name, bytes), Options::default()).unwrap_err();
    for lang in Lang::ALL {
        assert!(!error.explain(lang).is_empty());
    }
    error
}

#[track_caller]
fn is_known(name: &str, bytes: &[u8], format: KnownFormat) {
    let error = refused(name, bytes);
    assert!(matches!(error, TableError::Foreign(found) if found == format), "{name}: {error}");
}

/// Returns a compound file whose directory lists these names.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 6];
    file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    file[30] = 9;
    // The directory begins in sector 1; the allocation table is sector 0: sector 1 continues in sector 3.
    file[48] = 1;
    file[512 + 4] = 3;
    file[512 + 12..512 + 16].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
    for (place, name) in ["Root Entry"].iter().chain(names).enumerate() {
        let sector = if place < 4 { 1 } else { 3 };
        let at = 512 * (sector + 1) + 128 * (place % 4);
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        file[at..at + units.len()].copy_from_slice(&units);
        file[at + 64] = units.len() as u8 + 2;
    }
    file
}

#[test]
fn other_formats_are_told_apart() {
    is_known("a.json", b"{\"responses\": [{\"nps\": 9}]}", KnownFormat::Json);
    is_known("a.csv", b"[{\"nps\": 9},\n {\"nps\": 3}]", KnownFormat::Json);
    is_known("a.xml", b"<?xml version=\"1.0\"?><survey><answer/></survey>", KnownFormat::Xml);
    is_known("a.sav", b"$FL2@(#) SPSS DATA FILE\0\0\0\x02\0\0\0", KnownFormat::Spss);
    is_known("a.dta", b"\x72\x02\x01\x00\x03\x00\0\0\0", KnownFormat::Stata);
    is_known("a.csv", b"<stata_dta><header><release>118</release>", KnownFormat::Stata);
    is_known("a.xpt", b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000", KnownFormat::Sas);
    is_known("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", KnownFormat::Pdf);
    is_known("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", KnownFormat::Picture);
    is_known("a.rtf", b"{\\rtf1\\ansi Survey}", KnownFormat::Document);
    is_known("a.parquet", b"PAR1\x15\x04\x15\x10", KnownFormat::Parquet);
    is_known("a.mdb", b"\x00\x01\x00\x00Standard Jet DB\0\x01", KnownFormat::Access);
    is_known(
        "a.docx",
        &archive(&[("[Content_Types].xml", b"<T/>"), ("word/document.xml", b"<w/>")]),
        KnownFormat::Document,
    );
    is_known(
        "a.numbers",
        &archive(&[("Index/Document.iwa", b"\0"), ("preview.jpg", b"\xff\xd8")]),
        KnownFormat::Numbers,
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"{\"responses\": []}").unwrap();
    is_known("a.json.gz", &packed.finish().unwrap(), KnownFormat::Json);
    is_known("a.zip", &archive(&[("a.sav", b"$FL2@(#) SPSS DATA FILE")]), KnownFormat::Spss);
}

#[test]
fn compound_files_are_known_by_their_streams() {
    let protected = compound(&["Version", "DataSpaceMap", "StrongEncryption", "Primary", "EncryptedPackage"]);
    is_known("a.xlsx", &protected, KnownFormat::ProtectedWorkbook);
    is_known("a.doc", &compound(&["1Table", "WordDocument"]), KnownFormat::Document);
    is_known("a.ppt", &compound(&["PowerPoint Document"]), KnownFormat::Slides);
    assert!(matches!(refused("a.xls", &compound(&["Workbook"])), TableError::Helper(_)));
    let mut endless = protected;
    endless[512 + 4] = 1;
    assert!(
        matches!(refused("a.xlsx", &endless), TableError::Helper(_)),
        "the directory leads back to itself"
    );
}

#[test]
fn a_protected_opendocument_workbook_is_told() {
    let manifest = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
        <manifest:file-entry manifest:full-path="content.xml" manifest:size="9"><manifest:encryption-data/></manifest:file-entry>
        </manifest:manifest>"#;
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let parts: [(&str, &[u8]); 3] =
        [("mimetype", kind), ("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", manifest)];
    is_known("a.ods", &archive(&parts), KnownFormat::ProtectedWorkbook);
}

#[test]
fn pages_without_a_table_and_cut_downloads_are_told() {
    let page = b"<!DOCTYPE html><html><body><form>Sign in <input name=user></form></body></html>";
    is_known("export.csv", page, KnownFormat::WebPage);
    is_known(
        "export.xls",
        b"<html><body><table><tr><td>Sign in</td></tr></table></body></html>",
        KnownFormat::WebPage,
    );
    is_known("a.csv.crdownload", b"a,b\n1,2\n", KnownFormat::UnfinishedDownload);
    is_known("a.xlsx.part", b"", KnownFormat::UnfinishedDownload);
    let whole = of_rows(&[vec!["a".to_owned()], vec!["1".to_owned()]]);
    is_known("a.xlsx", &whole[..whole.len() - 30], KnownFormat::UnfinishedDownload);
    is_known("a.zip", b"PK\x03\x04\x14\0\0\0\x08\0", KnownFormat::UnfinishedDownload);
}

#[test]
fn a_packed_text_that_ends_early_is_told() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all("a,b\n1,2\n".repeat(99).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert!(matches!(refused("a.csv.gz", &packed[..packed.len() - 9]), TableError::EndsEarly));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told() {
    let scratch = Scratch::new();
    let path = scratch.file("a.csv", ("a,b\n".to_owned() + &"1,2\n".repeat(2 << 20)).as_bytes());
    let mut table = super::opened(&path, Options::default()).unwrap();
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"3,4\n").unwrap();
    drop(file);
    let error = super::content(&mut table).unwrap_err();
    assert!(matches!(error, TableError::Changed), "{error}");
}
