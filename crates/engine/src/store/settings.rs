//! The user's preferences, kept in a small separate file beside other programs' settings, never in a project.

use super::base::Base;
use super::disk::RealDisk;
use super::error::SaveError;
use super::project::{OpenError, read_file};
use super::save::save_file;
use crate::lang::Lang;
use crate::theme::ThemeId;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Maximum length of the list of recent files.
const RECENT: usize = 8;

/// The user's preferences.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The theme; `None` follows the system.
    pub theme: Option<ThemeId>,
    /// The language of the interface.
    pub lang: Lang,
    /// The files opened last, the latest first.
    pub recent: Vec<PathBuf>,
    /// True if a map larger than the window has an overview in its corner.
    pub minimap: bool,
    /// The settings file; `None` to save nothing, as in tests.
    pub file: Option<PathBuf>,
    /// The folder for journals and earlier versions; `None` to keep neither.
    pub state: Option<PathBuf>,
    /// The error of reading the file, which is then not written either.
    pub unread: Option<UnreadSettings>,
}

/// An error of the disk while reading the settings. All such errors count as equal.
#[derive(Debug, Clone)]
pub struct UnreadSettings(Arc<io::Error>);

impl PartialEq for UnreadSettings {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Display for UnreadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The file's content; unknown fields of later versions are ignored.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Settings", default)]
struct SettingsFile {
    theme: String,
    lang: String,
    recent: Vec<String>,
    minimap: Option<bool>,
}

impl Settings {
    /// Returns the default settings, without a file.
    pub fn default_for(lang: Lang) -> Self {
        Self { theme: None, lang, recent: Vec::new(), minimap: true, file: None, state: None, unread: None }
    }

    /// Loads this user's settings, or the defaults if there are none yet or they can't be read. If the
    /// environment names a folder for the program's state, the settings are kept in it too.
    pub fn load_or_default() -> Self {
        let usual =
            Self { state: super::state::state_folder(None), ..Self::default_for(Lang::from_locale()) };
        let own = || Some(directories::ProjectDirs::from("", "", "desireline")?.config_dir().to_owned());
        match super::state::folder_from_environment().or_else(own) {
            Some(folder) => Self::from_file(folder.join("settings.ron"), &usual),
            None => usual,
        }
    }

    fn from_file(file: PathBuf, usual: &Self) -> Self {
        let (form, unread) = match read_form(&file) {
            Ok(form) => (form, None),
            // A file that could not be read must not be overwritten.
            Err(error) => (SettingsFile::default(), Some(Arc::new(error))),
        };
        Self {
            theme: form.theme.parse().ok(),
            lang: form.lang.parse().unwrap_or(usual.lang),
            recent: form.recent.into_iter().map(PathBuf::from).collect(),
            minimap: form.minimap.unwrap_or(usual.minimap),
            file: Some(file),
            state: usual.state.clone(),
            unread: unread.map(UnreadSettings),
        }
    }

    /// Puts a file at the top of the list of recent files.
    pub fn remember_recent(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Saves the settings, except those that could not be read.
    ///
    /// # Errors
    /// Returns an error if they could not be written.
    pub fn save(&self) -> Result<(), SaveError> {
        let Some(file) = self.file.as_ref() else { return Ok(()) };
        if self.unread.is_some() {
            return Ok(());
        }
        if let Some(folder) = file.parent() {
            // If the folder can't be created, the save below fails and reports it.
            std::fs::create_dir_all(folder).ok();
        }
        let base = Base::from_file(&RealDisk, file)?;
        save_file(&RealDisk, file, base, self.to_file_text().as_bytes()).map(drop)
    }

    /// Returns the text of the settings file. A path that is not text is omitted.
    fn to_file_text(&self) -> String {
        let form = SettingsFile {
            theme: self.theme.map(|theme| theme.name().to_owned()).unwrap_or_default(),
            lang: self.lang.name().to_owned(),
            recent: self.recent.iter().filter_map(|path| path.to_str().map(str::to_owned)).collect(),
            minimap: Some(self.minimap),
        };
        // A struct of strings can always be serialised.
        ron::ser::to_string_pretty(&form, PrettyConfig::default().new_line("\n")).unwrap_or_default()
    }
}

/// Reads the settings file. A damaged one is renamed and kept, since the next save replaces it.
///
/// # Errors
/// Returns an error if the disk fails.
fn read_form(file: &Path) -> io::Result<SettingsFile> {
    let read = match read_file(&RealDisk, file) {
        Ok(bytes) => ron::de::from_bytes(&bytes).ok(),
        Err(OpenError::Content(_)) => None,
        Err(OpenError::Failed(error)) => return Err(error),
        Err(_) => return Ok(SettingsFile::default()),
    };
    Ok(read.unwrap_or_else(|| {
        // If even that fails there is nothing more to do for a list of recent files.
        std::fs::rename(file, file.with_extension("damaged.ron")).ok();
        SettingsFile::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_damage_means_the_usual_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("settings.ron");
        let mut kept = Settings { file: Some(file.clone()), ..Settings::default_for(Lang::ZhCn) };
        (kept.theme, kept.minimap) = (Some(ThemeId::Dark), false);
        (0..12).for_each(|n| kept.remember_recent(Path::new(&format!("{n}.ron"))));
        kept.remember_recent(Path::new("9.ron"));
        kept.save().unwrap();
        let usual = Settings::default_for(Lang::En);
        let read = Settings::from_file(file.clone(), &usual);
        assert_eq!(read, kept);
        assert_eq!((read.recent.len(), read.recent[0].as_path()), (RECENT, Path::new("9.ron")));
        #[cfg(unix)]
        {
            let odd = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff.ron".as_slice());
            let mut with_odd = kept.clone();
            with_odd.remember_recent(Path::new::<std::ffi::OsStr>(odd));
            with_odd.save().unwrap();
            let read = Settings::from_file(file.clone(), &usual);
            assert_eq!(
                read.recent,
                kept.recent[..RECENT - 1],
                "a path that is no text is not kept, the others are"
            );
        }
        let damaged = "(theme: 7";
        assert!(
            save_file(&RealDisk, &file, Base::from_file(&RealDisk, &file).unwrap(), damaged.as_bytes())
                .is_ok()
        );
        let read = Settings::from_file(file.clone(), &usual);
        assert_eq!(read, Settings { file: Some(file.clone()), ..usual });
        read.save().unwrap();
        assert_eq!(std::fs::read_to_string(file.with_extension("damaged.ron")).unwrap(), damaged);
    }
}
