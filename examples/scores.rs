//! Opens a project and prints the score of every touchpoint: `cargo run --example scores -- FILE.ron`.

use engine::feedback::score::MetricChoice;
use engine::feedback::table::{Waves, score_rows};
use engine::i18n::{Explain, Lang};
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("say which project: cargo run --example scores -- FILE.ron");
        return ExitCode::FAILURE;
    };
    match print_scores(Path::new(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{}: {problem}", file.display());
            ExitCode::FAILURE
        }
    }
}

/// Prints a line for each touchpoint, stage and journey that customers were asked about.
fn print_scores(path: &Path) -> Result<(), String> {
    let opened = open_project(&RealDisk, path).map_err(|error| error.explain(Lang::En))?;
    let mut rows = score_rows(&opened.loaded.project, MetricChoice::Own, Waves::Each);
    rows.retain(|row| row.segment.is_everyone());
    if rows.is_empty() {
        return Err("it holds no answers yet: see `desireline import`".to_owned());
    }
    for row in rows {
        let metric = row.score.metric.name();
        // A score without its interval and number of answers says little.
        let interval = row.score.interval.map(|(low, high)| format!("{low:.1} to {high:.1}"));
        let interval = interval.unwrap_or_else(|| "no interval".to_owned());
        let answers = row.score.known_n().map_or("unknown n".to_owned(), |n| format!("n = {n}"));
        if let Some(value) = row.score.value {
            println!("{}: {metric} {value:.1} ({interval}, {answers})", row.title);
        }
    }
    Ok(())
}
