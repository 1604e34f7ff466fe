//! The state of the dialog of earlier versions.

use crate::app::thumbnail::{Gallery, Subject};
use engine::store::versions::VersionEntry;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// The state of the dialog of earlier versions.
#[derive(Debug)]
pub struct VersionsForm {
    /// The versions, newest first.
    pub kept: Vec<VersionEntry>,
    /// The index of the chosen version.
    pub chosen: usize,
    /// The thumbnails of the versions.
    pub gallery: Gallery,
    pub(super) state: PathBuf,
}

impl VersionsForm {
    /// Returns the thumbnail subject of a version.
    pub fn thumbnail_subject(&self, kept: &VersionEntry) -> Subject {
        Subject::Version(self.state.clone(), kept.clone())
    }
}

/// Formats the local time at which a version was kept.
pub(super) fn format_kept_time(kept: &VersionEntry) -> String {
    kept.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
