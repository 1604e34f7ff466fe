//! `desireline repair`: rescues the readable content of a damaged project, and reports the findings.

use super::args::Repair;
use super::{CommandFinding, Failure, files, print_message};
use engine::i18n::{Explain, Lang, Msg, explain_repair, format_count, shorten_lines};
use engine::store::repair::repair_project;
use std::io::Write;

pub(super) fn run(args: &Repair, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    let output = match (&args.output, args.dry_run) {
        (None, false) => return Err(Failure::Told(Msg::CliNeedsOutput.text(lang).to_owned())),
        (_, true) => None,
        (output, false) => output.as_deref(),
    };
    if output.map_or(Ok(false), |output| files::is_same(&args.file, output, lang))? {
        return Err(Failure::for_path(&args.file, Msg::CliKeepsOriginal.text(lang), lang));
    }
    let bytes = files::read_bytes(&args.file, lang)?;
    let repaired =
        repair_project(&bytes).map_err(|error| Failure::for_path(&args.file, &error.explain(lang), lang))?;
    for note in &repaired.report {
        writeln!(out, "{}", shorten_lines(&explain_repair(note, None, lang)))?;
    }
    if repaired.unlisted > 0 {
        writeln!(
            out,
            "{}",
            Msg::RepairMore.text_with(lang, &[("n", &format_count(repaired.unlisted as u64))])
        )?;
    }
    if repaired.report.is_empty() {
        print_message(Msg::CliNothingWrong.text(lang));
    }
    if let Some(output) = output {
        files::save_as(output, &repaired.project, lang)?;
    }
    Ok(if repaired.report.is_empty() { CommandFinding::Nothing } else { CommandFinding::Problems })
}
