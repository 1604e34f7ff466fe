//! The people who have a file open: a small lock file beside it for each window. Lock files inform and never
//! block anybody.

use crate::store::base::{Base, parent_folder};
use crate::store::disk::{Disk, RealDisk, write_all};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Time between two renewals of our own lock file, in seconds.
const RENEWED: i64 = 30;
/// Maximum age of a lock file since its renewal, in seconds; an older one is ignored.
const FRESH: i64 = 120;
/// Maximum size of a lock file that is read, in bytes.
const MOST_BYTES: u64 = 4096;
/// Maximum number of lock files read beside one file.
const MOST: usize = 64;
/// Maximum length of a name shown, in characters.
const SHOWN: usize = 40;
/// Maximum number of contents that a lock file lists: a slow drive may show older ones late.
const HELD: usize = 32;
/// Maximum length of a file's name within its lock file's, in bytes.
const NAME: usize = 120;

/// A person who has the file open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opener {
    /// The person's user name on their computer.
    pub user: String,
    /// The name of their computer.
    pub host: String,
    /// The time at which they opened it.
    pub since: jiff::Timestamp,
}

/// The content of a lock file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename = "Open", default)]
pub(super) struct Sign {
    user: String,
    host: String,
    pid: u32,
    /// The start time of the process, as its system counts; tells apart processes with a reused id. 0 is
    /// unknown.
    begun: u64,
    since: i64,
    seen: i64,
    /// The contents of the file that its window has held, each derived from the one before, the latest last.
    pub(super) held: Vec<String>,
    /// True if nobody has it open any more; it only notes the file's contents for a while.
    left: bool,
}

impl Sign {
    /// Returns the content of a lock file of this process, beginning now.
    fn new(held: Vec<String>) -> Self {
        let now = crate::clock::current_time().as_second();
        let user = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let host = gethostname::gethostname().to_string_lossy().into_owned();
        Self {
            user: user.unwrap_or_default(),
            host,
            pid: std::process::id(),
            begun: beginning_of(std::process::id()).unwrap_or_default(),
            since: now,
            seen: now,
            held,
            left: false,
        }
    }

    /// Returns the seconds since it was renewed.
    fn age_seconds(&self) -> i64 {
        crate::clock::current_time().as_second().saturating_sub(self.seen).saturating_abs()
    }
}

/// This process's lock files in use, by path: any other with its process id is left over from an earlier
/// process.
static IN_USE: Mutex<BTreeMap<PathBuf, OwnSign>> = Mutex::new(BTreeMap::new());

fn in_use() -> MutexGuard<'static, BTreeMap<PathBuf, OwnSign>> {
    IN_USE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Our own lock file beside a file, as long as we have that open.
#[derive(Debug)]
pub(super) struct Presence {
    path: PathBuf,
}

impl Presence {
    /// Creates a lock file beside the file, which is no link; if that is not permitted, others simply don't
    /// see us.
    pub(super) fn announce_open(target: &Path, base: Base) -> Self {
        let own = OwnSign::new(target, vec![content_mark(base)]);
        let path = own.path.clone();
        // Written under the mutex, so that no other thread writes it.
        in_use().entry(path.clone()).or_insert(own).write();
        Self { path }
    }

    /// Renews the time stamp, at most once in [`RENEWED`] seconds.
    pub(super) fn renew_time(&self) {
        let now = crate::clock::current_time().as_second();
        if let Some(own) = in_use().get_mut(&self.path)
            && !(0..RENEWED).contains(&now.saturating_sub(own.sign.seen))
        {
            own.sign.seen = now;
            own.write();
        }
    }

    /// Notes the file's present content after our own save or merge.
    pub(super) fn note_content(&self, base: Base) {
        if let Some(own) = in_use().get_mut(&self.path) {
            own.note_content(base);
        }
    }

    /// Notes the file's present content in each of our lock files beside it; returns false if there is none.
    pub(super) fn note_at(target: &Path, base: Base) -> bool {
        let mut in_use = in_use();
        let mut ours = in_use.values_mut().filter(|own| own.target == target).peekable();
        let any = ours.peek().is_some();
        ours.for_each(|own| own.note_content(base));
        any
    }

