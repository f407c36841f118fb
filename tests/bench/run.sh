#!/usr/bin/env bash
# Builds the benchmarks, generates N events (1,000,000) and prints one JSON object a figure. What it
# makes goes to build/bench and is removed at the end; EVENTLOUPE_BENCH_KEEP=1 keeps it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. cmake/setup.sh
events=${1:-1000000}

install_missing "${build_packages[@]}" "${run_packages[@]}"
configure ci
cmake --build --preset ci --target eventloupe generate bench_store bench_exchange bench_log \
    bench_filter bench_replay bench_window bench_expression bench_json -- --quiet
cmake --build --preset ci --target eventloupe generate bench_store bench_exchange bench_export \
    bench_log bench_density bench_replay bench_window bench_expression bench_json -- --quiet
bench=$PWD/build/ci/tests/bench
scratch=$PWD/build/bench
mkdir -p "$scratch"
[ "${EVENTLOUPE_BENCH_KEEP:-}" = 1 ] || trap 'rm -rf "$scratch"' EXIT
export QT_QPA_PLATFORM=offscreen

"$bench/generate" "$events" > "$scratch/events.ndjson"
rm -f "$scratch"/events.eventlog*
"$bench/bench_exchange" "$scratch/events.ndjson" "$scratch"
build/ci/app/eventloupe import "$scratch/events.eventlog" "$scratch/events.ndjson" >&2
"$bench/bench_window" "$scratch/events.eventlog" 1000 2>/dev/null
"$bench/bench_log" "$scratch/events.eventlog" 1000
"$bench/bench_filter" "$scratch/events.eventlog"
"$bench/bench_density" "$scratch/events.eventlog"
"$bench/bench_export" "$scratch/events.eventlog" "$scratch"
bash tests/bench/sqlite3_export.sh "$scratch/events.eventlog" "$scratch"
"$bench/bench_replay" "$events" "$scratch"
"$bench/bench_store" "$events" "$scratch"
"$bench/bench_expression"
"$bench/bench_json"
