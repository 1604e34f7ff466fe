//! Tables in markup: web pages, which many tools save as `.xls`, and the XML of Excel 2003.
//!
//! A thread converts the table to CSV, so that the text reader can read it. Rows are numbered as in the
//! table.

mod entities;
mod html;
mod rows;
mod spreadsheet;
mod tags;

use super::blocks::Blocks;
use super::decode::TextFacts;
use super::delimited::Delimited;
use super::encoding::Encoding;
use super::error::TableError;
use super::known_format::KnownFormat;
use super::options::{Delimiter, Dialect, Options};
use super::progress::ReadProgress;
use super::table::{RowSource, SurveyTable};
use memchr::memmem;
use std::path::Path;
use std::sync::Arc;

/// The most bytes in which a document's kind is detected.
const HEAD: usize = 8 << 10;
/// Beginnings of web pages, and of tables saved without a page around them.
const PAGES: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<frameset"];
/// Beginnings of XML documents.
const DOCUMENTS: &[&str] = &["<?xml", "<workbook", "<ss:workbook", "<!doctype", "<!--"];
/// The namespace of Excel's XML.
const NAMESPACE: &[u8] = b"schemas-microsoft-com:office:spreadsheet";

/// A kind of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// A web page.
    Page,
    /// A workbook in the XML of Excel 2003.
    Workbook,
    /// Any other document.
    Other,
}

impl Markup {
    /// Detects the kind of markup from the first bytes. A table whose first cell contains a tag is none.
    pub(super) fn from_head(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
        let head = head.get(..HEAD).unwrap_or(head);
        let begins = |mark: &&str| {
            head.get(..mark.len()).is_some_and(|part| part.eq_ignore_ascii_case(mark.as_bytes()))
        };
        if PAGES.iter().any(begins) {
            return Some(Self::Page);
        }
        if !DOCUMENTS.iter().any(begins) {
            return None;
        }
        let lower = head.to_ascii_lowercase();
        let has = |part: &[u8]| memmem::find(&lower, part).is_some();
        if has(NAMESPACE) && has(b"workbook") {
            Some(Self::Workbook)
        } else if has(b"<html") || has(b"<table") {
            Some(Self::Page)
        } else {
            Some(Self::Other)
        }
    }

    /// Opens the table in a decoded document. A workbook is read twice, as only its end shows all sheets; so
    /// it must be in a file.
    pub(super) fn open(
        self,
        blocks: Blocks,
        facts: Arc<TextFacts>,
        options: &Options,
        (path, progress): (Option<&Path>, &Arc<ReadProgress>),
    ) -> Result<SurveyTable, TableError> {
        let mut dialect = Dialect {
            encoding: Some(Encoding::UTF_8),
            decimal_comma: options.decimal_comma.unwrap_or(false),
            ..Dialect::default()
        };
        let rows = match (self, path) {
            (Self::Page, _) => Blocks::start_thread(move |feed| html::convert_page(blocks, feed))?,
            (Self::Workbook, Some(path)) => {
                drop(blocks);
                let (rows, sheet, sheets) = spreadsheet::open(path, options, progress)?;
                dialect.sheet = Some(sheet);
                dialect.sheets = sheets;
                rows
            }
            (Self::Workbook | Self::Other, _) => return Err(TableError::Foreign(KnownFormat::Xml)),
        };
        let mut rows = Delimited::new(rows, Delimiter::Comma, b'\n', 0);
        rows.count_from(1);
        SurveyTable::begin_table(RowSource::Text(Box::new(rows)), dialect, facts, options)
    }
}

/// Finds the encoding that a document declares: in the XML declaration, or in a `meta` element of HTML.
pub(super) fn declared_encoding(head: &[u8]) -> Option<Encoding> {
    Markup::from_head(head)?;
    let lower = head.get(..HEAD).unwrap_or(head).to_ascii_lowercase();
    let behind = |mark: &[u8]| memmem::find(&lower, mark).and_then(|at| lower.get(at + mark.len()..));
    let value = behind(b"charset=").or_else(|| behind(b"encoding="))?;
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let label: Vec<u8> = value.iter().take_while(is_label).copied().collect();
    String::from_utf8(label).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_known_by_its_beginning() {
        for (head, kind) in [
            ("  <HTML><body>", Some(Markup::Page)),
            ("\u{feff}<!DOCTYPE html>", Some(Markup::Page)),
            ("<table border=1>", Some(Markup::Page)),
            ("<?xml version=\"1.0\"?><html xmlns=\"x\">", Some(Markup::Page)),
            (
                "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Some(Markup::Workbook),
            ),
            ("<?xml version=\"1.0\"?><responses>", Some(Markup::Other)),
            ("<b>How was it?</b>,id\n4,1\n", None),
            ("a,b\n1,<html>\n", None),
        ] {
            assert_eq!(Markup::from_head(head.as_bytes()), kind, "{head}");
        }
    }

    #[test]
    fn a_declared_encoding_is_found() {
        for (head, name) in [
            ("<html><meta charset=\"gb2312\">", Some("GB18030")),
            ("<html><META content='text/html; charset=Windows-1252'>", Some("windows-1252")),
            ("<?xml version=\"1.0\" encoding='Shift_JIS'?><html>", Some("Shift_JIS")),
            ("<html><body>charset", None),
            ("charset=gbk,b\n", None),
        ] {
            let found = declared_encoding(head.as_bytes()).map(|encoding| encoding.to_string());
            assert_eq!(found.as_deref(), name, "{head}");
        }
    }
}
