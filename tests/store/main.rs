//! Tests that files survive faults of the disk, other people's changes, and damage.

#![allow(clippy::expect_used, reason = "a test that finds its data otherwise than expected fails")]
#![allow(clippy::unwrap_used, reason = "a test's helper that cannot go on fails the test")]
#![allow(clippy::disallowed_methods, reason = "tests set up files as other programs would")]

mod crash_disk;
mod faults;
mod format;
mod frozen;
mod journal;
mod power;
mod repair;
mod sample;
mod save;
mod unread;
mod versions;
