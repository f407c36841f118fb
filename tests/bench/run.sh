#!/usr/bin/env bash
# Builds the benchmarks, generates N events (1,000,000), measures on them what Eventloupe promises and
# prints one JSON object a figure, and all of them as a table at the end:
#     bash tests/bench/run.sh [N]
# What is generated goes to build/bench-data, about 900 bytes an event, and is removed at the end;
# EVENTLOUPE_BENCH_KEEP=1 keeps it, and a store that was kept is measured again without being made.
# Above 20,000,000 events the store is written without a text file, and what reads or writes such a
# file is left out. Takes four minutes at 1,000,000 events, twenty-five at 10,000,000.
set -euo pipefail
cd "$(dirname "$0")/../.."
. cmake/setup.sh
events=${1:-1000000}
runs=5
largest_text=20000000

install_missing "${build_packages[@]}" "${run_packages[@]}" sqlite3 \
    mariadb-server-core mariadb-client-core
install_postgresql
configure bench
benchmarks=(bench_append bench_bareparse bench_blame bench_branch bench_causation bench_copy
    bench_density bench_encoding bench_export bench_expression bench_filter bench_foreign
    bench_import bench_json bench_log bench_longrows bench_masks bench_mysql bench_postgres
    bench_projection bench_reload bench_replay bench_store bench_visibletext bench_watch
    bench_window)
cmake --build --preset bench --target eventloupe generate "${benchmarks[@]}" -- --quiet
bench=$PWD/build/bench/tests/bench
scratch=$PWD/build/bench-data
store=$scratch/$events.eventlog
text=$scratch/$events.ndjson
figures=$scratch/figures.jsonl
mkdir -p "$scratch"
[ "${EVENTLOUPE_BENCH_KEEP:-}" = 1 ] || trap 'rm -rf "$scratch"' EXIT
export QT_QPA_PLATFORM=offscreen
: > "$figures"

# measure COMMAND...: its figures are printed and kept for the table.
measure() { "$@" 2>/dev/null | tee -a "$figures"; }
# rate NAME UNIT COMMAND...: how many events a second a command gets through.
rate() {
    local name=$1 unit=$2 start
    shift 2
    start=$(date +%s%N)
    "$@"
    awk -v name="$name" -v unit="$unit" -v events="$events" -v from="$start" -v to="$(date +%s%N)" \
        'BEGIN { printf "{\"name\":\"%s\",\"unit\":\"%s\",\"count\":1,\"p50\":%.0f}\n", name, unit,
                 events / ((to - from) / 1e9) }' | tee -a "$figures"
}
generate_text() { "$bench/generate" "$events" > "$text"; }
# ratio NAME OVER UNDER: of two figures' medians.
ratio() {
    awk -v name="$1" -v over="$2" -v under="$3" -f tests/bench/json.awk -f tests/bench/ratio.awk "$figures" |
        tee -a "$figures"
}

if [ "$events" -le "$largest_text" ]; then
    rate generate_ndjson lines/s generate_text
    measure "$bench/bench_import" "$text" "$scratch" "$runs"
    rows=$scratch/rows
    mkdir -p "$rows"
    "$bench/generate" "$events" --rows "$rows"
    measure env EVENTLOUPE_BENCH_RUNS="$runs" bash tests/bench/sqlite3_import.sh "$rows"
    rm -rf "$rows" "$text"
    ratio import_over_shell import shell_import_indexes_live
    ratio import_over_shell_indexes_after import shell_import_indexes_after
fi
[ -e "$store" ] || rate generate_store events/s "$bench/generate" "$events" 1 --store "$store"

for ((run = 0; run < runs; ++run)); do
    "$bench/bench_window" "$store" 0 2>/dev/null
done | awk -f tests/bench/json.awk -f tests/bench/median.awk | tee -a "$figures"
measure "$bench/bench_window" "$store" 1000
measure "$bench/bench_log" "$store" 1000
measure "$bench/bench_branch" "$store" 1000
measure "$bench/bench_density" "$store"
measure "$bench/bench_blame" "$store" 1000
measure "$bench/bench_projection" "$store"
measure "$bench/bench_masks" "$store"
measure "$bench/bench_filter" "$store"
measure "$bench/bench_causation" "$store"
measure "$bench/bench_watch" "$store"
if [ "$events" -le "$largest_text" ]; then
    measure "$bench/bench_export" "$store" "$scratch"
    measure "$bench/bench_copy" "$store" "$scratch" "$runs"
    measure bash tests/bench/sqlite3_export.sh "$store" "$scratch"
    ratio export_over_shell export_ndjson shell_export_ndjson
    for ((run = 0; run < runs; ++run)); do
        "$bench/bench_bareparse" "$store" 2>/dev/null
    done | awk -f tests/bench/json.awk -f tests/bench/median.awk | tee -a "$figures"
    measure "$bench/bench_replay" "$store"
    ratio replay_over_bare_parse replay_merge bare_parse
    ratio replay_by_rules_over_bare_parse replay_rules bare_parse
    measure "$bench/bench_append" "$store" "$scratch"
fi
measure "$bench/bench_store" 1000000 "$scratch"
measure "$bench/bench_reload" "$scratch"
measure "$bench/bench_postgres" "$store" "$((events < 1000000 ? events : 1000000))"
measure "$bench/bench_window" --postgres "$store" 1000
measure "$bench/bench_expression"
measure "$bench/bench_encoding"
measure "$bench/bench_foreign" "$events" "$scratch"
measure "$bench/bench_mysql" "$((events < 1000000 ? events : 1000000))"
measure "$bench/bench_json"
measure "$bench/bench_visibletext"
measure "$bench/bench_longrows" "$scratch"

echo
awk -f tests/bench/json.awk -f tests/bench/table.awk "$figures"
