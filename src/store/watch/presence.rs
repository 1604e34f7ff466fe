//! Who has a file open: a small sign beside it, one for each window. Signs inform and never block anybody.

use crate::store::base::{Base, folder};
use crate::store::disk::{Disk, RealDisk, write_all};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often our own sign is renewed, in seconds.
const RENEWED: i64 = 30;
/// A sign renewed less recently than this says nothing any more, in seconds.
const FRESH: i64 = 120;
/// The largest sign that is read, in bytes.
const MOST_BYTES: u64 = 4096;
/// Signs beside one file that are read.
const MOST: usize = 64;
/// The longest name shown, in characters.
const SHOWN: usize = 40;
/// Contents of the file that a sign names: what a slow drive may show late.
const HELD: usize = 32;
/// Bytes of a file's name that stand in a sign's.
const NAME: usize = 120;

/// Somebody who has the file open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opener {
    /// The name they have on their computer.
    pub user: String,
    /// Their computer.
    pub host: String,
    /// Since when.
    pub since: jiff::Timestamp,
}

/// What stands in a sign.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename = "Open", default)]
pub(super) struct Sign {
    user: String,
    host: String,
    pid: u32,
    /// When the process began, as its system counts; a number that was given away again is told by it. 0 is unknown.
    begun: u64,
    since: i64,
    seen: i64,
    /// The contents that its window has held of the file, each made from the one before, the latest last.
    pub(super) held: Vec<String>,
    /// Nobody has it open any more; it only says what became of the file, for a while.
    left: bool,
}

impl Sign {
    /// A sign of this process, from now on.
    fn new(held: Vec<String>) -> Self {
        let now = crate::clock::now().as_second();
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

    /// The seconds since it was renewed.
    fn age(&self) -> i64 {
        crate::clock::now().as_second().saturating_sub(self.seen).saturating_abs()
    }
}

/// The signs of this process that are in use, by where they are: any other one with its number is left over from an
/// earlier process.
static IN_USE: Mutex<BTreeMap<PathBuf, OwnSign>> = Mutex::new(BTreeMap::new());

fn in_use() -> MutexGuard<'static, BTreeMap<PathBuf, OwnSign>> {
    IN_USE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Our own sign beside a file, as long as we have that open.
#[derive(Debug)]
pub(super) struct Presence {
    path: PathBuf,
}

impl Presence {
    /// Puts a sign beside the file, which is no link; where that is not allowed, others simply don't learn of us.
    pub(super) fn announce(target: &Path, base: Base) -> Self {
        let own = OwnSign::new(target, vec![mark(base)]);
        let path = own.path.clone();
        // Written while nobody else here can write it.
        in_use().entry(path.clone()).or_insert(own).write();
        Self { path }
    }

    /// Says that we are still here, from time to time.
    pub(super) fn renew(&self) {
        let now = crate::clock::now().as_second();
        if let Some(own) = in_use().get_mut(&self.path)
            && !(0..RENEWED).contains(&now.saturating_sub(own.sign.seen))
        {
            own.sign.seen = now;
            own.write();
        }
    }

    /// Notes what the file holds now by our own doing: saved from what it held before, or merged with it.
    pub(super) fn note(&self, base: Base) {
        if let Some(own) = in_use().get_mut(&self.path) {
            own.note(base);
        }
    }

    /// Notes what each of our signs beside a file says of it from now on; false where there is none.
    pub(super) fn note_at(target: &Path, base: Base) -> bool {
        let mut in_use = in_use();
        let mut ours = in_use.values_mut().filter(|own| own.target == target).peekable();
        let any = ours.peek().is_some();
        ours.for_each(|own| own.note(base));
        any
    }

    /// Notes that the file holds something that does not come from what it held before.
    pub(super) fn note_unrelated(&self, base: Base) {
        if let Some(own) = in_use().get_mut(&self.path) {
            own.sign.held = vec![mark(base)];
            own.write();
        }
    }

    /// Leaves word for those who have a file open of what was made of it, where anybody has.
    pub(super) fn leave_word(target: &Path, from: Base, content: Base) {
        let mut word = OwnSign::new(target, vec![mark(from), mark(content)]);
        if !word.others().is_empty() {
            word.sign.left = true;
            word.write();
        }
    }

    /// Takes our sign away. Where we saved and others have the file open, it stays a while to say what was made from what:
    /// they may not have looked yet.
    pub(super) fn withdraw(self) {
        let own = in_use().remove(&self.path);
        own.into_iter().for_each(OwnSign::withdraw);
    }

    /// Takes all signs of this process away, which ends.
    pub(super) fn withdraw_all() {
        let all = std::mem::take(&mut *in_use());
        all.into_values().for_each(OwnSign::withdraw);
    }

