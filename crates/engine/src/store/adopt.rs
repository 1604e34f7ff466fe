//! Transfers metadata to a replacement file: owner, permissions, access list, extended attributes.
//!
//! Nobody may gain a right by a save. The middle three mode bits of a file with an access list are the list's
//! mask, not its group's rights: without the list, the group would get the rights of some named people.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Metadata of the old file that could not be transferred to its replacement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotKept {
    /// The owner, or the group.
    Owner,
    /// The access list.
    AccessList,
    /// An extended attribute, by name.
    Attribute(String),
    /// The number of other hard links to the same file, which still hold the old content.
    Links(u64),
}

/// Transfers the metadata of the file at `target` to a new file; returns what could not be transferred.
///
/// # Errors
/// Returns an error if the permissions can't be set or the metadata can't be read.
#[cfg(unix)]
pub(super) fn transfer_metadata(file: &File, target: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let mut lost = Vec::new();
    let kept = unix::keep_owner(file, replaced)?;
    if !(kept.user && kept.group) {
        lost.push(NotKept::Owner);
    }
    let set = |mode: u32| file.set_permissions(Permissions::from_mode(mode));
    let mode = unix::replacement_mode(replaced.mode(), kept);
    // Remove what the folder gives to new files by default: the old file may not have had it.
    unix::remove_inherited_list(file)?;
    set(mode)?;
    let attributes = unix::keep_attributes(file, target, kept)?;
    if let Some(group) = attributes.group {
        set((mode & !0o070) | group << 3)?;
    }
    lost.extend(attributes.lost);
    let others = replaced.nlink().saturating_sub(1);
    lost.extend((others > 0).then_some(NotKept::Links(others)));
    Ok(lost)
}

/// Gives a new file the permissions of another; on other systems it inherits its owner from the folder.
#[cfg(not(unix))]
pub(super) fn transfer_metadata(file: &File, _: &Path, replaced: &Metadata) -> io::Result<Vec<NotKept>> {
    file.set_permissions(replaced.permissions())?;
    Ok(Vec::new())
}

#[cfg(unix)]
mod unix {
    use super::NotKept;
    use std::ffi::OsStr;
    use std::fs::{File, Metadata};
    use std::io::{self, ErrorKind};
    use std::os::unix::fs::{MetadataExt, fchown};
    use std::path::Path;
    use xattr::FileExt;

    /// The attribute that holds an access list.
    const LIST: &str = "system.posix_acl_access";
    /// Attributes of the old content, which must not be given to the new one.
    const OF_CONTENT: [&str; 3] = ["security.ima", "security.evm", "security.capability"];
    /// Bytes of an access list before its entries, and of an entry.
    const HEAD: usize = 4;
    const ENTRY: usize = 8;
    /// The kinds of entries that belong to the file's group, to the mask, and to everybody else.
    const GROUP: u16 = 0x04;
    const MASK: u16 = 0x10;
    const OTHER: u16 = 0x20;

