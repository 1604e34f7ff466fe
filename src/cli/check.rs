//! `desireline check`: lists the problems of a project, one a line: severity, code, element, text.

use super::args::Check;
use super::{Failure, Found, files};
use crate::i18n::{Lang, brief};
use crate::model::check::problems;
use std::io::Write;

pub(super) fn run(args: &Check, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let found = problems(&files::open(&args.file, lang)?.project);
    for problem in &found {
        let severity = problem.severity.name();
        let code = problem.code.name();
        writeln!(
            out,
            "{severity}\t{code}\t{}\t{}",
            problem.element,
            brief(&problem.text(lang, problem.field))
        )?;
    }
    Ok(if found.is_empty() { Found::Nothing } else { Found::Problems })
}
