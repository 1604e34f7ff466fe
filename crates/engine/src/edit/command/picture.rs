//! Places pictures in their lane, and moves them there.

use super::add::{add_lane, key_after};
use super::draft::TransactionBuilder;
use crate::edit::op::Transaction;
use crate::id::{Id, IdSource, ImageId, Kind, LaneId, PictureId};
use crate::model::choice::LaneKind;
use crate::model::{Image, Picture, Project};

/// Maximum size of all images of a project together, in bytes, so that its one file can be mailed.
pub const MOST_IMAGE_BYTES: u64 = 32 << 20;

/// The reason why a picture was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// There is no such step or stage.
    #[error("there is no step or stage to put the picture under")]
    NoPlace,
    /// The project's images would hold more than [`MOST_IMAGE_BYTES`].
    #[error("the images of the project would hold {bytes} bytes, {MOST_IMAGE_BYTES} are the most")]
    TooMuch {
        /// The size in bytes that they would reach.
        bytes: u64,
    },
}

/// Places an image under a step or stage, in the given picture lane or else the first, which is added if
/// there is none. An image that is embedded already is not embedded again.
///
/// # Errors
/// Returns an error if the place does not exist or the image would exceed [`MOST_IMAGE_BYTES`].
pub fn add_picture(
    project: &Project,
    image: Image,
    at: Id,
    lane: Option<LaneId>,
    title: &str,
    source: &mut IdSource,
) -> Result<(Transaction, PictureId), PictureError> {
    let fits = matches!(at.kind(), Kind::Step | Kind::Stage);
    if !fits {
        return Err(PictureError::NoPlace);
    }
    let journey = project.journey_of(at).ok_or(PictureError::NoPlace)?.clone();
    let mut draft = TransactionBuilder::new(project, source);
    let known: Option<ImageId> = project.images().values().find(|i| i.hash == image.hash).map(|i| i.id);
    let shown = known.unwrap_or(image.id);
    if known.is_none() {
        let held: u64 = project.images().values().map(|image| image.bytes.len() as u64).sum();
        let bytes = held + image.bytes.len() as u64;
        if bytes > MOST_IMAGE_BYTES {
            return Err(PictureError::TooMuch { bytes });
        }
        draft.insert(image);
    }
    let info = journey.info().id;
    if !journey.lanes().values().any(|lane| lane.kind == LaneKind::Pictures) {
        let so_far = draft.project().clone();
        let (made, _) = add_lane(&so_far, info, None, LaneKind::Pictures, draft.source);
        draft.extend(made);
    }
    let key = key_after(journey.pictures(), None, draft.source);
    let id = PictureId::new(draft.source);
    let mut picture = Picture::new(id, info, at, key, shown);
    picture.lane = lane;
    title.clone_into(&mut picture.title);
    draft.insert(picture);
    Ok((draft.finish(), id))
}

/// Moves a picture below the others under a step or stage, or into another picture lane.
pub fn move_picture(
    project: &Project,
    id: PictureId,
    at: Id,
    lane: Option<LaneId>,
    source: &mut IdSource,
) -> Transaction {
    let mut draft = TransactionBuilder::new(project, source);
    let fits = matches!(at.kind(), Kind::Step | Kind::Stage);
    let Some(journey) = project.journey_of(at).cloned() else { return draft.finish() };
    if !fits {
        return draft.finish();
    }
    let stays = journey.pictures().get(&id).is_none_or(|there| there.at == at && there.lane == lane);
    if !stays {
        let key = key_after(journey.pictures(), None, draft.source);
        draft.change_record::<Picture>(id, |picture| {
            (picture.at, picture.lane, picture.key) = (at, lane, key);
        });
    }
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{add_stage, new_project};

    fn image(hash: &str, bytes: usize, source: &mut IdSource) -> Image {
        Image::new(ImageId::new(source), hash.to_owned(), 4, 3, vec![0; bytes].into())
    }

    #[test]
    fn a_picture_makes_its_lane_is_embedded_once_and_can_move() {
        let mut source = IdSource::from_seed(4);
        let mut project = new_project("Trip", &mut source);
        let journey = *project.journeys().keys().next().unwrap();
        let (made, stage) = add_stage(&project, journey, None, "Plan", &mut source);
        apply_all(&mut project, &made).unwrap();
        let mut place = |project: &mut Project| {
            let photo = image("a", 10, &mut source);
            let (made, id) = add_picture(project, photo, stage.into(), None, "Desk", &mut source).unwrap();
            apply_all(project, &made).unwrap();
            id
        };
        let first = place(&mut project);
        place(&mut project);
        let lanes = |project: &Project| {
            let lanes = project.journeys()[&journey].lanes().clone();
            lanes.values().filter(|lane| lane.kind == LaneKind::Pictures).count()
        };
        assert_eq!((project.images().len(), lanes(&project)), (1, 1));
        let (made, other) = add_stage(&project, journey, None, "Fly", &mut source);
        apply_all(&mut project, &made).unwrap();
        let moved = move_picture(&project, first, other.into(), None, &mut source);
        apply_all(&mut project, &moved).unwrap();
        assert_eq!(project.journeys()[&journey].pictures()[&first].at, Id::from(other));
        assert!(move_picture(&project, first, other.into(), None, &mut source).is_empty());
    }

    #[test]
    fn pictures_need_a_place_and_have_a_limit() {
        let mut source = IdSource::from_seed(4);
        let mut project = new_project("Trip", &mut source);
        let journey = *project.journeys().keys().next().unwrap();
        let photo = image("a", 1, &mut source);
        let nowhere = add_picture(&project, photo, journey.into(), None, "", &mut source);
        assert_eq!(nowhere, Err(PictureError::NoPlace));
        let (made, stage) = add_stage(&project, journey, None, "Plan", &mut source);
        apply_all(&mut project, &made).unwrap();
        let photo = image("b", (32 << 20) + 1, &mut source);
        let full = add_picture(&project, photo, stage.into(), None, "", &mut source);
        assert_eq!(full, Err(PictureError::TooMuch { bytes: (32 << 20) + 1 }));
    }
}
