#!/usr/bin/env bash
# Fuzzes each parser with libFuzzer and the address and undefined-behaviour sanitizers; prints a JSON
# object a target: runs, seconds, how many inputs the corpus has, and the findings, which stay in
# build/fuzz/findings. Needs clang and its runtime: apt-get install clang libclang-rt-14-dev.
#
#   tests/fuzz/run.sh --seconds 20            a short run of each target, as CI has it
#   tests/fuzz/run.sh --runs 10000000         the long one
#   tests/fuzz/run.sh --total 10000000 --seconds 3600    an hour of each at most, and on with what is
#                                             missing of 10^7 ("total") when it is called again
#   tests/fuzz/run.sh --seconds 600 yaml      only targets whose names have the word
#   tests/fuzz/run.sh --many --total 10000000 once a corpus is there: two to five times as many runs a
#             second, of inputs of 1 KB, without the comparisons that led to it (preset fuzz-many)
#
# The corpus grows in build/fuzz/corpus and is where the next run begins; build/fuzz/runs counts the
# runs of all calls. Inputs are cut at 4 KB, databases at 32 KB: seeds that are longer are run whole
# once. A short memory of what was freed and by whom makes runs a good deal faster; for the whole
# stack of a finding, give its file to the target without ASAN_OPTIONS.
set -euo pipefail
cd "$(dirname "$0")/../.."

limits=() wanted= total= preset=fuzz usual=4096
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) limits+=(-max_total_time=$2) && shift 2 ;;
    --runs) limits+=(-runs=$2) && shift 2 ;;
    --total) total=$2 && shift 2 ;;
    --many) preset=fuzz-many usual=1024 && shift ;;
    --*) echo "usage: tests/fuzz/run.sh [--many] [--seconds N] [--runs N | --total N] [WORD]" >&2 && exit 2 ;;
    *) wanted=$1 && shift ;;
    esac
done
[ -z "$total" ] || [[ "${limits[*]-}" != *-runs=* ]] || { echo "run.sh: --runs or --total, not both" >&2 && exit 2; }
[ ${#limits[@]} -gt 0 ] || [ -n "$total" ] || limits=(-max_total_time=20)
command -v clang++ >/dev/null || {
    echo "eventloupe: fuzzing needs clang: apt-get install clang libclang-rt-14-dev" >&2
    exit 77
}

cmake --preset $preset -DEVENTLOUPE_PRECOMPILE=ON --log-level=WARNING >/dev/null
cmake --build --preset $preset --target fuzz -- --quiet
build=$PWD/build/fuzz
findings=$build/findings
mkdir -p "$findings" "$build/runs"
export LC_ALL=C.UTF-8 TZ=UTC
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:malloc_context_size=1
ASAN_OPTIONS+=:quarantine_size_mb=1:thread_local_quarantine_size_kb=64:max_malloc_fill_size=0
failed=0
for program in "$PWD/build/$preset"/tests/fuzz/fuzz_*_replay; do
    program=${program%_replay}
    name=${program##*/fuzz_}
    [[ $name == *"$wanted"* ]] || continue
    corpus=$build/corpus/$name
    log=$findings/$name.log
    before=$(cat "$build/runs/$name" 2>/dev/null || echo 0)
    [ -z "$total" ] || [ "$before" -lt "$total" ] || continue
    [[ $name == *store || $name == repair ]] && longest=32768 || longest=$usual
    mkdir -p "$corpus"
    "${program}_replay" --write-seeds "$corpus" >/dev/null
    code=0
    started=$(date +%s)
    { (cd "$findings" && "${program}_replay") && "$program" -artifact_prefix="$findings/$name-" -entropic=0 \
        -print_final_stats=1 -rss_limit_mb=4096 -timeout=30 -max_len=$longest \
        ${total:+-runs=$((total - before))} "${limits[@]}" "$corpus"; } >"$log" 2>&1 || code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo $((before + ${runs:-0})) >"$build/runs/$name"
    inputs=$(find "$corpus" -type f | wc -l)
    [ $code -eq 0 ] || failed=1
    printf '{"target":"%s","runs":%s,"total":%s,"seconds":%s,"corpus":%s,"finding":"%s"}\n' \
        "$name" "${runs:-0}" $((before + ${runs:-0})) $(($(date +%s) - started)) "$inputs" \
        "$([ $code -eq 0 ] || grep -m1 -oE '^(SUMMARY|fuzzing):.*|runtime error.*' "$log" |
            tr -d '"\\' || echo "exit code $code")"
done
exit $failed
