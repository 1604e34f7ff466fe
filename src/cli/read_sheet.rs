//! `desireline read-sheet`: a sheet of an old workbook as CSV. Not for people: the program starts itself with
//! it, so that a workbook which breaks the reader costs only that import.

use super::args::ReadSheet;
use super::{CommandFinding, Failure};
use engine::i18n::{Explain, Lang};
use engine::survey::source::{BROKE_OFF, BoundMemory, HelperError, TableError, convert_sheet};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) fn run(
    args: &ReadSheet,
    lang: Lang,
    out: &mut dyn Write,
    bound: BoundMemory,
) -> Result<CommandFinding, Failure> {
    // Panics of the reader of these formats concern its authors; the import tells users what to do.
    std::panic::set_hook(Box::new(|_| {}));
    match catch_unwind(AssertUnwindSafe(|| convert_sheet(&args.file, args.sheet.as_deref(), out, bound))) {
        Ok(Ok(())) => Ok(CommandFinding::Nothing),
        Ok(Err(error)) => Err(Failure::Status(error.to_string(), error.exit_status())),
        Err(_) => Err(Failure::Status(TableError::Helper(HelperError::Died).explain(lang), BROKE_OFF)),
    }
}
