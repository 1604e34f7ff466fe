//! Runs the fuzz targets on their committed corpus and a few mutations of it, the same in every run.
//! `fuzz/README.md` describes long runs.

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

use engine::id::IdSource;
use std::path::Path;
use std::time::{Duration, Instant};
use targets::TARGETS;

/// Default number of mutations of each target.
const RUNS: u64 = 60;
/// The longest time that an input may take, in an unoptimized build.
const LONGEST: Duration = Duration::from_secs(8);

/// Returns the committed inputs of a target, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Returns an input with a few bytes changed, removed, doubled, or copied from another.
fn mutated(inputs: &[Vec<u8>], source: &mut IdSource) -> Vec<u8> {
    let mut below = |limit: usize| (source.next_u64() % limit.max(1) as u64) as usize;
    let mut bytes = inputs[below(inputs.len())].clone();
    for _ in 0..=below(4) {
        let from = below(bytes.len() + 1);
        let to = below(bytes.len() + 1);
        let part = from.min(to)..from.max(to).min(from.min(to) + 64);
        match below(5) {
            0 if !bytes.is_empty() => {
                let at = below(bytes.len());
                bytes[at] ^= 1 << below(8);
            }
            1 => drop(bytes.drain(part)),
            2 => {
                let copy = bytes[part].to_vec();
                let at = below(bytes.len() + 1);
                bytes.splice(at..at, copy);
            }
            3 => {
                let other = &inputs[below(inputs.len())];
                let start = below(other.len() + 1);
                let piece = other[start..other.len().min(start + 64)].to_vec();
                let at = below(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            _ => bytes.insert(below(bytes.len() + 1), below(256) as u8),
        }
    }
    bytes
}

/// Runs a target on an input; stores an input that breaks it, or takes too long.
fn tried(target: &str, run: fn(&[u8]), input: &[u8]) {
    let begun = Instant::now();
    let result = std::panic::catch_unwind(|| run(input));
    let took = begun.elapsed();
    if result.is_err() || took > LONGEST {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/artifacts");
        let path = folder.join(format!("{target}-{:016x}", input.iter().copied().fold(7, hashed)));
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(&path, input).unwrap();
        panic!("{target} took {took:?} or broke; the input is {}", path.display());
    }
}

fn hashed(sum: u64, byte: u8) -> u64 {
    (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// `DESIRELINE_FUZZ_RUNS` asks for more mutations of each target, `DESIRELINE_FUZZ` for one target alone.
#[test]
fn no_input_of_the_corpus_or_near_it_breaks_a_target() {
    let asked = std::env::var("DESIRELINE_FUZZ_RUNS").ok().and_then(|runs| runs.parse().ok());
    let runs = asked.unwrap_or(RUNS);
    let only = std::env::var("DESIRELINE_FUZZ").ok();
    let chosen = TARGETS.iter().filter(|(target, _)| only.as_deref().is_none_or(|only| only == *target));
    std::thread::scope(|scope| {
        for (target, run) in chosen {
            scope.spawn(move || {
                let inputs = corpus(target);
                assert!(!inputs.is_empty(), "{target} has no corpus");
                let begun = Instant::now();
                let mut source = IdSource::from_seed(runs);
                for input in &inputs {
                    tried(target, *run, input);
                }
                for _ in 0..runs {
                    tried(target, *run, &mutated(&inputs, &mut source));
                }
                println!(
                    "{target}: {} inputs in {:.1} s",
                    runs + inputs.len() as u64,
                    begun.elapsed().as_secs_f32()
                );
            });
        }
    });
}