    /// Whoever else has it open now, by name. Signs of processes of this computer that have ended are taken away.
    pub(super) fn others(&self) -> Vec<Opener> {
        let own = in_use().get(&self.path).cloned();
        own.map(|own| own.others()).unwrap_or_default()
    }
}

/// A sign of this process: where it is and what stands in it.
#[derive(Debug, Clone)]
struct OwnSign {
    target: PathBuf,
    path: PathBuf,
    sign: Sign,
}

impl OwnSign {
    fn new(target: &Path, held: Vec<String>) -> Self {
        let nonce = RandomState::new().build_hasher().finish();
        let path = folder(target).join(format!("{}{nonce:016x}#", prefix(target)));
        Self { target: target.to_owned(), path, sign: Sign::new(held) }
    }

    fn note(&mut self, base: Base) {
        let mark = mark(base);
        if self.sign.held.last() != Some(&mark) {
            self.sign.held.push(mark);
            let much = self.sign.held.len().saturating_sub(HELD);
            self.sign.held.drain(..much);
            self.write();
        }
    }

    fn withdraw(mut self) {
        let is_last = self.others().is_empty();
        if self.sign.held.len() > 1 && !is_last {
            self.sign.left = true;
            self.sign.seen = crate::clock::now().as_second();
            return self.write();
        }
        // What others have left says nothing to anybody once the last one goes.
        let left = signs_beside(&self.target).into_iter().filter(|(_, sign)| is_last && sign.left);
        left.for_each(|(path, _)| drop(std::fs::remove_file(path)));
        // One that can't be removed grows old and says nothing any more.
        std::fs::remove_file(&self.path).ok();
    }

    fn others(&self) -> Vec<Opener> {
        let others = signs_beside(&self.target).into_iter().filter(|(path, _)| *path != self.path);
        let mut others: Vec<Opener> = others.filter_map(|(path, sign)| self.opener(&path, &sign)).collect();
        others.sort();
        others
    }

    fn opener(&self, path: &Path, sign: &Sign) -> Option<Opener> {
        let is_fresh = sign.age() <= FRESH;
        let is_ours = sign.host == self.sign.host;
        let is_over = if sign.left { !is_fresh } else { is_ours && self.is_left_over(sign, path) };
        if is_over {
            std::fs::remove_file(path).ok();
        }
        if is_over || sign.left || !is_fresh {
            return None;
        }
        let since = jiff::Timestamp::from_second(sign.since).ok()?;
        Some(Opener { user: shown(&sign.user), host: shown(&sign.host), since })
    }

    /// Whether a sign of this computer belongs to no process that still has the file open.
    fn is_left_over(&self, sign: &Sign, path: &Path) -> bool {
        if sign.pid == self.sign.pid {
            return !in_use().contains_key(path);
        }
        has_ended(sign.pid, sign.begun)
    }

    /// Writes it under a new name and puts it in place: whatever somebody else has put there meanwhile, a link to
    /// another file of ours or a pipe, is replaced and never written to.
    fn write(&self) {
        let text = ron::ser::to_string(&self.sign).unwrap_or_default();
        // Each has a name of its own, so that two that are written at once don't keep each other from it.
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        let new = PathBuf::from(new);
        let written = RealDisk.create_new(&new).and_then(|mut file| {
            write_all(&RealDisk, &mut file, text.as_bytes())?;
            RealDisk.rename(&new, &self.path)
        });
        if written.is_err() {
            // What stands there under our own name is of no use to anybody.
            std::fs::remove_file(&new).ok();
        }
    }
}

/// A content as a sign names it.
pub(super) fn mark(base: Base) -> String {
    match base {
        Base::Absent => String::new(),
        Base::Content(hash) => hash.to_hex()[..32].to_owned(),
    }
}

/// The signs beside a file, with where they are; the file is no link.
pub(super) fn signs_beside(target: &Path) -> Vec<(PathBuf, Sign)> {
    let Ok(paths) = RealDisk.list(folder(target)) else { return Vec::new() };
    let prefix = prefix(target);
    let is_ours = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| is_sign(name, &prefix))
    };
    let signs = paths.into_iter().filter(is_ours).take(MOST);
    signs.filter_map(|path| Some((read(&path)?, path))).map(|(sign, path)| (path, sign)).collect()
}

/// How the signs beside a file begin. A name that does not fit, or is no text, is told apart by its hash.
pub(super) fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    if let Some(name) = name.to_str().filter(|name| name.len() <= NAME) {
        return format!(".~lock.{name}.");
    }
    let hash = blake3::hash(name.as_encoded_bytes()).to_hex();
    let name = name.to_string_lossy();
    format!(".~lock.{}.{}.", &name[..name.floor_char_boundary(NAME)], &hash[..16])
}

