//! `desireline templates`: their names, one a line.

use super::{CommandFinding, Failure};
use engine::store::template;
use std::io::Write;

pub(super) fn run(out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    for template in template::ALL {
        writeln!(out, "{}", template.name)?;
    }
    Ok(CommandFinding::Nothing)
}
