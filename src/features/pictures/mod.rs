//! Places pictures on the map, and handles files dropped on the window.

mod flow;

pub(crate) use flow::{ask_for_picture, drop_file, drop_of, place_pixels};
