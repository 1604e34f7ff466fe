//! Formats that people mistake for a table, recognised by their first bytes.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// A format that is recognised but not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownFormat {
    /// JSON or JSON lines.
    Json,
    /// XML other than a spreadsheet's.
    Xml,
    /// An SPSS data file (`.sav`, `.zsav`) or its portable form (`.por`).
    Spss,
    /// A Stata data file.
    Stata,
    /// A SAS data file or transport file.
    Sas,
    /// Parquet.
    Parquet,
    /// A database of Access.
    Access,
    /// A workbook protected by a password.
    ProtectedWorkbook,
    /// A Numbers spreadsheet.
    Numbers,
    /// A word-processor document.
    Document,
    /// A presentation.
    Slides,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// A web page without a table, such as one that asks to sign in.
    WebPage,
    /// An unfinished or truncated download.
    UnfinishedDownload,
}

/// Signatures: the first bytes of formats that have fixed ones.
const SIGNATURES: &[(&[u8], KnownFormat)] = &[
    (b"$FL2", KnownFormat::Spss),
    (b"$FL3", KnownFormat::Spss),
    (b"<stata_dta>", KnownFormat::Stata),
    (b"HEADER RECORD*******LIB", KnownFormat::Sas),
    (SAS_DATA, KnownFormat::Sas),
    (b"PAR1", KnownFormat::Parquet),
    (b"\x00\x01\x00\x00Standard Jet DB", KnownFormat::Access),
    (b"\x00\x01\x00\x00Standard ACE DB", KnownFormat::Access),
    (b"{\\rtf", KnownFormat::Document),
    (b"%PDF-", KnownFormat::Pdf),
    (b"\x89PNG\r\n", KnownFormat::Picture),
    (b"\xff\xd8\xff", KnownFormat::Picture),
    (b"GIF87a", KnownFormat::Picture),
    (b"GIF89a", KnownFormat::Picture),
    (b"II*\0", KnownFormat::Picture),
    (b"MM\0*", KnownFormat::Picture),
];
const SAS_DATA: &[u8] =
    b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0\x09\xc7\x31\x8c";
/// Stata files before release 117 begin with the release number, the byte order, 1 and 0.
const STATA_RELEASES: &[u8] = &[104, 105, 108, 110, 111, 112, 113, 114, 115];
/// A portable SPSS file begins with five lines of 40 bytes for people, a table of characters, and its
/// signature.
const PORTABLE: usize = 512;
/// Extensions that browsers give to unfinished downloads.
const UNFINISHED: &[&str] = &["crdownload", "part", "partial", "download", "opdownload"];

impl KnownFormat {
    /// Detects the format of a file from its first bytes.
    pub(super) fn from_bytes(head: &[u8]) -> Option<Self> {
        let start = head.trim_ascii_start();
        if let Some((_, format)) = SIGNATURES
            .iter()
            .find(|(mark, _)| head.starts_with(mark) || (mark.is_ascii() && start.starts_with(mark)))
        {
            return Some(*format);
        }
        if is_stata(head) {
            return Some(Self::Stata);
        }
        if is_portable(head) {
            return Some(Self::Spss);
        }
        if is_picture(head) {
            return Some(Self::Picture);
        }
        is_json(start).then_some(Self::Json)
    }

    /// Detects the format of a Microsoft compound file; `None` for a readable workbook.
    pub(super) fn from_compound_file(file: &mut File) -> Option<Self> {
        let names = compound_names(file);
        let has = |name: &str| names.iter().any(|known| known == name);
        if has("EncryptedPackage") || has("EncryptionInfo") {
            Some(Self::ProtectedWorkbook)
        } else if has("Workbook") || has("Book") {
            None
        } else if has("WordDocument") {
            Some(Self::Document)
        } else {
            has("PowerPoint Document").then_some(Self::Slides)
        }
    }

    /// Detects an unfinished download by its extension.
    pub(super) fn from_extension(ending: &str) -> Option<Self> {
        let is_unfinished = UNFINISHED.iter().any(|known| ending.eq_ignore_ascii_case(known));
        is_unfinished.then_some(Self::UnfinishedDownload)
    }
}

fn is_stata(head: &[u8]) -> bool {
    matches!(head, [release, 1 | 2, 1, 0, ..] if STATA_RELEASES.contains(release))
}

fn is_portable(head: &[u8]) -> bool {
    let head = head.get(..PORTABLE).unwrap_or(head);
    let has = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    has(b"SPSS PORT FILE") && has(b"SPSSPORT")
}

fn is_picture(head: &[u8]) -> bool {
    let at = |from: usize, mark: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(mark));
    let is_bitmap = at(0, b"BM") && at(6, &[0, 0, 0, 0]);
    let is_webp = at(0, b"RIFF") && at(8, b"WEBP");
    let is_heif = at(4, b"ftyp") && [b"heic", b"heix", b"mif1", b"avif"].iter().any(|kind| at(8, *kind));
    is_bitmap || is_webp || is_heif
}

