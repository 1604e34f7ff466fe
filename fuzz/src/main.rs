//! All fuzz targets in one program; `DESIRELINE_FUZZ` names the one that is run.

#![no_main]

#[path = "../../tests/common/random.rs"]
mod common;
#[path = "../targets/mod.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use targets::TARGETS;

fn target() -> fn(&[u8]) {
    static TARGET: OnceLock<fn(&[u8])> = OnceLock::new();
    *TARGET.get_or_init(|| {
        let name = std::env::var("DESIRELINE_FUZZ").unwrap_or_default();
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        let found = TARGETS.iter().find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("set DESIRELINE_FUZZ to one of {}", names.join(", "))).1
    })
}

fuzz_target!(|data: &[u8]| target()(data));
