#!/usr/bin/env bash
# The whole table of hostile input, files of 1 GB included: a JSON object a row with time, memory
# and message, and a fault where one of them is not as it must be. Needs a build of preset ci, or
# EVENTLOUPE_BUILD. A word picks the rows whose names have it: tests/hostile/run.sh "1 GB"
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${EVENTLOUPE_BUILD:-build/ci}
[ -x "$build/tests/hostile/hostiletable" ] ||
    cmake --build "$build" --target hostiletable -- --quiet
export LC_ALL=C.UTF-8 TZ=UTC QT_QPA_PLATFORM=offscreen
exec "$build/tests/hostile/hostiletable" "$@"