    /// The owners, user and group, that a new file could keep.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct KeptOwner {
        pub(super) user: bool,
        pub(super) group: bool,
    }

    /// Keeps user and group if permitted; another user's file saved by us becomes ours, as with any editor.
    pub(super) fn keep_owner(file: &File, replaced: &Metadata) -> io::Result<KeptOwner> {
        let mine = file.metadata()?;
        let uid = replaced.uid();
        let gid = replaced.gid();
        if (mine.uid(), mine.gid()) == (uid, gid) || is_given(fchown(file, Some(uid), Some(gid)))? {
            return Ok(KeptOwner { user: true, group: true });
        }
        let group = mine.gid() == gid || is_given(fchown(file, None, Some(gid)))?;
        Ok(KeptOwner { user: mine.uid() == uid, group })
    }

    /// Returns true if the attribute or owner was set; permanent refusals are no errors.
    fn is_given(result: io::Result<()>) -> io::Result<bool> {
        match result {
            Ok(()) => Ok(true),
            Err(error) if is_refusal(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn is_refusal(error: &io::Error) -> bool {
        matches!(
            error.kind(),
            ErrorKind::PermissionDenied
                | ErrorKind::Unsupported
                | ErrorKind::InvalidInput
                | ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::ArgumentListTooLong
        )
    }

    /// Returns the mode of the new file. A new group gets no more rights than everybody, and setuid or setgid
    /// bits are dropped where owner or group changed.
    pub(super) fn replacement_mode(replaced: u32, kept: KeptOwner) -> u32 {
        let mut mode = replaced & 0o7777;
        if !kept.user {
            mode &= !0o4000;
        }
        if !kept.group {
            mode &= !0o2000;
            mode = (mode & !0o070) | (mode & 0o070 & (mode & 0o007) << 3);
        }
        mode
    }

    pub(super) fn remove_inherited_list(file: &File) -> io::Result<()> {
        match file.get_xattr(LIST) {
            Ok(None) => Ok(()),
            Err(error) if is_refusal(&error) => Ok(()),
            Ok(Some(_)) => file.remove_xattr(LIST),
            Err(error) => Err(error),
        }
    }

    /// The outcome of transferring attributes.
    #[derive(Debug, Default)]
    pub(super) struct KeptAttributes {
        pub(super) lost: Vec<NotKept>,
        /// The rights of the group alone, if an access list was lost.
        pub(super) group: Option<u32>,
    }

    pub(super) fn keep_attributes(file: &File, target: &Path, kept: KeptOwner) -> io::Result<KeptAttributes> {
        let mut found = KeptAttributes::default();
        let names = match xattr::list(target) {
            Ok(names) => names,
            Err(error) if error.kind() == ErrorKind::Unsupported => return Ok(found),
            Err(error) => return Err(error),
        };
        for name in names.filter(|name| !OF_CONTENT.iter().any(|other| name == other)) {
            let is_list = name == LIST;
            let value = match xattr::get(target, &name) {
                Ok(None) => continue,
                Ok(Some(value)) if is_list && !kept.group => Some(with_less_for_group(value)),
                Ok(value) => value,
                Err(error) if is_refusal(&error) => None,
                Err(error) => return Err(error),
            };
            let is_kept = match &value {
                Some(value) => is_there(file, &name, value) || is_given(file.set_xattr(&name, value))?,
                None => false,
            };
            if is_kept {
                continue;
            }
            if is_list {
                found.group = Some(value.as_deref().map_or(0, group_rights));
                found.lost.push(NotKept::AccessList);
            } else {
                found.lost.push(NotKept::Attribute(name.to_string_lossy().into_owned()));
            }
        }
        Ok(found)
    }

    /// Returns true if a file has the attribute with this value already, such as one from its folder.
    fn is_there(file: &File, name: &OsStr, value: &[u8]) -> bool {
        file.get_xattr(name).is_ok_and(|found| found.as_deref() == Some(value))
    }

    /// Returns the entries of an access list: kind, and offset of the rights.
    fn access_entries(list: &[u8]) -> impl Iterator<Item = (u16, usize)> {
        let starts = (HEAD..list.len()).step_by(ENTRY);
        starts.filter_map(|at| Some((read_number(list, at)?, at + 2)))
    }

    fn read_number(list: &[u8], at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(list.get(at..at + 2)?.try_into().ok()?))
    }

    fn entry_rights(list: &[u8], kind: u16) -> Option<u32> {
        let (_, at) = access_entries(list).find(|(found, _)| *found == kind)?;
        read_number(list, at).map(|rights| u32::from(rights) & 0o7)
    }

    /// Returns the rights of the file's group by an access list.
    fn group_rights(list: &[u8]) -> u32 {
        entry_rights(list, GROUP).unwrap_or(0) & entry_rights(list, MASK).unwrap_or(0o7)
    }

    /// Returns the access list for a file whose group changed: the group gets no more than everybody.
    fn with_less_for_group(mut list: Vec<u8>) -> Vec<u8> {
        let everybody = entry_rights(&list, OTHER).unwrap_or(0) as u16;
        let places: Vec<usize> =
            access_entries(&list).filter(|(kind, _)| *kind == GROUP).map(|(_, at)| at).collect();
        for at in places {
            let less = read_number(&list, at).unwrap_or(0) & everybody;
            if let Some(place) = list.get_mut(at..at + 2) {
                place.copy_from_slice(&less.to_le_bytes());
            }
        }
        list
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// `user::rw-, user:1001:rw-, group::r--, mask::rw-, other::---`
        fn list() -> Vec<u8> {
            let mut list = 2_u32.to_le_bytes().to_vec();
            for (kind, rights, id) in
                [(1, 6, u32::MAX), (2, 6, 1001), (4, 4, u32::MAX), (0x10, 6, u32::MAX), (0x20, 0, u32::MAX)]
            {
                let (kind, rights): (u16, u16) = (kind, rights);
                list.extend([kind.to_le_bytes(), rights.to_le_bytes()].concat());
                list.extend(u32::to_le_bytes(id));
            }
            list
        }

        #[test]
        fn a_group_gains_nothing_by_a_lost_list_or_a_changed_group() {
            assert_eq!(group_rights(&list()), 4, "the mask is not the group's");
            assert_eq!(group_rights(&with_less_for_group(list())), 0);
            assert_eq!(group_rights(b"\x02\0\0\0\x04"), 0, "a list that can't be read gives nothing");
            let all = KeptOwner { user: true, group: true };
            let only_group = KeptOwner { user: false, group: true };
            let none = KeptOwner { user: false, group: false };
            assert_eq!(
                [all, only_group, none].map(|kept| replacement_mode(0o106_664, kept)),
                [0o6664, 0o2664, 0o644]
            );
        }
    }
}
