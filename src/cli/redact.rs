//! `desireline redact`: a copy to give away, a list of what was taken out of it, and the texts a person must
//! read.

use super::redact_args::{Keep, Redact};
use super::{CommandFinding, Failure, files, print_message, redact_texts};
use engine::i18n::{Explain, Lang, Msg, format_count, redaction_summary, redaction_words, shorten_lines};
use engine::redact::{Decisions, Redaction, apply_decisions, read_count, redact_project};
use std::io::Write;

pub(super) fn run(args: &Redact, lang: Lang, out: &mut dyn Write) -> Result<CommandFinding, Failure> {
    if let Some(output) = &args.output
        && files::is_same(&args.file, output, lang)?
    {
        return Err(Failure::for_path(output, Msg::RedactKeepsOriginal.text(lang), lang));
    }
    let loaded = files::open_to_read(&args.file, lang)?;
    if let Some(version) = &loaded.read_only {
        return Err(Failure::new(Msg::CliNewer, lang, &[("version", version)]));
    }
    let taken_out = |part: Keep| !args.keep.contains(&part);
    let words = redaction_words(lang);
    let what = Redaction {
        quotes: taken_out(Keep::Quotes),
        notes: taken_out(Keep::Notes),
        names: taken_out(Keep::Names),
        lanes: taken_out(Keep::Lanes),
        few: taken_out(Keep::SmallCells),
        least: args.min_n,
        ..Redaction::of_everything(words)
    };
    let copy = redact_project(&loaded.project, &what);
    let (decisions, stale) = match &args.decisions {
        Some(path) => redact_texts::read_decisions(path, &copy.texts, lang)?,
        None => (Decisions::new(), Vec::new()),
    };
    let output = match args.output.as_ref() {
        Some(output) if !args.list => output,
        _ => {
            redact_texts::write_list(&copy.texts, &decisions, lang, out)?;
            return Ok(CommandFinding::Nothing);
        }
    };
    files::save_as(output, &apply_decisions(&copy, &decisions, &words), lang)?;
    for taken in &copy.taken {
        writeln!(out, "{}", shorten_lines(&taken.explain(lang)))?;
    }
    for same in &copy.same {
        writeln!(out, "{}", same.explain(lang))?;
    }
    writeln!(out, "{}", Msg::RedactCount.text_with(lang, &[("n", &format_count(copy.taken.len() as u64))]))?;
    for line in redaction_summary(&copy, lang) {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "{}", Msg::RedactCheck.text(lang))?;
    writeln!(out, "{}", Msg::RedactLimits.text(lang))?;
    for line in &stale {
        print_message(line);
    }
    let unread = copy.texts.len() - read_count(&copy.texts, &decisions);
    if unread > 0 {
        print_message(&Msg::RedactLeft.text_with(lang, &[("n", &format_count(unread as u64))]));
    }
    // Texts that are still open set the exit status only if decisions were given; else the message suffices.
    let is_open = args.decisions.is_some() && (unread > 0 || !stale.is_empty());
    Ok(if is_open { CommandFinding::Problems } else { CommandFinding::Nothing })
}
