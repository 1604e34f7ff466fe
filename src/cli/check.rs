//! `desireline check`: lists the problems of a project, one a line: severity, code, element, text.

use super::args::Check;
use super::{CommandFinding, Failure, files};
use engine::i18n::{Lang, explain_problem, shorten_lines};
use engine::model::check::find_problems;
use std::io::Write;

pub(super) fn run(args: &Check, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let found = find_problems(&files::open_to_read(&args.file, lang)?.project);
    for problem in &found {
        let severity = problem.severity.name();
        let code = problem.code.name();
        writeln!(
            out,
            "{severity}\t{code}\t{}\t{}",
            problem.element,
            shorten_lines(&explain_problem(problem, problem.field.map_or("", |field| field.name), lang))
        )?;
    }
    Ok(if found.is_empty() { CommandFinding::Nothing } else { CommandFinding::Problems })
}
