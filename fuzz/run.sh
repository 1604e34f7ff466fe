#!/bin/sh
# Fuzzes all targets, or those named: fuzz/run.sh SECONDS [TARGET …]
#
# Needs a nightly toolchain and a C++ compiler. Inputs that reach new code are kept in target/corpus, inputs that
# break a target in artifacts; the committed corpus is read only.
set -eu
cd "$(dirname "$0")"
seconds=${1:?say for how many seconds each target runs}
shift
[ -f Cargo.lock ] || cp ../Cargo.lock Cargo.lock
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
coverage='--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares'
RUSTFLAGS=$(echo $coverage) cargo +nightly build --release --target "$host"
mkdir -p artifacts
failed=''
for target in "${@:-$(ls corpus)}"; do
    for name in $target; do
        mkdir -p "target/corpus/$name"
        echo "== $name"
        DESIRELINE_FUZZ=$name "target/$host/release/targets" "target/corpus/$name" "corpus/$name" \
            -max_total_time="$seconds" -timeout=2 -rss_limit_mb=512 -max_len=16384 -print_final_stats=1 \
            -artifact_prefix="artifacts/$name-" 2> "target/$name.log" || failed="$failed $name"
        grep -E '^stat::number_of_executed_units|^stat::peak_rss_mb' "target/$name.log" || tail -5 "target/$name.log"
    done
done
[ -z "$failed" ] || { echo "broken:$failed; the inputs are in fuzz/artifacts"; exit 1; }
