//! The sweep over all commands and all operations on files, a test for each use, so that a run that is cut
//! has results.

use crate::uses::USES;
use crate::{full, strace, sweep};

/// The stride at which the ordinary run tries faults; `DESIRELINE_STRIDE` names another.
const STRIDE: usize = 199;

/// Tries the faults of a use; fails if any does harm or is not reported.
fn sweep_use(name: &str) {
    strace::require();
    let stride = std::env::var("DESIRELINE_STRIDE").ok().and_then(|stride| stride.parse().ok());
    let stride = stride.unwrap_or(if full() { 1 } else { STRIDE });
    let wanted = USES.iter().find(|wanted| wanted.name == name).unwrap();
    let (tried, wrong) = sweep::run(wanted, stride);
    assert!(tried > 0, "{name}: no fault was tried");
    assert!(wrong.is_empty(), "{name}: {} of {tried} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! sweeps {
    ($($test:ident: $name:literal;)+) => {
        $(#[test] #[ignore = "needs strace"] fn $test() { sweep_use($name) })+

        #[test]
        fn each_use_has_a_test() {
            let names: Vec<&str> = USES.iter().map(|wanted| wanted.name).collect();
            assert_eq!(names, [$($name),+]);
        }
    };
}
sweeps! {
    templates: "templates";
    check: "check";
    scores: "scores";
    drivers: "drivers";
    diff: "diff";
    recover_list: "recover --list";
    import_dry_run: "import --dry-run";
    new: "new";
    new_copy: "new --copy";
    new_outline: "new --outline";
    edit: "edit";
    import: "import";
    import_again_new: "import --again new";
    import_save_recipe: "import --save-recipe";
    export_to_svg: "export to SVG";
    export_to_png: "export to PNG";
    export_to_csv: "export to CSV";
    merge: "merge";
    redact: "redact";
    repair: "repair";
    recover: "recover";
    recover_elsewhere: "recover elsewhere";
}
