//! `desireline repair`: rescues the readable content of a damaged project, and reports the findings.

use super::args::Repair;
use super::{Failure, Found, complain, files};
use crate::i18n::{Lang, Msg, brief};
use crate::store::repair::repair;
use std::io::Write;

pub(super) fn run(args: &Repair, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    let output = match (&args.output, args.dry_run) {
        (None, false) => return Err(Failure::Told(Msg::CliNeedsOutput.text(lang).to_owned())),
        (_, true) => None,
        (output, false) => output.as_deref(),
    };
    if output.map_or(Ok(false), |output| files::is_same(&args.file, output, lang))? {
        return Err(Failure::at(&args.file, Msg::CliKeepsOriginal.text(lang), lang));
    }
    let bytes = files::read(&args.file, lang)?;
    let repaired = repair(&bytes).map_err(|error| Failure::at(&args.file, &error.message(lang), lang))?;
    for note in &repaired.report {
        writeln!(out, "{}", brief(&note.message(lang, None)))?;
    }
    if repaired.report.is_empty() {
        complain(Msg::CliNothingWrong.text(lang));
    }
    if let Some(output) = output {
        files::save_as(output, &repaired.project, lang)?;
    }
    Ok(if repaired.report.is_empty() { Found::Nothing } else { Found::Problems })
}
