#!/bin/bash
# What becomes of stores whose disk breaks, one line of JSON a test:
#     bash tests/faults/run.sh [ROUNDS] [SEED]
# 10,000 rounds of power cuts and kills during appends, and as many during imports, are the long
# form; fewer are run of what is large or slow. Every call of the system is failed besides, and with
# less than 10,000 rounds every so many. EVENTLOUPE_FAULTS names the folder of the programs
# (build/ci/tests) and EVENTLOUPE_PROGRAM the program. Files are made in /dev/shm, where there is one:
# what a disk keeps is simulated, so that a real one is not waited for. Ends with 1 where one of them
# does.
rounds=${1:-10000}
seed=${2:-1}
programs=${EVENTLOUPE_FAULTS:-$(dirname "$0")/../../build/ci/tests}
export EVENTLOUPE_PROGRAM=${EVENTLOUPE_PROGRAM:-$programs/../app/eventloupe}
export EVENTLOUPE_FAILCALL=${EVENTLOUPE_FAILCALL:-$programs/libfailcall.so}
[ -x "$programs/faultrounds" ] || { echo "no $programs/faultrounds: build the tests first"; exit 77; }
[ -d /dev/shm ] && [ -w /dev/shm ] && [ -z "$TMPDIR" ] && export TMPDIR=/dev/shm
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
part() { echo $((($1 + $2 - 1) / $2)); }
stride=$(((10000 + rounds - 1) / rounds))
[ "$stride" -gt 40 ] && stride=40
result=0
check() { "$@" || result=1; }

check "$programs/faultrounds" cut append "$(part "$rounds" 2)" "$seed"
check "$programs/faultrounds" kill append "$(part "$rounds" 2)" "$seed"
for operation in import import-into-empty; do
    check "$programs/faultrounds" cut $operation "$(part "$rounds" 4)" "$seed"
    check "$programs/faultrounds" kill $operation "$(part "$rounds" 4)" "$seed"
done
for operation in big-append big-import; do
    check "$programs/faultrounds" cut $operation "$(part "$rounds" 50)" "$seed"
done
check "$programs/faultrounds" cut copy "$(part "$rounds" 10)" "$seed"
for operation in append import import-into-empty copy export; do
    check "$programs/faultrounds" fail $operation "$stride" "$seed"
done
check "$programs/failcalls" all "$stride"
check "$programs/flips" bits "$rounds" "$seed"
check "$programs/flips" tails "$(part "$rounds" 2)" "$seed"
check "$programs/rivals" 16 "$(part "$rounds" 5)" "$folder/rivals.eventlog"

# On a disk whose syncs do nothing, the rounds have to find losses: else they prove nothing.
if "$programs/faultrounds" lie append 60 "$seed" 2>/dev/null; then
    echo "the rounds do not see what is lost" >&2
    result=1
fi
exit $result
