//! Who has a file open: a small sign beside it, one for each window. Signs inform and never block anybody.

use crate::store::base::{Base, folder, resolve};
use crate::store::disk::{Disk, RealDisk, write_all};
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Read;
use std::path::{Path, PathBuf};

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
struct Sign {
    user: String,
    host: String,
    pid: u32,
    since: i64,
    seen: i64,
    /// The contents that its window has held of the file, each made from the one before, the latest last.
    held: Vec<String>,
}

/// Our own sign beside a file.
pub(super) struct Presence {
    target: PathBuf,
    path: PathBuf,
    sign: Sign,
}

impl Presence {
    /// Puts a sign beside the file, which is no link; where that is not allowed, others simply don't learn of us.
    pub(super) fn announce(target: &Path, base: Base) -> Self {
        let now = jiff::Timestamp::now().as_second();
        let user = ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let host = gethostname::gethostname().to_string_lossy().into_owned();
        let sign = Sign {
            user: user.unwrap_or_default(),
            host,
            pid: std::process::id(),
            since: now,
            seen: now,
            held: vec![mark(base)],
        };
        let nonce = RandomState::new().build_hasher().finish();
        let path = folder(target).join(format!("{}{nonce:016x}#", prefix(target)));
        let presence = Self { target: target.to_owned(), path, sign };
        presence.write();
        presence
    }

    /// Says that we are still here, from time to time.
    pub(super) fn renew(&mut self) {
        let now = jiff::Timestamp::now().as_second();
        if !(0..RENEWED).contains(&now.saturating_sub(self.sign.seen)) {
            self.sign.seen = now;
            self.write();
        }
    }

    /// Notes what the file holds now by our own doing: saved from what it held before, or merged with it.
    pub(super) fn note(&mut self, base: Base) {
        let mark = mark(base);
        if self.sign.held.last() != Some(&mark) {
            self.sign.held.push(mark);
            let much = self.sign.held.len().saturating_sub(HELD);
            self.sign.held.drain(..much);
            self.write();
        }
    }

    /// Notes that the file holds something that does not come from what it held before.
    pub(super) fn note_unrelated(&mut self, base: Base) {
        self.sign.held = vec![mark(base)];
        self.write();
    }

    /// Takes our sign away.
    pub(super) fn withdraw(&self) {
        // One that can't be removed grows old and says nothing any more.
        std::fs::remove_file(&self.path).ok();
    }

    /// Whoever else has it open now, by name. Signs of processes of this computer that have ended are taken away.
    pub(super) fn others(&self) -> Vec<Opener> {
        let Ok(entries) = std::fs::read_dir(folder(&self.target)) else { return Vec::new() };
        let prefix = prefix(&self.target);
        let signs = entries.filter_map(Result::ok);
        let signs =
            signs.filter(|entry| entry.file_name().to_str().is_some_and(|name| is_sign(name, &prefix)));
        let paths = signs.map(|entry| entry.path()).filter(|path| *path != self.path).take(MOST);
        let mut others: Vec<Opener> = paths.filter_map(|path| self.read(&path)).collect();
        others.sort();
        others
    }

    fn read(&self, path: &Path) -> Option<Opener> {
        let sign = read(path)?;
        if sign.host == self.sign.host && has_ended(sign.pid) {
            std::fs::remove_file(path).ok();
            return None;
        }
        let age = jiff::Timestamp::now().as_second().saturating_sub(sign.seen).saturating_abs();
        let since = jiff::Timestamp::from_second(sign.since).ok()?;
        (age <= FRESH).then(|| Opener { user: shown(&sign.user), host: shown(&sign.host), since })
    }