    /// Notes that the file's content does not derive from its previous one.
    pub(super) fn note_unrelated(&self, base: Base) {
        if let Some(own) = in_use().get_mut(&self.path) {
            own.sign.held = vec![content_mark(base)];
            own.write();
        }
    }

    /// Leaves a note of a save for others who have the file open, if there are any.
    pub(super) fn leave_word(target: &Path, from: Base, content: Base) {
        let mut word = OwnSign::new(target, vec![content_mark(from), content_mark(content)]);
        if !word.other_openers().is_empty() {
            word.sign.left = true;
            word.write();
        }
    }

    /// Removes our lock file. If we saved and others have the file open, it stays a while to note the origin
    /// of the content: they may not have checked yet.
    pub(super) fn withdraw_lock(self) {
        let own = in_use().remove(&self.path);
        own.into_iter().for_each(OwnSign::withdraw_lock);
    }

    /// Removes all lock files of this process, which is ending.
    pub(super) fn withdraw_all() {
        let all = std::mem::take(&mut *in_use());
        all.into_values().for_each(OwnSign::withdraw_lock);
    }

    /// Returns the others who have it open now, by name. Lock files of ended processes of this computer are
    /// removed.
    pub(super) fn other_openers(&self) -> Vec<Opener> {
        let own = in_use().get(&self.path).cloned();
        own.map(|own| own.other_openers()).unwrap_or_default()
    }
}

/// A lock file of this process: path and content.
#[derive(Debug, Clone)]
struct OwnSign {
    target: PathBuf,
    path: PathBuf,
    sign: Sign,
}

impl OwnSign {
    fn new(target: &Path, held: Vec<String>) -> Self {
        let nonce = RandomState::new().build_hasher().finish();
        let path = parent_folder(target).join(format!("{}{nonce:016x}#", lock_file_prefix(target)));
        Self { target: target.to_owned(), path, sign: Sign::new(held) }
    }

    fn note_content(&mut self, base: Base) {
        let mark = content_mark(base);
        if self.sign.held.last() != Some(&mark) {
            self.sign.held.push(mark);
            let much = self.sign.held.len().saturating_sub(HELD);
            self.sign.held.drain(..much);
            self.write();
        }
    }

    fn withdraw_lock(mut self) {
        let is_last = self.other_openers().is_empty();
        if self.sign.held.len() > 1 && !is_last {
            self.sign.left = true;
            self.sign.seen = crate::clock::current_time().as_second();
            return self.write();
        }
        // Notes that others have left are of no use once the last one leaves.
        let left = signs_beside(&self.target).into_iter().filter(|(_, sign)| is_last && sign.left);
        left.for_each(|(path, _)| drop(std::fs::remove_file(path)));
        // A lock file that can't be removed expires.
        std::fs::remove_file(&self.path).ok();
    }

    fn other_openers(&self) -> Vec<Opener> {
        let others = signs_beside(&self.target).into_iter().filter(|(path, _)| *path != self.path);
        let mut others: Vec<Opener> =
            others.filter_map(|(path, sign)| self.read_opener(&path, &sign)).collect();
        others.sort();
        others
    }

    fn read_opener(&self, path: &Path, sign: &Sign) -> Option<Opener> {
        let is_fresh = sign.age_seconds() <= FRESH;
        let is_ours = sign.host == self.sign.host;
        let is_over = if sign.left { !is_fresh } else { is_ours && self.is_left_over(sign, path) };
        if is_over {
            std::fs::remove_file(path).ok();
        }
        if is_over || sign.left || !is_fresh {
            return None;
        }
        let since = jiff::Timestamp::from_second(sign.since).ok()?;
        Some(Opener { user: safe_name(&sign.user), host: safe_name(&sign.host), since })
    }

    /// Returns true if a lock file of this computer belongs to no process that still has the file open.
    fn is_left_over(&self, sign: &Sign, path: &Path) -> bool {
        if sign.pid == self.sign.pid {
            return !in_use().contains_key(path);
        }
        has_ended(sign.pid, sign.begun)
    }