/// True if the bytes are JSON, or the beginning of it. Text that only begins with a bracket, such as `[1] How
/// was it?`, is not.
fn is_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if !matches!(start.first(), Some(b'{' | b'[')) {
        return false;
    }
    let mut values = serde_json::Deserializer::from_slice(start).into_iter::<serde_json::Value>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = start.get(values.byte_offset()..).unwrap_or_default().trim_ascii_start();
            matches!(rest.first(), None | Some(b'{' | b'['))
        }
        // JSON that is only cut off by the end of the bytes counts.
        Some(Err(error)) => error.is_eof() && start.len() > 1,
        None => false,
    }
}

/// Bytes of one directory entry of a compound file, and of its header.
const ENTRY: usize = 128;
const HEADER: usize = 512;
/// The most sectors of the directory that are read.
const SECTORS: usize = 64;

/// Reads the names in the directory of a compound file, as far as possible.
fn compound_names(file: &mut File) -> Vec<String> {
    let mut header = [0; HEADER];
    let mut names = Vec::new();
    if file.rewind().and_then(|()| file.read_exact(&mut header)).is_err() {
        return names;
    }
    let word = |bytes: &[u8], at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        four.map_or(u32::MAX, u32::from_le_bytes)
    };
    let size = if header.get(30) == Some(&12) { 4096 } else { 512 };
    let mut sector = word(&header, 48);
    for _ in 0..SECTORS {
        let Some(bytes) = compound_sector(file, sector, size) else { break };
        names.extend(bytes.chunks_exact(ENTRY).filter_map(entry_name));
        // The next sector is found in the allocation table; the header lists the sectors of that table.
        let per_table = (size / 4) as u32;
        let table = word(&header, 76 + 4 * (sector / per_table).min(108) as usize);
        let Some(table) = compound_sector(file, table, size) else { break };
        sector = word(&table, 4 * (sector % per_table) as usize);
    }
    names
}

fn compound_sector(file: &mut File, sector: u32, size: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; size];
    file.seek(SeekFrom::Start((u64::from(sector) + 1) * size as u64)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// Decodes a name of the directory: UTF-16, with its length in bytes, including the final zero.
fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    let units = entry.get(..length.checked_sub(2)?.min(62))?.chunks_exact(2);
    let units: Vec<u16> =
        units.map(|unit| unit.iter().rev().fold(0, |sum, byte| sum << 8 | u16::from(*byte))).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        for (head, format) in [
            (b"$FL2@(#) SPSS DATA FILE".as_slice(), KnownFormat::Spss),
            (b"$FL3@(#) SPSS DATA FILE", KnownFormat::Spss),
            (b"<stata_dta><header>", KnownFormat::Stata),
            (b"\x73\x02\x01\x00\x05\x00", KnownFormat::Stata),
            (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", KnownFormat::Sas),
            (b"PAR1\x15\x04", KnownFormat::Parquet),
            (b"\x00\x01\x00\x00Standard ACE DB\x00", KnownFormat::Access),
            (b"{\\rtf1\\ansi", KnownFormat::Document),
            (b"%PDF-1.7", KnownFormat::Pdf),
            (b"\x89PNG\r\n\x1a\n", KnownFormat::Picture),
            (b"RIFF\x10\0\0\0WEBPVP8 ", KnownFormat::Picture),
            (b"\0\0\0\x18ftypheic", KnownFormat::Picture),
        ] {
            assert_eq!(KnownFormat::from_bytes(head), Some(format), "{head:?}");
        }
        let portable = format!("{:<200}{:<256}SPSSPORT", "ASCII SPSS PORT FILE", "0123456789");
        assert_eq!(KnownFormat::from_bytes(portable.as_bytes()), Some(KnownFormat::Spss));
        assert_eq!(KnownFormat::from_extension("CRDOWNLOAD"), Some(KnownFormat::UnfinishedDownload));
        assert_eq!(KnownFormat::from_extension("csv"), None);
    }

    #[test]
    fn json_is_told_from_texts_that_begin_with_a_bracket() {
        for json in [
            "{\"responses\": [{\"nps\": 9}, {\"nps\"",
            " [\n  {\"id\": 1, \"score\": 4}\n]\n",
            "{\"id\": 1}\n{\"id\": 2}\n",
            "[[\"a\", \"b\"], [1, 2",
            "\u{feff}{\"id\": \"中",
        ] {
            assert_eq!(KnownFormat::from_bytes(json.as_bytes()), Some(KnownFormat::Json), "{json}");
        }
        for text in [
            "[1] How was it?,[2] Why?\n4,x\n",
            "[Q1],[Q2]\n1,2\n",
            "{id},{score}\n1,2\n",
            "[1],[2]\n3,4\n",
            "[",
            "{",
        ] {
            assert_eq!(KnownFormat::from_bytes(text.as_bytes()), None, "{text}");
        }
    }
}
