//! The structure of a workbook: its sheets in order, and the names of its parts.

use super::super::error::TableError;
use super::super::package::Package;
use super::super::progress::ReadProgress;
use super::xml::{XmlEvent, XmlReader, attribute_value};
use quick_xml::events::BytesStart;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most sheets that are listed; Excel has no limit.
const SHEETS: usize = 4096;
const USUAL: &str = "xl/workbook.xml";
/// The bytes of all sheets together that may be read to find the first one with rows.
pub(super) const LOOK: usize = 32 << 20;
/// The bytes that the opening of a sheet counts for: in an archive of thousands, it takes milliseconds.
const SHEET: usize = LOOK / 256;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) part: String,
    pub(super) hidden: bool,
}

/// The structure of a workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<SheetPart>,
    /// True if days are counted from 1904.
    pub(super) is_1904: bool,
    /// The part with the shared strings.
    pub(super) strings: Option<String>,
    /// The part with the number formats.
    pub(super) styles: Option<String>,
}

/// A link to another part: its kind, and its name.
#[derive(Debug, Clone)]
struct Link {
    kind: String,
    part: String,
}

impl Book {
    pub(super) fn read(package: &Package, progress: &Arc<ReadProgress>) -> Result<Self, TableError> {
        let roots = read_links(package, "", "_rels/.rels", progress)?;
        let main =
            roots.into_values().find(|link| link.kind.ends_with("/officeDocument")).map(|link| link.part);
        let main = main.filter(|part| package.has_part(part)).unwrap_or_else(|| USUAL.to_owned());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let links = read_links(package, folder, &join_path(folder, &format!("_rels/{file}.rels")), progress)?;
        let mut book = Self::default();
        for_each_element(package, &main, progress, |start| book.add_element(start, &links))?;
        book.sheets.retain(|sheet| package.has_part(&sheet.part));
        let part =
            |kind: &str| links.values().find(|link| link.kind.ends_with(kind)).map(|link| link.part.clone());
        book.strings = part("/sharedStrings").filter(|part| package.has_part(part));
        book.styles = part("/styles").filter(|part| package.has_part(part));
        Ok(book)
    }

    fn add_element(&mut self, start: &BytesStart<'_>, links: &BTreeMap<String, Link>) {
        match start.local_name().as_ref() {
            "workbookPr" => {
                self.is_1904 =
                    attribute_value(start, "date1904").is_some_and(|value| value == "1" || value == "true");
            }
            "sheet" if self.sheets.len() < SHEETS => {
                let link = attribute_value(start, "id").and_then(|id| links.get(&id));
                let Some(link) = link.filter(|link| link.kind.ends_with("/worksheet")) else { return };
                let hidden = attribute_value(start, "state").is_some_and(|state| state != "visible");
                let name = attribute_value(start, "name").unwrap_or_default();
                self.sheets.push(SheetPart { name, part: link.part.clone(), hidden });
            }
            _ => {}
        }
    }

    /// Returns the sheet with this name; without a name, the first visible one that holds rows.
    pub(super) fn choose_sheet(
        &self,
        name: Option<&str>,
        holds_rows: impl Fn(&SheetPart) -> bool,
    ) -> Result<&SheetPart, TableError> {
        let Some(name) = name else {
            let mut seen = self.sheets.iter().filter(|sheet| !sheet.hidden);
            let usual = seen.clone().find(|sheet| holds_rows(sheet)).or(seen.next());
            return usual.or(self.sheets.first()).ok_or(TableError::Empty);
        };
        self.sheets.iter().find(|sheet| sheet.name == name).ok_or_else(|| TableError::NoSheet {
            name: name.to_owned(),
            names: self.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        })
    }
}

/// True if a sheet holds a header and a row below it; assumed of one that can't be read, and of those that
/// are reached when `budget`, the bytes that may be read to find out, is spent.
pub(super) fn holds_rows(package: &Package, sheet: &SheetPart, budget: &Cell<usize>) -> bool {
    let before = budget.replace(budget.get().saturating_sub(SHEET));
    let blocks = if before == 0 { None } else { package.open_part(&sheet.part, &Arc::default(), false).ok() };
    let Some(blocks) = blocks else { return true };
    let mut xml = XmlReader::new(blocks);
    let mut buffer = Vec::new();
    let mut rows = 0;
    let mut filled = false;
    while rows < 2 && budget.get() > 0 {
        let event = xml.next(&mut buffer);
        match event {
            Ok(XmlEvent::Start(start)) => match start.local_name().as_ref() {
                "row" => filled = false,
                "v" | "is" => filled = true,
                _ => {}
            },
            Ok(XmlEvent::End(end)) if end.local_name().as_ref() == "row" => rows += u8::from(filled),
            Ok(XmlEvent::Eof) => return false,
            Ok(_) => {}
            Err(_unreadable) => return true,
        }
        budget.set(budget.get().saturating_sub(xml.event_length()));
    }
    true
}

/// Calls `seen` for the start of each element of a part.
pub(super) fn for_each_element(
    package: &Package,
    part: &str,
    progress: &Arc<ReadProgress>,
    mut seen: impl FnMut(&BytesStart<'_>),
) -> Result<(), TableError> {
    let mut xml = XmlReader::new(package.open_part(part, progress, false)?);
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            XmlEvent::Start(start) | XmlEvent::Empty(start) => seen(&start),
            XmlEvent::Eof => return Ok(()),
            XmlEvent::End(_) | XmlEvent::Text(_) | XmlEvent::Sign(_) | XmlEvent::Nothing => {}
        }
    }
}

/// Reads the links of a part, by their ids.
fn read_links(
    package: &Package,
    folder: &str,
    part: &str,
    progress: &Arc<ReadProgress>,
) -> Result<BTreeMap<String, Link>, TableError> {
    let mut links = BTreeMap::new();
    if !package.has_part(part) {
        return Ok(links);
    }
    for_each_element(package, part, progress, |start| {
        let [id, kind, target] = ["Id", "Type", "Target"].map(|name| attribute_value(start, name));
        if let (Some(id), Some(kind), Some(target)) = (id, kind, target)
            && links.len() < SHEETS * 4
        {
            links.insert(id, Link { kind, part: join_path(folder, &target) });
        }
    })?;
    Ok(links)
}

/// Resolves the target of a link: from the root of the archive, or from the folder of the linking part.
fn join_path(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.into_iter().filter(|step| !step.is_empty() && *step != ".").collect::<Vec<_>>().join("/")
}
