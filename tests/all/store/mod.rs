//! Tests that files survive faults of the disk, other people's changes, and damage.

mod crash_disk;
mod document;
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
