//! `desireline templates`: their names, one a line.

use super::{Failure, Found};
use crate::store::template;
use std::io::Write;

pub(super) fn run(out: &mut dyn Write) -> Result<Found, Failure> {
    for template in template::ALL {
        writeln!(out, "{}", template.name)?;
    }
    Ok(Found::Nothing)
}
