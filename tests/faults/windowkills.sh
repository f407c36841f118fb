#!/bin/bash
# What comes back of a window that was killed, a line of JSON:
#     bash tests/faults/windowkills.sh [ROUNDS] [SEED]
# A round takes about four seconds, most of which is waiting. EVENTLOUPE_FAULTS names the folder of
# the program (build/ci/tests). Ends with 1 where something else came back.
programs=${EVENTLOUPE_FAULTS:-$(dirname "$0")/../../build/ci/tests}
[ -x "$programs/windowkills" ] || { echo "no $programs/windowkills: build the tests first"; exit 77; }
QT_QPA_PLATFORM=offscreen exec "$programs/windowkills" "${1:-500}" "${2:-1}"
