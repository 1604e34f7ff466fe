//! Tests archives that hold one table, several, or none.

use super::workbook::{archive, of_rows};
use super::{Scratch, content, opened, read};
use engine::i18n::{Explain, Lang};
use engine::survey::source::{Limit, Options, TableError};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const CSV: &[u8] = b"id,Check-in\n1,4\n2,5\n";

fn rows() -> Vec<Vec<String>> {
    [["1", "4"], ["2", "5"]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

#[test]
fn the_one_table_of_an_archive_is_read() {
    let scratch = Scratch::new();
    let around: [(&str, &[u8]); 6] = [
        ("export/", b""),
        ("__MACOSX/export/._survey.csv", b"\0\x05\x16\x07"),
        ("export/.DS_Store", b"\0\0\0\x01Bud1"),
        ("README.txt", b"read this"),
        ("export/codebook.pdf", b"%PDF-1.7"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0"),
    ];
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(CSV).unwrap();
    let table = [vec![vec!["id".to_owned(), "Check-in".to_owned()]], rows()].concat();
    let workbook = of_rows(&table);
    let page = b"<html><table><tr><th>id<th>Check-in<tr><td>1<td>4<tr><td>2<td>5</table></html>";
    for (name, bytes) in [
        ("export/survey.csv", CSV),
        ("survey.csv.gz", &packed.finish().unwrap()),
        ("survey.xlsx", &workbook),
        ("survey.xls", page),
        ("answers.dat", CSV),
    ] {
        let parts: Vec<(&str, &[u8])> = around.iter().copied().chain([(name, bytes)]).collect();
        let path = scratch.file("a.zip", &archive(&parts));
        let mut table = opened(&path, Options::default()).unwrap();
        assert_eq!(table.dialect().member.as_deref(), Some(name));
        assert_eq!(content(&mut table).unwrap().rows, rows(), "{name}");
        assert_eq!(table.content_hash().len(), 64, "{name}");
    }
}

#[test]
fn a_table_has_the_same_hash_in_an_archive() {
    let scratch = Scratch::new();
    let hash = |name: &str, bytes: &[u8]| {
        let mut table = opened(&scratch.file(name, bytes), Options::default()).unwrap();
        content(&mut table).unwrap();
        table.content_hash()
    };
    assert_eq!(hash("a.csv", CSV), hash("a.zip", &archive(&[("a.csv", CSV)])));
    let workbook = of_rows(&rows());
    assert_eq!(hash("a.xlsx", &workbook), hash("b.zip", &archive(&[("a.xlsx", &workbook)])));
}

#[test]
fn an_archive_of_several_tables_or_none_is_refused_by_their_names() {
    let scratch = Scratch::new();
    let refused = |parts: &[(&str, &[u8])]| {
        read(&scratch.file("a.zip", &archive(parts)), Options::default()).unwrap_err()
    };
    let error = refused(&[("May.csv", CSV), ("June.xlsx", b"PK")]);
    assert!(matches!(&error, TableError::SeveralTables { names } if names.len() == 2), "{error}");
    let message = error.explain(Lang::En);
    assert!(message.contains("May.csv, June.xlsx") && message.contains("Unpack"), "{message}");
    for parts in [
        [("readme.txt", b"hello".as_slice()), ("logo.png", b"\x89PNG")].as_slice(),
        &[("a.sav", b"$FL2"), ("b.sav", b"$FL2")],
        &[("inner.zip", &archive(&[("a.csv", CSV)]))],
    ] {
        let error = refused(parts);
        assert!(matches!(&error, TableError::NoTableInArchive { .. }), "{error}");
    }
    assert!(matches!(refused(&[]), TableError::Empty | TableError::NotATable));
}

#[test]
fn a_member_that_needs_a_password_is_named() {
    let mut bytes = archive(&[("survey.csv", CSV)]);
    // The flag for an encrypted member, in its own header and in the directory.
    let directory = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    let error = read(&Scratch::new().file("a.zip", &bytes), Options::default()).unwrap_err();
    assert!(matches!(&error, TableError::EncryptedMember { name } if name == "survey.csv"), "{error}");
}

#[test]
fn a_member_that_unpacks_to_too_much_is_stopped() {
    let scratch = Scratch::new();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb.csv", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"a,b\n").unwrap();
    zip.write_all("1,2\n".repeat(10 << 20).as_bytes()).unwrap();
    let path = scratch.file("bomb.zip", &zip.finish().unwrap().into_inner());
    let error = read(&path, Options::default()).unwrap_err();
    assert!(matches!(error, TableError::Refused(Limit::Unpacked)), "{error}");
}
