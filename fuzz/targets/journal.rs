//! Recovery journals: any bytes, and sound frames of any content behind a journal that the program wrote.

use super::scratch;
use crate::common::{random_edit, random_project};
use engine::edit::{apply_all, diff_projects};
use engine::id::IdSource;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::journal::{Journal, JournalOrigin, find_recoverable};
use engine::store::load::{load_project, to_bytes};
use std::sync::OnceLock;
use std::time::Duration;

/// What stands between the contents in the bytes of a target.
const BETWEEN: u8 = 0x1E;
/// How every journal begins, and the bytes before the content of a record.
const MARK: usize = b"Desireline journal\n".len();
const HEAD: usize = 16;

/// A journal with its document, as the program leaves it when it is killed.
struct Sample {
    journal: Vec<u8>,
    base: Vec<u8>,
    /// The bytes of the mark and the header.
    begin: usize,
}

impl Sample {
    /// The contents of the records behind the header.
    fn contents(&self) -> Vec<u8> {
        let (mut contents, mut rest) = (Vec::new(), &self.journal[self.begin..]);
        while let Some((length, behind)) = rest.split_first_chunk() {
            let end = HEAD - 4 + u32::from_le_bytes(*length) as usize;
            if !contents.is_empty() {
                contents.push(BETWEEN);
            }
            contents.extend(&behind[HEAD - 4..end]);
            rest = &behind[end..];
        }
        contents
    }
}

/// The first byte says what the others are: a journal, changes to one, contents of its records, or changes to them.
pub(crate) fn journal(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let sample = sample();
    let bytes = match kind % 4 {
        0 => rest.to_vec(),
        1 => changed(&sample.journal, rest),
        2 => framed(sample, rest),
        _ => framed(sample, &changed(&sample.contents(), rest)),
    };
    let folder = scratch("journals");
    let journals = folder.join("journals");
    std::fs::create_dir_all(&journals).expect("a folder");
    let name = journals.join("1-2.journal");
    std::fs::write(&name, bytes).expect("a journal");
    std::fs::write(name.with_extension("base"), &sample.base).expect("a base");
    for left in find_recoverable(&RealDisk, &folder).left {
        let written = to_bytes(&left.recovered);
        assert!(load_project(&written).expect("it is a project").project == left.recovered);
        let mut merged = left.stored.clone();
        apply_all(&mut merged, &diff_projects(&left.stored, &left.recovered)).expect("a difference applies");
        assert!(left.merge_onto(&left.stored).project == left.recovered, "nothing recovered is lost");
        left.discard_journal(&RealDisk);
    }
    std::fs::remove_dir_all(folder).expect("it can be removed");
}

/// Bytes with some of them changed: place, place, byte.
fn changed(bytes: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    bytes
}

/// The sample's header, and behind it a sound record for each content.
fn framed(sample: &Sample, contents: &[u8]) -> Vec<u8> {
    let mut bytes = sample.journal[..sample.begin].to_vec();
    for (place, content) in contents.split(|byte| *byte == BETWEEN).enumerate() {
        let (length, seq) = (content.len() as u32, place as u64 + 1);
        let sum = crc32c::crc32c_append(crc32c::crc32c(&length.to_le_bytes()), &seq.to_le_bytes());
        bytes.extend(length.to_le_bytes());
        bytes.extend(crc32c::crc32c_append(sum, content).to_le_bytes());
        bytes.extend(seq.to_le_bytes());
        bytes.extend(content);
    }
    bytes
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let folder = scratch("sample");
        let mut project = random_project(7, 30);
        let mut source = IdSource::from_seed(8);
        let origin = JournalOrigin { path: None, base: Base::Absent, project: project.clone() };
        let mut journal = Journal::start_new(RealDisk, &folder, origin);
        let mut last = 0;
        for _ in 0..6 {
            let change = random_edit(&project, &mut source);
            apply_all(&mut project, &change).expect("a command's transaction applies");
            last = journal.append_change(&project, &change);
        }
        assert!(journal.wait_until_durable(last, Duration::from_secs(10)), "the journal is written");
        let read = |ending: &str| {
            let entries = std::fs::read_dir(folder.join("journals")).expect("a folder");
            let paths = entries.map(|entry| entry.expect("an entry").path());
            let path = paths.into_iter().find(|path| path.extension().is_some_and(|found| found == ending));
            std::fs::read(path.expect("a file")).expect("it can be read")
        };
        let (journal_bytes, base) = (read("journal"), read("base"));
        journal.close();
        std::fs::remove_dir_all(&folder).expect("it can be removed");
        let length = u32::from_le_bytes(journal_bytes[MARK..MARK + 4].try_into().expect("four bytes"));
        Sample { journal: journal_bytes, base, begin: MARK + HEAD + length as usize }
    })
}