    /// Writes it under a new name and puts it in place: whatever somebody else has put there meanwhile, a link to
    /// another file of ours or a pipe, is replaced and never written to.
    fn write(&self) {
        let text = ron::ser::to_string(&self.sign).unwrap_or_default();
        let new = self.path.with_extension("new");
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
fn mark(base: Base) -> String {
    match base {
        Base::Absent => String::new(),
        Base::Content(hash) => hash.to_hex()[..32].to_owned(),
    }
}

/// Whether a sign beside a file says that its window made one content of the file from another.
pub fn is_noted_later(path: &Path, from: Base, content: Base) -> bool {
    let Ok(target) = resolve(&RealDisk, path) else { return false };
    let Ok(entries) = std::fs::read_dir(folder(&target)) else { return false };
    let prefix = prefix(&target);
    let [from, content] = [from, content].map(mark);
    let place = |held: &[String], mark: &String| held.iter().position(|known| known == mark);
    let signs = entries.filter_map(Result::ok);
    let ours = signs.filter(|entry| entry.file_name().to_str().is_some_and(|name| is_sign(name, &prefix)));
    ours.take(MOST).filter_map(|entry| read(&entry.path())).any(|sign| {
        let made = sign.held.iter().rposition(|known| *known == content);
        place(&sign.held, &from).zip(made).is_some_and(|(before, after)| before < after)
    })
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

/// Whether a process of this computer has ended, where the system tells.
#[cfg(target_os = "linux")]
fn has_ended(pid: u32) -> bool {
    Path::new("/proc/self").exists() && !Path::new(&format!("/proc/{pid}")).exists()
}

/// Other systems don't tell without a library; the sign grows old by itself.
#[cfg(not(target_os = "linux"))]
fn has_ended(_: u32) -> bool {
    false
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
        let now = mine.sign.seen;
        let far = Sign {
            user: "A\u{202e}nn\n".to_owned(),
            host: "far".to_owned(),
            pid: 1,
            since: now - 60,
            seen: now - 5,
            held: Vec::new(),
        };
        put(folder.path(), ".~lock.plan.ron.1#", &far);
        put(folder.path(), ".~lock.plan.ron.2#", &Sign { seen: now - 10_000, ..far.clone() });
        put(folder.path(), ".~lock.plan.ron.3#", &Sign { seen: i64::MIN, ..far.clone() });
        put(folder.path(), ".~lock.plan2.ron.4#", &far);
        let dead = Sign { host: mine.sign.host.clone(), pid: 3_999_999_999, ..far.clone() };
        put(folder.path(), ".~lock.plan.ron.5#", &dead);
        std::fs::create_dir(folder.path().join(".~lock.plan.ron.6#")).unwrap();
        // Another file's sign, and what is no sign: it says too much, is no text, or is a link.
        put(folder.path(), ".~lock.plan.ron.bak.7#", &far);
        put(folder.path(), ".~lock.plan.ron.8#", &Sign { user: "x".repeat(5_000), ..far.clone() });
        std::fs::File::create(folder.path().join(".~lock.plan.ron.9#")).unwrap().set_len(1 << 40).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(".~lock.plan.ron.1#", folder.path().join(".~lock.plan.ron.a#")).unwrap();
        let others = mine.others();
        assert_eq!(others.iter().map(|o| o.user.as_str()).collect::<Vec<_>>(), ["Ann"]);
        assert_eq!(cfg!(target_os = "linux"), !folder.path().join(".~lock.plan.ron.5#").exists());
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

    #[test]
    fn a_sign_says_which_content_was_made_from_which() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("plan.ron");
        let of = |number: u32| Base::of(&number.to_le_bytes());
        let mut theirs = Presence::announce(&target, of(0));
        assert!(!is_noted_later(&target, of(0), of(1)));
        for number in 1..100 {
            theirs.note(of(number));
        }
        assert!(is_noted_later(&target, of(90), of(99)) && !is_noted_later(&target, of(99), of(90)));
        assert!(!is_noted_later(&target, of(0), of(99)), "it is long ago");
        assert!(theirs.sign.held.len() == HELD && read(&theirs.path).is_some(), "it stays small enough");
        theirs.note_unrelated(of(500));
        theirs.note(of(501));
        assert!(is_noted_later(&target, of(500), of(501)) && !is_noted_later(&target, of(99), of(501)));
        theirs.withdraw();
        assert!(!is_noted_later(&target, of(500), of(501)));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_put_in_our_signs_place_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let (target, victim) = (folder.path().join("plan.ron"), folder.path().join("letter.txt"));
        std::fs::File::create(&victim).unwrap().set_len(7).unwrap();
        let mut mine = Presence::announce(&target, Base::Absent);
        std::fs::remove_file(&mine.path).unwrap();
        std::os::unix::fs::symlink(&victim, &mine.path).unwrap();
        mine.sign.seen -= 2 * RENEWED;
        mine.renew();
        assert_eq!(std::fs::metadata(&victim).unwrap().len(), 7);
        assert!(std::fs::symlink_metadata(&mine.path).unwrap().is_file());
        mine.withdraw();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "only the letter is left");
    }
}
