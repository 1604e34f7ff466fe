//! `desireline read-sheet`: a sheet of an old workbook as CSV. Not for people: the program starts itself with it, so that
//! a workbook which breaks the reader costs only that import.

use super::args::ReadSheet;
use super::{Failure, Found};
use crate::survey::source::{BoundMemory, convert};
use std::io::Write;

pub(super) fn run(args: &ReadSheet, out: &mut dyn Write, bound: BoundMemory) -> Result<Found, Failure> {
    match convert(&args.file, args.sheet.as_deref(), out, bound) {
        Ok(()) => Ok(Found::Nothing),
        Err(error) => Err(Failure::Status(error.to_string(), error.status())),
    }
}
