//! What the user prefers, kept in a small file of its own beside other programs' settings, never in a project.

use super::base::Base;
use super::disk::RealDisk;
use super::error::SaveError;
use super::save::{Saved, save};
use crate::i18n::Lang;
use crate::theme::ThemeId;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How many files the list of recent ones holds.
const RECENT: usize = 8;
/// The largest settings file that is read.
const MAX_BYTES: u64 = 1 << 20;

/// The preferences.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The theme; none follows the system.
    pub theme: Option<ThemeId>,
    /// The language.
    pub lang: Lang,
    /// The files opened last, the latest first.
    pub recent: Vec<PathBuf>,
    /// Where they are kept; none keeps them nowhere, as tests do.
    pub file: Option<PathBuf>,
}

/// The settings file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Settings", default)]
struct Form {
    theme: String,
    lang: String,
    recent: Vec<PathBuf>,
}

impl Settings {
    /// The usual ones, kept nowhere.
    pub fn usual(lang: Lang) -> Self {
        Self { theme: None, lang, recent: Vec::new(), file: None }
    }

    /// Those of this user, or the usual ones where there are none yet or they can't be read.
    pub fn load() -> Self {
        let usual = Self::usual(Lang::from_locale());
        match directories::ProjectDirs::from("", "", "desireline") {
            Some(dirs) => Self::read(dirs.config_dir().join("settings.ron"), usual),
            None => usual,
        }
    }

    fn read(file: PathBuf, usual: Self) -> Self {
        let small = std::fs::metadata(&file).is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES);
        let text = if small { std::fs::read_to_string(&file).unwrap_or_default() } else { String::new() };
        let form: Form = ron::from_str(&text).unwrap_or_default();
        Self {
            theme: form.theme.parse().ok(),
            lang: form.lang.parse().unwrap_or(usual.lang),
            recent: form.recent,
            file: Some(file),
        }
    }

    /// Puts a file on top of the list of recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Keeps them.
    ///
    /// # Errors
    /// When they could not be written.
    pub fn save(&self) -> Result<(), SaveError> {
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            // A folder that could not be made is told by the save below, which needs it.
            std::fs::create_dir_all(folder).ok();
        }
        let form = Form {
            theme: self.theme.map(|theme| theme.name().to_owned()).unwrap_or_default(),
            lang: self.lang.name().to_owned(),
            recent: self.recent.clone(),
        };
        let text = ron::ser::to_string_pretty(&form, ron::ser::PrettyConfig::default().new_line("\n"));
        let base = Base::at(&RealDisk, file)?;
        match save(&RealDisk, file, base, text.unwrap_or_default().as_bytes())? {
            Saved::Durable(_) | Saved::Unconfirmed { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_damage_means_the_usual_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("settings.ron");
        let mut kept = Settings { file: Some(file.clone()), ..Settings::usual(Lang::ZhCn) };
        kept.theme = Some(ThemeId::Dark);
        (0..12).for_each(|n| kept.remember(Path::new(&format!("{n}.ron"))));
        kept.remember(Path::new("9.ron"));
        kept.save().unwrap();
        let usual = Settings::usual(Lang::En);
        let read = Settings::read(file.clone(), usual.clone());
        assert_eq!(read, kept);
        assert_eq!((read.recent.len(), read.recent[0].as_path()), (RECENT, Path::new("9.ron")));
        std::fs::write(&file, "(theme: 7").unwrap();
        assert_eq!(Settings::read(file.clone(), usual.clone()), Settings { file: Some(file), ..usual });
    }
}
