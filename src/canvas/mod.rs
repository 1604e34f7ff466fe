//! The map on the screen: camera, painting, selection and the gestures that change the document.

pub mod fonts;
