//! The last position and zoom of each map: kept in the state folder of this computer, never in a project.

use super::base::Base;
use super::disk::{RealDisk, make_folders};
use super::error::{FileStep, SaveError};
use super::project::{OpenError, read_file};
use super::save::save_file;
use crate::id::JourneyId;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// Maximum number of remembered maps; the least recently viewed are dropped.
const MOST: usize = 200;

/// The part of a page that a window shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapPlace {
    /// The point of the page in the window's top left corner.
    pub origin: (f32, f32),
    /// Screen points per page point.
    pub zoom: f32,
}

/// The remembered position of one map.
#[derive(Debug, Clone, PartialEq)]
struct KnownPlace {
    path: PathBuf,
    journey: JourneyId,
    place: MapPlace,
    /// True if it was set since the file was read.
    is_new: bool,
}

/// The positions of recently viewed maps, the latest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapPlaces {
    file: Option<PathBuf>,
    known: Vec<KnownPlace>,
}

/// The file's content; unknown fields of later versions are ignored.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Places", default)]
struct PlacesForm {
    places: Vec<PlaceForm>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename = "Place", default)]
struct PlaceForm {
    path: String,
    journey: String,
    x: f32,
    y: f32,
    zoom: f32,
}

impl MapPlaces {
    /// Reads the positions in a state folder; without a folder they last as long as the program runs.
    pub fn in_state(state: Option<&Path>) -> Self {
        let file = state.map(|state| state.join("places.ron"));
        let known = file.as_deref().map(read_places).transpose().ok().flatten().unwrap_or_default();
        Self { file, known }
    }

    /// Returns the last position in a journey of a project file.
    pub fn get(&self, path: &Path, journey: JourneyId) -> Option<MapPlace> {
        let known = self.known.iter().find(|known| known.journey == journey && known.path == path);
        known.map(|known| known.place)
    }

    /// Remembers the position in a journey of a project file.
    pub fn remember_place(&mut self, path: &Path, journey: JourneyId, place: MapPlace) {
        match self.known.iter().position(|known| known.journey == journey && known.path == path) {
            Some(0) if self.known[0].place == place => return,
            Some(at) => self.known[..=at].rotate_right(1),
            None => {
                let path = path.to_owned();
                let is_new = true;
                self.known.insert(0, KnownPlace { path, journey, place, is_new });
            }
        }
        (self.known[0].place, self.known[0].is_new) = (place, true);
        self.known.truncate(MOST);
    }

    /// Saves new positions, merged with those that other windows have saved meanwhile.
    ///
    /// # Errors
    /// Returns an error if the file could not be written.
    pub fn save(&self) -> Result<(), SaveError> {
        let Some(file) = self.file.as_ref() else { return Ok(()) };
        if !self.known.iter().any(|known| known.is_new) {
            return Ok(());
        }
        // A file that can't be read now is not overwritten.
        let known = read_places(file).map_err(|error| SaveError::from_io(FileStep::Read, error, file))?;
        let mut all = Self { file: None, known };
        for known in self.known.iter().rev().filter(|known| known.is_new) {
            all.remember_place(&known.path, known.journey, known.place);
        }
        if let Some(folder) = file.parent() {
            // If the folder can't be created, the save below fails and reports it.
            make_folders(&RealDisk, folder).ok();
        }
        let base = Base::from_file(&RealDisk, file)?;
        save_file(&RealDisk, file, base, all.to_file_text().as_bytes()).map(|_saved| ())
    }

    /// Returns the text of the file. A path that is not text is omitted.
    fn to_file_text(&self) -> String {
        let form = |known: &KnownPlace| {
            let MapPlace { origin: (x, y), zoom } = known.place;
            let path = known.path.to_str()?.to_owned();
            Some(PlaceForm { path, journey: known.journey.to_string(), x, y, zoom })
        };
        let form = PlacesForm { places: self.known.iter().filter_map(form).collect() };
        // A struct of strings and numbers can always be serialised.
        ron::ser::to_string_pretty(&form, PrettyConfig::default().new_line("\n")).unwrap_or_default()
    }
}

/// Reads the positions in a file; a damaged file counts as empty.
fn read_places(file: &Path) -> io::Result<Vec<KnownPlace>> {
    let form: PlacesForm = match read_file(&RealDisk, file) {
        Ok(bytes) => ron::de::from_bytes(&bytes).unwrap_or_default(),
        Err(OpenError::Failed(error)) => return Err(error),
        Err(_) => PlacesForm::default(),
    };
    let known = |form: PlaceForm| {
        let is_place = [form.x, form.y, form.zoom].iter().all(|number| number.is_finite()) && form.zoom > 0.0;
        let place = is_place.then_some(MapPlace { origin: (form.x, form.y), zoom: form.zoom })?;
        let journey = form.journey.parse().ok()?;
        Some(KnownPlace { path: PathBuf::from(form.path), journey, place, is_new: false })
    };
    Ok(form.places.into_iter().filter_map(known).take(MOST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdSource;

    fn place(zoom: f32) -> MapPlace {
        MapPlace { origin: (-24.0, 31.5), zoom }
    }

    #[test]
    fn places_come_back_for_each_file_and_journey_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("new");
        let [one, other] = [1, 2].map(|seed| JourneyId::new(&mut IdSource::from_seed(seed)));
        let mut places = MapPlaces::in_state(Some(&state));
        let a = Path::new("/a.ron");
        let b = Path::new("/b.ron");
        places.remember_place(a, one, place(1.0));
        places.remember_place(a, other, place(2.0));
        places.remember_place(b, one, place(0.5));
        places.remember_place(a, one, place(0.25));
        places.save().unwrap();
        let read = MapPlaces::in_state(Some(&state));
        let found = [read.get(a, one), read.get(a, other), read.get(b, one), read.get(b, other)];
        assert_eq!(found, [Some(place(0.25)), Some(place(2.0)), Some(place(0.5)), None]);
        // Another window keeps its own.
        let mut second = MapPlaces::in_state(Some(&state));
        second.remember_place(b, other, place(4.0));
        second.save().unwrap();
        places.remember_place(a, other, place(3.0));
        places.save().unwrap();
        let read = MapPlaces::in_state(Some(&state));
        assert_eq!((read.get(b, other), read.get(a, other)), (Some(place(4.0)), Some(place(3.0))));
        (0..300).for_each(|n| places.remember_place(Path::new(&format!("/{n}.ron")), one, place(1.0)));
        places.save().unwrap();
        let read = MapPlaces::in_state(Some(&state));
        assert_eq!((read.known.len(), read.get(a, one)), (MOST, None));
        assert!(read.get(Path::new("/299.ron"), one).is_some());
    }

    #[test]
    fn a_damaged_or_absent_file_is_not_missed_and_without_a_folder_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let journey = JourneyId::new(&mut IdSource::from_seed(1));
        for text in ["", "Places(places: 7)", "(places:[(path:\"/a.ron\",journey:\"x\",zoom:1),(zoom:inf)])"]
        {
            let file = folder.path().join("places.ron");
            assert!(
                save_file(&RealDisk, &file, Base::from_file(&RealDisk, &file).unwrap(), text.as_bytes())
                    .is_ok()
            );
            assert!(MapPlaces::in_state(Some(folder.path())).known.is_empty(), "{text}");
        }
        let mut places = MapPlaces::in_state(None);
        places.remember_place(Path::new("/a.ron"), journey, place(1.0));
        assert!(places.save().is_ok() && places.get(Path::new("/a.ron"), journey) == Some(place(1.0)));
    }
}
