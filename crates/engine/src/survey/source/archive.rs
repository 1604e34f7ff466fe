//! Archives with one table among other files, as survey tools pack their exports.
//!
//! A text table is read in place. A workbook needs random access, so it is unpacked to a private temporary
//! file that is deleted with the [`SurveyTable`].

use super::error::TableError;
use super::markup::Markup;
use super::options::Input;
use super::package::{Member, Package};
use super::progress::ReadProgress;
use super::table::SurveyTable;
use super::text;
use super::{ARCHIVE, ENDINGS, OLD_WORKBOOK, open_unpacked};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// The most members named in a message.
const NAMED: usize = 12;
/// Files that operating systems put into archives.
const SYSTEM_FILES: &[&str] = &["thumbs.db", "desktop.ini"];
/// Beginnings of names of accompanying notes.
const NOTES: &[&str] = &["readme", "read me", "read_me", "liesmich", "license", "licence", "自述", "说明"];
/// Extensions of accompanying documents.
const DOCUMENTS: &[&str] = &["pdf", "doc", "docx", "md", "png", "jpg", "jpeg", "gif"];
/// Extensions of nested archives, which are not opened.
const NESTED: &[&str] = &["zip", "7z", "rar"];

/// Opens the only table in an archive.
pub(super) fn open(
    package: &Package,
    input: &Input,
    progress: &Arc<ReadProgress>,
) -> Result<SurveyTable, TableError> {
    let member = choose_member(&package.list_members()?)?;
    if member.encrypted {
        return Err(TableError::EncryptedMember { name: member.name });
    }
    let mut blocks = package.open_member(&member, progress)?;
    let head = blocks.available_bytes()?;
    let needs_file = head.starts_with(ARCHIVE)
        || head.starts_with(OLD_WORKBOOK)
        || Markup::from_head(head) == Some(Markup::Workbook);
    let mut table = if needs_file {
        let mut file = BufWriter::new(tempfile::NamedTempFile::new()?);
        loop {
            let ready = blocks.available_bytes()?;
            let count = ready.len();
            if count == 0 {
                break;
            }
            file.write_all(ready)?;
            blocks.consume_bytes(count);
        }
        let path = file.into_inner().map_err(std::io::IntoInnerError::into_error)?.into_temp_path();
        let mut table = open_unpacked(&Input { path: path.to_path_buf(), ..input.clone() }, progress)?;
        table.keep_file(path);
        table
    } else {
        let is_packed = head.starts_with(super::GZIP);
        let source = text::ByteSource::from_member(blocks, member.bytes, is_packed);
        text::open(source, &input.options, progress)?
    };
    table.set_member(member.name);
    Ok(table)
}

/// Chooses the only member that is a table, otherwise the only one that may be.
fn choose_member(members: &[Member]) -> Result<Member, TableError> {
    let named = |members: &[&Member]| members.iter().take(NAMED).map(|member| member.name.clone()).collect();
    let candidates: Vec<&Member> = members.iter().filter(|member| !is_accompanying(&member.name)).collect();
    let is_table = |member: &&&Member| has_ending(&member.name, ENDINGS) && !has_ending(&member.name, NESTED);
    let tables: Vec<&Member> = candidates.iter().filter(is_table).copied().collect();
    match (tables.as_slice(), candidates.as_slice()) {
        ([table], _) => Ok((*table).clone()),
        // A file with an unknown extension may be a table.
        ([], [only]) if !has_ending(&only.name, NESTED) => Ok((*only).clone()),
        ([], _) if members.is_empty() => Err(TableError::Empty),
        ([], _) => Err(TableError::NoTableInArchive { names: named(&members.iter().collect::<Vec<_>>()) }),
        (several, _) => Err(TableError::SeveralTables { names: named(several) }),
    }
}

/// True for folders, and for files that systems and tools add beside a table.
fn is_accompanying(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let is_hidden = file.starts_with('.') || name.split('/').any(|part| part == "__MACOSX");
    file.is_empty()
        || is_hidden
        || SYSTEM_FILES.contains(&file.as_str())
        || NOTES.iter().any(|note| file.starts_with(note))
        || has_ending(name, DOCUMENTS)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}
