#!/usr/bin/env bash
# Imports N generated events (1,000,000), or those of a file, exports them in each format, imports
# that and exports again; and copies the store itself (SQLite). Prints a JSON object a format with the
# events, the bytes and how many lines, which hold all of each event, differ. Ends with 1 where one
# does. Needs a build of preset ci or bench, or EVENTLOUPE_BUILD.
#
#   tests/roundtrip.sh [N | FILE.ndjson]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${EVENTLOUPE_BUILD:-build/ci}
program=$PWD/$build/app/eventloupe
what=${1:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC

if [ -f "$what" ]; then
    cp "$what" "$folder/in.ndjson"
else
    cmake --build "$build" --target generate -- --quiet
    "$build/tests/bench/generate" "$what" >"$folder/in.ndjson"
fi
cd "$folder"
"$program" import first.eventlog in.ndjson >/dev/null
"$program" export first.eventlog -o first.ndjson >/dev/null
failed=0
for format in ndjson json csv eventlog; do
    rm -f second.eventlog*
    begin=$(date +%s)
    if [ "$format" = eventlog ]; then
        "$program" copy first.eventlog out.eventlog >/dev/null
        "$program" copy out.eventlog second.eventlog >/dev/null
    else
        "$program" export first.eventlog -o "out.$format" >/dev/null
        "$program" import second.eventlog "out.$format" >/dev/null
    fi
    "$program" export second.eventlog -o second.ndjson >/dev/null
    lines=$(wc -l <second.ndjson)
    differ=0
    for other in in.ndjson first.ndjson; do
        cmp -s "$other" second.ndjson ||
            differ=$((differ + $(diff --speed-large-files "$other" second.ndjson | grep -c '^>')))
    done
    "$program" verify second.eventlog >/dev/null || differ=$lines
    [ "$differ" -eq 0 ] || failed=1
    printf '{"format":"%s","events":%s,"bytes":%s,"differ":%s,"seconds":%s}\n' "$format" "$lines" \
        "$(stat -c %s "out.$format")" "$differ" $(($(date +%s) - begin))
    rm -f "out.$format"*
done
exit $failed