/// Whether a file is a sign of this beginning, and not of a file whose name goes on with a dot.
fn is_sign(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('#'));
    rest.is_some_and(|nonce| !nonce.is_empty() && nonce.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn read(path: &Path) -> Option<Sign> {
    // A link is no sign of ours, wherever it leads.
    if !std::fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    RealDisk.open(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    ron::from_str(&text).ok()
}

/// A name as it is shown: anybody may have written it.
fn shown(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || " -_.@".contains(*c)).take(SHOWN).collect()
}

/// Whether a process of this computer has ended, where the system tells; another one may have its number by now.
#[cfg(target_os = "linux")]
fn has_ended(pid: u32, begun: u64) -> bool {
    let is_gone = |path: &str| Path::new(path).try_exists().is_ok_and(|exists| !exists);
    if !Path::new("/proc/self").exists() {
        return false;
    }
    match beginning_of(pid) {
        Some(found) => begun != 0 && found != begun,
        // A system that does not say has not said that it ended.
        None => is_gone(&format!("/proc/{pid}")),
    }
}

/// Whether a process of this computer has ended: no signal could be sent to it.
#[cfg(all(unix, not(target_os = "linux")))]
fn has_ended(pid: u32, _: u64) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    pid.is_none_or(|pid| rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH))
}

/// Other systems don't tell without a library; the sign grows old by itself.
#[cfg(not(unix))]
fn has_ended(_: u32, _: u64) -> bool {
    false
}

/// When a process began, in ticks since the system started: the 22nd figure of its state.
fn beginning_of(pid: u32) -> Option<u64> {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second figure is the program's name in brackets, which may hold anything.
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
        let (mine, other) =
            (Presence::announce(&target, Base::Absent), Presence::announce(&target, Base::Absent));
        assert_eq!(mine.others().len(), 1);
        other.withdraw();
        assert!(mine.others().is_empty());
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
        // A sign that an earlier process with our number left, or one whose number somebody else has now.
        put(folder.path(), ".~lock.plan.ron.b#", &Sign { pid: me.pid, ..dead.clone() });
        put(folder.path(), ".~lock.plan.ron.c#", &Sign { pid: 1, begun: u64::MAX, ..dead.clone() });
        std::fs::create_dir(folder.path().join(".~lock.plan.ron.6#")).unwrap();
        // Another file's sign, and what is no sign: it says too much, is no text, or is a link.
        put(folder.path(), ".~lock.plan.ron.bak.7#", &far);
        put(folder.path(), ".~lock.plan.ron.8#", &Sign { user: "x".repeat(5_000), ..far.clone() });
        std::fs::File::create(folder.path().join(".~lock.plan.ron.9#")).unwrap().set_len(1 << 40).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(".~lock.plan.ron.1#", folder.path().join(".~lock.plan.ron.a#")).unwrap();
        let others = mine.others();
        assert_eq!(others.iter().map(|o| o.user.as_str()).collect::<Vec<_>>(), ["Ann"]);
        let is_gone = |name: &str| !folder.path().join(name).exists();
        assert!(is_gone(".~lock.plan.ron.b#"), "our own process has no such sign");
        assert_eq!(cfg!(unix), is_gone(".~lock.plan.ron.5#"));
        assert_eq!(cfg!(target_os = "linux"), is_gone(".~lock.plan.ron.c#"));
        mine.withdraw();
    }

    #[test]
    fn names_that_share_their_beginning_or_are_no_text_have_signs_of_their_own() {
        let long = |ending: &str| PathBuf::from("/x").join("旅".repeat(70) + ending);
        assert_ne!(prefix(&long("a.ron")), prefix(&long("b.ron")));
        assert!(prefix(&long("a.ron")).len() + 17 <= 255);
        assert_ne!(prefix(Path::new("plan.ron")), prefix(Path::new("Plan.ron")));
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            let odd = |bytes: &[u8]| prefix(Path::new(std::ffi::OsStr::from_bytes(bytes)));
            assert_ne!(odd(b"\xff.ron"), odd(b"\xfe.ron"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_in_our_signs_place_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let (target, victim) = (folder.path().join("plan.ron"), folder.path().join("letter.txt"));
        std::fs::File::create(&victim).unwrap().set_len(7).unwrap();
        let mine = Presence::announce(&target, Base::Absent);
        std::fs::remove_file(&mine.path).unwrap();
        std::os::unix::fs::symlink(&victim, &mine.path).unwrap();
        in_use().get_mut(&mine.path).unwrap().sign.seen -= 2 * RENEWED;
        mine.renew();
        assert_eq!(std::fs::metadata(&victim).unwrap().len(), 7);
        assert!(std::fs::symlink_metadata(&mine.path).unwrap().is_file());
        mine.withdraw();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "only the letter is left");
    }
}
