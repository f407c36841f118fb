#!/usr/bin/env bash
# Uses the program's window at random - its actions, keys, clicks, drags, nonsense in every field,
# dialogs, files dropped on it - and says what broke:
#     tests/monkey/run.sh [--seconds N] [--seed S] [--asan] [--keep DIR]
#     tests/monkey/run.sh --replay FILE [--asan]           the steps of an earlier walk
#
# Prints a JSON object: actions, by kind, crashes, faults (warnings of Qt and of the program, dialogs
# that cannot be left), and the memory with nothing open, after the warm-up and at the end. Exit 1
# when anything broke, or when the memory of a walk of ten minutes or more grew by 5 % or more. A
# walk that crashed goes on with the next seed until the time is over; the steps of each stay in
# build/monkey/SEED.steps, or in DIR. The last line of one that crashed is what it crashed at.
#
# With --asan and EVENTLOUPE_MONKEY_HEAP=1, SEED.complaints says at each rest who holds memory.
#
# All that is written goes to a folder that is removed in the end: Landlock refuses other places, and
# there is no network, where the system knows how.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=60 seed=1 preset=ci keep= replay=
while [ $# -gt 0 ]; do
    case $1 in
    --seconds) seconds=$2 && shift 2 ;;
    --seed) seed=$2 && shift 2 ;;
    --keep) keep=$2 && shift 2 ;;
    --replay) replay=$(realpath "$2") && shift 2 ;;
    --asan) preset=asan && shift ;;
    *) echo "usage: tests/monkey/run.sh [--seconds N] [--seed S] [--asan] [--keep DIR] [--replay FILE]" >&2
        exit 2 ;;
    esac
done
if [ -z "${EVENTLOUPE_MONKEY:-}" ]; then
    . cmake/setup.sh
    configure $preset
    cmake --build --preset $preset --target monkey -- --quiet
    EVENTLOUPE_MONKEY=$PWD/build/$preset/tests/monkey
fi
keep=${keep:-$(dirname "$(dirname "$EVENTLOUPE_MONKEY")")/monkey}
mkdir -p "$keep"

patience=60
[ $preset = ci ] || patience=300
# What was freed and is kept to find its users is not growth, nor are the sanitizer's notes of who
# allocated: it keeps each stack for good, and those through Qt, which has no frame pointers, are
# guessed and ever others. A crash that needs them is replayed with EVENTLOUPE_MONKEY_HEAP=1.
context=1
[ -z "${EVENTLOUPE_MONKEY_HEAP:-}" ] || context=12
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=$context:handle_abort=1:detect_leaks=0:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:exitcode=99
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC
alone=()
unshare -rn true 2>/dev/null && alone=(unshare -rn)

memory=/dev/shm # Walks wait for no disk there.
scratch=$([ -w $memory ] && mktemp -d -p $memory monkey-XXXXXX || mktemp -d)
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
crashes=0 code=0 walks=0
started=$(date +%s)
: >"$scratch/figures"
while :; do
    left=$((seconds - ($(date +%s) - started)))
    # What is left is no walk when the last one ended by itself.
    [ $walks -eq 0 ] || { [ $crashed -eq 1 ] && [ $left -ge 5 ] && [ -z "$replay" ]; } || break
    walks=$((walks + 1)) crashed=0 ended=0
    mkdir "$scratch/$seed"
    steps=$keep/$seed.steps
    [ -z "$replay" ] || steps=$keep/replayed.steps
    ${alone[@]+"${alone[@]}"} "$EVENTLOUPE_MONKEY" --scratch "$scratch/$seed" --seconds "$left" \
        --seed "$seed" --log "$steps" --patience $patience ${replay:+--replay "$replay"} \
        >"$scratch/walk" 2>"$keep/$seed.complaints" || ended=$?
    [ $ended -eq 0 ] || { code=1 && tail -n 60 "$keep/$seed.complaints" >&2; }
    [ $ended -ne 2 ] && [ $ended -ne 126 ] && [ $ended -ne 127 ] || exit $ended # It did not begin.
    if [ $ended -gt 1 ]; then
        crashed=1 crashes=$((crashes + 1))
        echo "monkey: seed $seed ended with $ended at: $(tail -n 1 "$steps")" >&2
        chmod -R u+rwX "$scratch/$seed" && rm -rf "${scratch:?}/$seed"
        seed=$((seed + 1))
    else
        cat "$scratch/walk" >"$scratch/figures"
    fi
done
# growth NAME: of the last walk, in percent.
growth() { sed -n "s/.*\"$1\":{[^}]*\"growth_percent\":\([-0-9.]*\).*/\1/p" "$scratch/figures"; }
if [ "$seconds" -ge 600 ] && awk -v g="$(growth memory)" 'BEGIN { exit !(g >= 5) }'; then code=1; fi
printf '{"name":"monkey","seed":%s,"seconds":%s,"walks":%s,"crashes":%s,"walk":%s}\n' \
    "$seed" "$(($(date +%s) - started))" $walks $crashes "$(grep . "$scratch/figures" || echo null)"
exit $code
