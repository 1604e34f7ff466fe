//! Hostile workbooks of old programs: compound files and binary records, cut, corrupted and torn at their
//! borders.

use super::books::archive;
use super::run::fixture;
use super::{Case, Must, Noise, Scale};

/// A sector of a compound file.
const SECTOR: usize = 512;

fn old(name: &str, bytes: Vec<u8>) -> Case {
    Case::survey(name, "data.xls", bytes)
}

/// Returns the position of some bytes.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let sound = fixture("tables/fixtures/old.xls");
    let with = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sound.clone();
        change(&mut bytes);
        old(name, bytes)
    };
    let mut cases = vec![old("a sound old workbook", sound.clone())];
    let sectors = sound.len() / SECTOR;
    for share in 0..6 {
        let length = SECTOR * (1 + sectors * share / 6);
        cases.push(old(&format!("cut behind sector {share} of 6"), sound[..length].to_vec()));
    }
    // Fields of the header: sizes of sectors, counts and first sectors of the tables.
    for (name, at) in [
        ("the size of sectors", 30),
        ("the size of small sectors", 32),
        ("how many tables of sectors", 44),
        ("the first folder", 48),
        ("the least size of streams", 56),
        ("the first table of small sectors", 60),
        ("how many tables of small sectors", 64),
        ("the first further table", 68),
        ("how many further tables", 72),
        ("the first table of sectors", 76),
    ] {
        for (word, value) in
            [("all bits", u32::MAX), ("itself", 0), ("far", 0x00ff_ffff), ("negative", 0x8000_0000)]
        {
            let size = if at < 40 { 2 } else { 4 };
            let change = |bytes: &mut Vec<u8>| {
                bytes[at..at + size].copy_from_slice(&value.to_le_bytes()[..size]);
            };
            cases.push(with(&format!("{name}: {word}"), &change));
        }
    }
    let table = u32::from_le_bytes(sound[76..80].try_into().unwrap()) as usize;
    let start = SECTOR * (table + 1);
    cases.push(with("sectors that follow themselves", &|bytes| {
        for at in 0..SECTOR / 4 {
            let place = start + at * 4;
            if place + 4 <= bytes.len() {
                bytes[place..place + 4].copy_from_slice(&(at as u32).to_le_bytes());
            }
        }
    }));
    cases.push(with("sectors in a circle", &|bytes| {
        for at in 0..SECTOR / 4 {
            let place = start + at * 4;
            if place + 4 <= bytes.len() {
                bytes[place..place + 4].copy_from_slice(&((at as u32 + 1) % 4).to_le_bytes());
            }
        }
    }));
    cases.push(old("only a header", sound[..SECTOR].to_vec()).must(Must::Refuse));
    cases.push(old(
        "a header and noise",
        [&sound[..SECTOR], &Noise::new(7).bytes(scale.of(900_000))].concat(),
    ));
    cases.push(old("only a mark", sound[..8].to_vec()).must(Must::Refuse));
    for seed in 0..12 {
        let change = |bytes: &mut Vec<u8>| {
            let mut noise = Noise::new(seed + 40);
            for _ in 0..=(seed * 3) {
                let at = SECTOR + noise.next() as usize % (bytes.len() - SECTOR);
                bytes[at] = noise.next() as u8;
            }
        };
        cases.push(with(&format!("torn in {} places", 1 + seed * 3), &change));
    }
    cases.extend(records(&sound));
    cases.extend(binary(scale));
    cases
}

/// Returns records whose cells, sheets and texts are moved far away.
fn records(sound: &[u8]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, kind, length) in [
        ("numbers", [0x03, 0x02], 14_u8),
        ("short numbers", [0x7e, 0x02], 10),
        ("texts", [0xfd, 0x00], 10),
        ("dimensions", [0x00, 0x02], 14),
        ("sheets", [0x85, 0x00], 0),
    ] {
        let head = [kind[0], kind[1], length, 0];
        let wanted: &[u8] = if length == 0 { &head[..2] } else { &head };
        let Some(at) = find(sound, wanted) else { continue };
        for (word, value) in [("far", 0xffff_u16), ("half", 0x8000)] {
            let mut bytes = sound.to_vec();
            bytes[at + 4..at + 6].copy_from_slice(&value.to_le_bytes());
            bytes[at + 6..at + 8].copy_from_slice(&0x00ff_u16.to_le_bytes());
            cases.push(old(&format!("{name} moved {word}"), bytes.clone()));
            bytes[at + 2..at + 4].copy_from_slice(&value.to_le_bytes());
            cases.push(old(&format!("{name} too long, {word}"), bytes));
        }
    }
    cases
}

/// Workbooks of binary records in an archive.
fn binary(scale: Scale) -> Vec<Case> {
    let book = |name: &str, workbook: &[u8], sheet: &[u8]| {
        let links = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
        let parts: [(&str, &[u8]); 5] = [
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", b"<Relationships/>"),
            ("xl/workbook.bin", workbook),
            ("xl/_rels/workbook.bin.rels", links.as_bytes()),
            ("xl/worksheets/sheet1.bin", sheet),
        ];
        Case::survey(name, "data.xlsb", archive(&parts))
    };
    let text = |text: &str| {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(wide.len() as u32 / 2).to_le_bytes()[..], &wide].concat()
    };
    let record = |kind: &[u8], body: &[u8]| [kind, &[body.len() as u8 & 0x7f], body].concat();
    // One visible sheet: its state, number, link and name.
    let bundle = record(&[0x9c, 0x01], &[&[0; 8][..], &text("rId1"), &text("S")].concat());
    let workbook =
        [record(&[0x83, 0x01], &[]), record(&[0x8f, 0x01], &[]), bundle, record(&[0x90, 0x01], &[])].concat();
    let row = |at: u32| record(&[0x00], &[&at.to_le_bytes()[..], &[0; 13]].concat());
    let cell = |column: u32, number: f64| {
        record(&[0x05], &[&column.to_le_bytes()[..], &[0; 4], &number.to_le_bytes()].concat())
    };
    let sheet = |cells: &[u8]| {
        let size = [0_u32, 1, 0, 1].map(u32::to_le_bytes).concat();
        [record(&[0x94, 0x01], &size), record(&[0x91, 0x01], &[]), cells.to_vec(), record(&[0x92, 0x01], &[])]
            .concat()
    };
    let huge = [0x83, 0x01, 0xff, 0xff, 0xff, 0x7f];
    let far = [row(0), cell(0, 1.0), row(1_048_575), cell(16_383, 2.0)].concat();
    let plain = [row(0), cell(0, 1.0), cell(1, 2.0), row(1), cell(0, 4.0), cell(1, 5.0)].concat();
    vec![
        book("binary records of no end", &huge, &huge),
        book("a binary sheet of no end", &workbook, &huge),
        book(
            "binary noise",
            &Noise::new(3).bytes(scale.of(400_000)),
            &Noise::new(4).bytes(scale.of(400_000)),
        ),
        book("noise in a binary sheet", &workbook, &Noise::new(8).bytes(scale.of(400_000))),
        book("binary cells far apart", &workbook, &sheet(&far)),
        book("a binary sheet", &workbook, &sheet(&plain)),
        book("a binary sheet cut between rows", &workbook, &sheet(&plain)[..60]),
        book("a binary sheet without cells", &workbook, &sheet(&[])),
        book("binary parts without bytes", &[], &[]),
        book("a binary sheet of blanks", &workbook, &vec![0; scale.of(200 << 20)]),
    ]
}
