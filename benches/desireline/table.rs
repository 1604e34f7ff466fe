//! Timing, and the table of what was measured. Gates are ratios within one run; times are recorded, never
//! asserted.

use std::time::{Duration, Instant};

/// The times of equal pieces of work, ascending.
#[derive(Debug, Clone)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// Runs the work a few times to warm up, then `runs` times against the clock.
    pub(crate) fn of<T>(runs: usize, mut work: impl FnMut(usize) -> T) -> Self {
        let warm = runs.div_ceil(10);
        let time = |index: usize| {
            let start = Clock::now();
            let result = std::hint::black_box(work(index));
            let time = start.elapsed();
            drop(result);
            time
        };
        let mut times: Vec<Duration> = (0..warm + runs).map(time).skip(warm).collect();
        times.sort_unstable();
        Self(times)
    }

    /// The one that so many hundredths of them stay within.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last * percent).div_ceil(100)).copied().unwrap_or_default()
    }

    /// Times taken elsewhere.
    pub(crate) fn from(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The middle one.
    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// How many times as long as the other's its median is.
    pub(crate) fn ratio(&self, base: &Self) -> f64 {
        self.median().as_secs_f64() / base.median().as_secs_f64().max(1e-9)
    }
}

/// Time this thread spent on a processor, which other load on the machine doesn't lengthen; where the system
/// doesn't tell, time on the wall.
struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    fn now() -> Self {
        Self { processor: Self::processor(), wall: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        let wall = self.wall.elapsed();
        self.processor.zip(Self::processor()).map_or(wall, |(start, end)| end.saturating_sub(start))
    }

    fn processor() -> Option<Duration> {
        // Linux brings the figure up to date when the thread gives way.
        std::thread::yield_now();
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

/// The table, printed line by line.
#[derive(Default)]
pub(crate) struct Table {
    missed: Vec<String>,
}

impl Table {
    /// Prints the head.
    pub(crate) fn begin() -> Self {
        println!("| scenario | median ms | p99 ms | goal | ratio | gate | baseline |");
        println!("| --- | ---: | ---: | --- | ---: | ---: | --- |");
        Self::default()
    }

    /// Times whose ratio to a baseline of the same run must not pass the gate.
    pub(crate) fn gate(
        &mut self,
        scenario: &str,
        times: &Times,
        goal: &str,
        ratio: f64,
        (gate, base): (f64, &str),
    ) {
        println!("{} {ratio:.2} | {gate:.2} | {base} |", head(scenario, times, goal));
        if ratio > gate {
            self.missed.push(format!("{scenario}: {ratio:.2} × {base}, {gate:.2} at most"));
        }
    }

    /// Prints what missed its gate; true where nothing did.
    pub(crate) fn end(self) -> bool {
        for line in &self.missed {
            println!("missed: {line}");
        }
        self.missed.is_empty()
    }
}

/// Prints times without a gate; the goal is what we aim at on a quiet machine.
pub(crate) fn note(scenario: &str, times: &Times, goal: &str) {
    println!("{} | | |", head(scenario, times, goal));
}

fn head(scenario: &str, times: &Times, goal: &str) -> String {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    format!("| {scenario} | {:.2} | {:.2} | {goal} |", ms(times.median()), ms(times.percentile(99)))
}