    /// Writes it under a new name and renames it into place: anything that another has put there meanwhile,
    /// such as a link to another file of ours or a pipe, is replaced and never written to.
    fn write(&self) {
        let text = ron::ser::to_string(&self.sign).unwrap_or_default();
        // Each has a separate name, so that two simultaneous writes don't block each other.
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        let new = PathBuf::from(new);
        let written = RealDisk.create_new(&new).and_then(|mut file| {
            write_all(&RealDisk, &mut file, text.as_bytes())?;
            RealDisk.rename_file(&new, &self.path)
        });
        if written.is_err() {
            // A failed write under our own name is of no use to anybody.
            std::fs::remove_file(&new).ok();
        }
    }
}

/// Returns a content as a lock file lists it.
pub(super) fn content_mark(base: Base) -> String {
    match base {
        Base::Absent => String::new(),
        Base::Content(hash) => hash.to_hex()[..32].to_owned(),
    }
}

/// Returns the lock files beside a file, which is no link, with their paths.
pub(super) fn signs_beside(target: &Path) -> Vec<(PathBuf, Sign)> {
    let Ok(paths) = RealDisk.list_dir(parent_folder(target)) else { return Vec::new() };
    let prefix = lock_file_prefix(target);
    let is_ours = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| is_sign(name, &prefix))
    };
    let signs = paths.into_iter().filter(is_ours).take(MOST);
    signs.filter_map(|path| Some((read_sign(&path)?, path))).map(|(sign, path)| (path, sign)).collect()
}

/// Returns the prefix of the lock files beside a file. A name that is too long, or is no text, is
/// distinguished by its hash.
pub(super) fn lock_file_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    if let Some(name) = name.to_str().filter(|name| name.len() <= NAME) {
        return format!(".~lock.{name}.");
    }
    let hash = blake3::hash(name.as_encoded_bytes()).to_hex();
    let name = name.to_string_lossy();
    format!(".~lock.{}.{}.", &name[..name.floor_char_boundary(NAME)], &hash[..16])
}

/// Returns true if a name is a lock file's with this prefix, and not that of a file whose name continues with
/// a dot.
fn is_sign(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('#'));
    rest.is_some_and(|nonce| !nonce.is_empty() && nonce.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn read_sign(path: &Path) -> Option<Sign> {
    // A link is no lock file of ours, wherever it leads.
    if !std::fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    RealDisk.open(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    ron::from_str(&text).ok()
}

/// Returns a name in a form safe to show: anybody may have written it.
fn safe_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || " -_.@".contains(*c)).take(SHOWN).collect()
}

/// Returns true if a process of this computer has ended, if the system tells; another may have its id by now.
#[cfg(target_os = "linux")]
fn has_ended(pid: u32, begun: u64) -> bool {
    let is_gone = |path: &str| Path::new(path).try_exists().is_ok_and(|exists| !exists);
    if !Path::new("/proc/self").exists() {
        return false;
    }
    match beginning_of(pid) {
        Some(found) => begun != 0 && found != begun,
        // A system without an answer does not prove that it ended.
        None => is_gone(&format!("/proc/{pid}")),
    }
}

/// Returns true if a process of this computer has ended: no signal could be sent to it.
#[cfg(all(unix, not(target_os = "linux")))]
fn has_ended(pid: u32, _: u64) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    pid.is_none_or(|pid| rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH))
}

/// Returns false: other systems don't tell without a library; the lock file expires by itself.
#[cfg(not(unix))]
fn has_ended(_: u32, _: u64) -> bool {
    false
}

/// Returns the start time of a process, in ticks since the system started: the 22nd field of its state.
fn beginning_of(pid: u32) -> Option<u64> {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the program's name in brackets, which may hold anything.
    state.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, name: &str, sign: &Sign) {
        let mut file = std::fs::File::create(folder.join(name)).unwrap();
        std::io::Write::write_all(&mut file, ron::ser::to_string(sign).unwrap().as_bytes()).unwrap();
    }

    #[test]
    fn who_has_it_open_is_told_plainly_and_old_or_broken_signs_say_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let mine = Presence::announce_open(&target, Base::Absent);
        let other = Presence::announce_open(&target, Base::Absent);
        assert_eq!(mine.other_openers().len(), 1);
        other.withdraw_lock();
        assert!(mine.other_openers().is_empty());
        let (now, me) = in_use().get(&mine.path).map(|own| (own.sign.seen, own.sign.clone())).unwrap();
        let far = Sign {
            user: "A\u{202e}nn\n".to_owned(),
            host: "far".to_owned(),
            pid: 1,
            begun: 0,
            since: now - 60,
            seen: now - 5,
            ..Sign::default()
        };
        put(folder.path(), ".~lock.plan.ron.1#", &far);
        put(folder.path(), ".~lock.plan.ron.2#", &Sign { seen: now - 10_000, ..far.clone() });
        put(folder.path(), ".~lock.plan.ron.3#", &Sign { seen: i64::MIN, ..far.clone() });
        put(folder.path(), ".~lock.plan2.ron.4#", &far);
        let dead = Sign { host: me.host.clone(), pid: 3_999_999_999, ..far.clone() };
        put(folder.path(), ".~lock.plan.ron.5#", &dead);
        // Lock files of an earlier process with our id, and of one whose id has been reused.
        put(folder.path(), ".~lock.plan.ron.b#", &Sign { pid: me.pid, ..dead.clone() });
        put(folder.path(), ".~lock.plan.ron.c#", &Sign { pid: 1, begun: u64::MAX, ..dead.clone() });
        std::fs::create_dir(folder.path().join(".~lock.plan.ron.6#")).unwrap();
        // Another file's lock file, and files that are none: too long, not text, or a link.
        put(folder.path(), ".~lock.plan.ron.bak.7#", &far);
        put(folder.path(), ".~lock.plan.ron.8#", &Sign { user: "x".repeat(5_000), ..far.clone() });
        std::fs::File::create(folder.path().join(".~lock.plan.ron.9#")).unwrap().set_len(1 << 40).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(".~lock.plan.ron.1#", folder.path().join(".~lock.plan.ron.a#")).unwrap();
        let others = mine.other_openers();
        assert_eq!(others.iter().map(|o| o.user.as_str()).collect::<Vec<_>>(), ["Ann"]);
        let is_gone = |name: &str| !folder.path().join(name).exists();
        assert!(is_gone(".~lock.plan.ron.b#"), "our own process has no such sign");
        assert_eq!(cfg!(unix), is_gone(".~lock.plan.ron.5#"));
        assert_eq!(cfg!(target_os = "linux"), is_gone(".~lock.plan.ron.c#"));
        mine.withdraw_lock();
    }

    #[test]
    fn names_that_share_their_beginning_or_are_no_text_have_signs_of_their_own() {
        let long = |ending: &str| PathBuf::from("/x").join("旅".repeat(70) + ending);
        assert_ne!(lock_file_prefix(&long("a.ron")), lock_file_prefix(&long("b.ron")));
        assert!(lock_file_prefix(&long("a.ron")).len() + 17 <= 255);
        assert_ne!(lock_file_prefix(Path::new("plan.ron")), lock_file_prefix(Path::new("Plan.ron")));
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            let odd = |bytes: &[u8]| lock_file_prefix(Path::new(std::ffi::OsStr::from_bytes(bytes)));
            assert_ne!(odd(b"\xff.ron"), odd(b"\xfe.ron"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_in_our_signs_place_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let victim = folder.path().join("letter.txt");
        std::fs::File::create(&victim).unwrap().set_len(7).unwrap();
        let mine = Presence::announce_open(&target, Base::Absent);
        std::fs::remove_file(&mine.path).unwrap();
        std::os::unix::fs::symlink(&victim, &mine.path).unwrap();
        in_use().get_mut(&mine.path).unwrap().sign.seen -= 2 * RENEWED;
        mine.renew_time();
        assert_eq!(std::fs::metadata(&victim).unwrap().len(), 7);
        assert!(std::fs::symlink_metadata(&mine.path).unwrap().is_file());
        mine.withdraw_lock();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "only the letter is left");
    }
}
