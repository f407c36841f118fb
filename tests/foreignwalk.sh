#!/usr/bin/env bash
# Uses copies of other libraries' databases at random, in the window and on the command line, and
# says whether a byte of them changed or a file appeared beside them:
#     bash tests/foreignwalk.sh [MINUTES] [SEED]          60 minutes, seed 1
# The copies are of every kind: closed, in WAL mode, left by a writer that died, with a journal, in a
# folder that cannot be written (run it as a user that is not root), and open in another program that
# holds a transaction. Of each file SHA-256, size, mode, inode and time of its last change are
# compared, of each folder the listing and the time of its last change. One more is written to: by
# turns its writer pauses, and then it is compared as all others are, or works, and then a twin that
# gets the same statements and has no reader must be the same file, to the byte, in the end.
#
# Prints a JSON object; exit 1 when anything changed or a program ended by a signal, 77 when the
# databases of ../shared/stores or the sqlite3 shell are not here. EVENTLOUPE_PROGRAM and
# EVENTLOUPE_WALKER name the built programs; else they are built. What was refused and what the
# window did goes to the file EVENTLOUPE_WALK_LOG.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-60}
seed=${2:-1}
shared=${EVENTLOUPE_SHARED:-$PWD/../shared}/stores
skip() { echo "foreignwalk: $1" >&2; exit 77; }
[ -e "$shared/emmett-sqlite.db" ] || skip "no databases in $shared"
command -v sqlite3 >/dev/null || skip "no sqlite3"
if [ -z "${EVENTLOUPE_WALKER:-}" ]; then
    . cmake/setup.sh
    configure ci
    cmake --build --preset ci --target eventloupe foreignwalker -- --quiet
    EVENTLOUPE_PROGRAM=$PWD/build/ci/app/eventloupe
    EVENTLOUPE_WALKER=$PWD/build/ci/tests/foreignwalker
fi
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC
RANDOM=$seed

walk=$(mktemp -d)
stores=$walk/stores
scratch=$walk/scratch
mkdir -p "$stores" "$scratch" "$walk/twin" "$walk/workspaces"
tidy() {
    exec 5>&- 6>&- 7>&- # The writers read to their end.
    wait
    chmod -R u+w "$walk"
    rm -rf "$walk"
}
trap tidy EXIT

: >"$walk/faults"
fault() { echo "foreignwalk: $1" | tee -a "$walk/faults" >&2; }

# copy NAME FOLDER: a database of ../shared/stores, writable.
copy() { mkdir -p "$stores/$2" && install -m 0644 "$shared/$1" "$stores/$2/$1"; }
# run FILE STATEMENTS: and the file is closed.
run() { sqlite3 -batch -bail "$1" "$2" >/dev/null; }
# left FOLDER SUFFIX...: what a writer that dies leaves of folder `made`, which it works on.
cat >"$walk/left" <<END
mkdir -p "$stores/\$1" && cd "$walk/made"
for suffix in '' "\${@:2}"; do cp "emmett-sqlite.db\$suffix" "$stores/\$1/"; done
END
events() { # events STREAM FROM TO: statements that append them.
    local version
    for ((version = $2; version <= $3; ++version)); do
        echo "INSERT INTO emt_messages(stream_id, stream_position, message_kind, message_data,
            message_metadata, message_schema_version, message_type, message_id, created)
            VALUES('$1', $version, 'E', '{\"n\":$version}', '{}', '1', 'Walked', '$1/$version',
            '2026-03-01 08:00:00');"
    done
}

for name in emmett-sqlite broadway pyeventsourcing-sqlite rails-event-store; do
    copy "$name.db" closed
    copy "$name.db" wal
    copy "$name.db" readonly
    run "$stores/wal/$name.db" 'PRAGMA journal_mode=WAL'
done
run "$stores/readonly/rails-event-store.db" 'PRAGMA journal_mode=WAL'
copy emmett-sqlite.db persistent
run "$stores/persistent/emmett-sqlite.db" \
    "PRAGMA journal_mode=PERSIST; BEGIN; $(events persistent-1 1 3) COMMIT;"
mkdir "$walk/made"
cp "$shared/emmett-sqlite.db" "$walk/made/"
chmod u+w "$walk/made/emmett-sqlite.db"
# The copies are made by the writer itself, in the middle of its work.
sqlite3 -batch -bail "$walk/made/emmett-sqlite.db" >/dev/null <<END
PRAGMA journal_mode=DELETE; PRAGMA cache_size=5;
BEGIN; UPDATE emt_messages SET message_metadata = '{"cut":"off"}';
.shell bash "$walk/left" hot -journal
ROLLBACK;
PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;
BEGIN; $(events dead-1 1 50) COMMIT;
.shell bash "$walk/left" dead -wal -shm
.shell bash "$walk/left" dead-without-index -wal
END
chmod 0444 "$stores"/readonly/*
chmod 0555 "$stores/readonly"

# writer FILE FD: a program that has the file open and runs what comes over the descriptor.
writer() {
    local pipe=$walk/pipe.$2
    mkfifo "$pipe"
    sqlite3 -batch -bail "$1" <"$pipe" >"$walk/said.$2" 2>&1 &
    eval "exec $2>$pipe"
    told "$2" 'PRAGMA journal_mode=WAL;'
}
# told FD STATEMENTS: they were run when this returns.
turn=0
told() {
    turn=$((turn + 1))
    printf '%s\n.print turn %d over\n' "$2" "$turn" >&"$1"
    local look
    for ((look = 0; look < 6000; ++look)); do
        grep -q "^turn $turn over\$" "$walk/said.$1" && return 0
        sleep 0.01
    done
    fault "a writer does not answer: $(tail -n 1 "$walk/said.$1")"
}
copy emmett-sqlite.db held
copy emmett-sqlite.db writing
cp "$stores/writing/emmett-sqlite.db" "$walk/twin/"
writer "$stores/held/emmett-sqlite.db" 5
writer "$stores/writing/emmett-sqlite.db" 6
writer "$walk/twin/emmett-sqlite.db" 7
told 5 "PRAGMA wal_autocheckpoint=0; BEGIN; $(events held-1 1 60) COMMIT;
    BEGIN; SELECT count(*) FROM emt_messages;"
both() { told 6 "$1" && told 7 "$1"; }
both "BEGIN; $(events walk-0 1 5) COMMIT;"

for folder in closed held writing; do
    mkdir -p "$walk/workspaces/$folder/projections"
    echo "{\"name\": \"Walk\", \"store\": \"$stores/$folder/emmett-sqlite.db\"}" \
        >"$walk/workspaces/$folder/workspace.json"
    echo '{"title": "Streams", "key": "event.stream", "initialRow": {"events": 0},
        "columns": [{"name": "events", "type": "number"}], "evolve": {
        "Walked": {"/events": "row.events + 1"}, "OrderPlaced": {"/events": "row.events + 1"},
        "ProductItemAdded": {"/events": "row.events + 1"}}}' \
        >"$walk/workspaces/$folder/projections/streams.json"
done
mapfile -t all < <(find "$stores" -name '*.db' | sort; ls -d "$walk"/workspaces/*)

# noted FOLDER...: all that is to be the same afterwards.
noted() {
    find "$@" -printf '%p %y mode %m size %s inode %i changed %T@\n' | sort
    find "$@" -type f -print0 | sort -z | xargs -0 sha256sum
}
# compare BEFORE AFTER: counts what differs.
changed=0
compare() {
    local differences
    differences=$(diff "$1" "$2" | grep -c '^[<>]') || true
    [ "$differences" -eq 0 ] && return 0
    changed=$((changed + differences))
    diff "$1" "$2" >&2 || true
}

verbs=0
refusals=0
# ask VERB ARGUMENT...: the program may refuse, but not crash or hang.
ask() {
    local code=0
    timeout 600 "$EVENTLOUPE_PROGRAM" "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
    verbs=$((verbs + 1))
    [ $code -eq 0 ] || refusals=$((refusals + 1))
    [ -z "${EVENTLOUPE_WALK_LOG:-}" ] || [ $code -eq 0 ] || echo "$* : $(tail -n 1 "$scratch/err")" >>"$EVENTLOUPE_WALK_LOG"
    [ $code -le 1 ] || fault "exit $code: $*: $(tail -n 1 "$scratch/err")"
}
random_verb() {
    local store=${all[RANDOM % ${#all[@]}]} stream
    case $((RANDOM % 11)) in
    0) ask stores "$store" ;;
    1) ask log "$store" --from $((RANDOM % 1500 + 1)) --limit $((RANDOM % 50 + 1)) ;;
    2) ask log "$store" --where "version == $((RANDOM % 9))" ;;
    3) ask streams "$store" --at $((RANDOM % 1500)) --limit 20 ;;
    4 | 5)
        ask streams "$store"
        stream=$(shuf -n 1 "$scratch/out" | sed -n 's/^{"stream":"\([^"]*\)".*/\1/p')
        [ -z "$stream" ] || ask state "$store" "${stream//\\\\/\\}" --at $((RANDOM % 1500 + 1)) ;;
    6) ask replay "$store" ;;
    7) ask export "$store" -o "$scratch/exported" --format "$(shuf -n 1 -e ndjson json csv)" ;;
    8) ask verify "$store" ;;
    9) rm -f "$scratch"/copied*; ask copy "$store" "$scratch/copied.eventlog" ;;
    10) ask projection "$walk/workspaces/$(shuf -n 1 -e closed held writing)" streams ;;
    esac
}
# write: statements for both, until the file `work` is gone; how many events goes to `written`.
write() {
    local stream count written=0 round=0
    while [ -e "$walk/work" ]; do
        stream=walk-$1-$((round += 1))
        count=$((RANDOM % 40 + 1))
        both "BEGIN; $(events "$stream" 1 $count) COMMIT;"
        written=$((written + count))
        [ $((RANDOM % 8)) -ne 0 ] || both 'PRAGMA wal_checkpoint(PASSIVE);'
        sleep 0.0$((RANDOM % 10))
    done
    echo "$written" >"$walk/written"
}
# same_as_twin: what the writer made of its file is what it makes of it without a reader.
same_as_twin() {
    both 'PRAGMA wal_checkpoint(TRUNCATE);'
    cmp "$stores/writing/emmett-sqlite.db" "$walk/twin/emmett-sqlite.db" >&2 ||
        changed=$((changed + 1))
    [ ! -s "$stores/writing/emmett-sqlite.db-wal" ] || fault 'the writer cannot empty its log'
    [ "$(ls -A "$stores/writing")" = "$(ls -A "$walk/twin")" ] ||
        { ls -lA "$stores/writing" >&2; changed=$((changed + 1)); }
}

mapfile -t still < <(find "$stores" -mindepth 1 -maxdepth 1 ! -name writing | sort)
noted "${still[@]}" >"$walk/before"
started=$(date +%s%N)
total=$(awk -v minutes="$minutes" 'BEGIN { printf "%.0f", minutes * 60e9 }')
seconds=$(awk -v minutes="$minutes" 'BEGIN { s = minutes * 30; printf "%.1f", s < 30 ? s : 30 }')
rounds=0
actions=0
written=0
while [ $(($(date +%s%N) - started)) -lt "$total" ]; do
    rounds=$((rounds + 1))
    working=$((rounds % 2 == 0))
    if [ $working -eq 1 ]; then
        : >"$walk/work"
        write $rounds &
        writing=$!
    else
        noted "$stores/writing" >"$walk/paused"
    fi
    "$EVENTLOUPE_WALKER" "$seconds" $(((seed * 1000 + rounds) % 4294967296)) "$scratch" "${all[@]}" \
        >"$walk/figures" 2>"$walk/complaints" &
    walker=$!
    while kill -0 $walker 2>/dev/null; do random_verb; done
    wait $walker || fault "the window ended with $?: $(tail -n 2 "$walk/complaints")"
    [ -z "${EVENTLOUPE_WALK_LOG:-}" ] || cat "$walk/figures" "$walk/complaints" >>"$EVENTLOUPE_WALK_LOG"
    actions=$((actions + $(sed -n 's/.*"actions":\([0-9]*\).*/\1/p' "$walk/figures" | grep . || echo 0)))
    if [ $working -eq 1 ]; then
        rm "$walk/work"
        wait $writing
        written=$((written + $(cat "$walk/written")))
        turn=$((turn + 1000000)) # The writing shell counted on by itself.
        same_as_twin
    else
        noted "$stores/writing" >"$walk/after"
        compare "$walk/paused" "$walk/after"
    fi
    noted "${still[@]}" >"$walk/after"
    compare "$walk/before" "$walk/after"
done
files=$(find "$stores" -type f | wc -l)
faults=$(wc -l <"$walk/faults")
awk -v from="$started" -v to="$(date +%s%N)" -v seed="$seed" -v rounds=$rounds \
    -v actions=$actions -v verbs=$verbs -v refusals=$refusals -v written=$written \
    -v files="$files" -v changed=$changed -v faults=$faults 'BEGIN {
        printf "{\"name\":\"foreign_walk\",\"minutes\":%.1f,\"seed\":%d,\"rounds\":%d,", (to - from) / 60e9, seed, rounds
        printf "\"actions\":%d,\"verbs\":%d,\"refused\":%d,", actions, verbs, refusals
        printf "\"written\":%d,\"files\":%d,\"changed\":%d,\"faults\":%d}\n", written, files, changed, faults }'
[ $((changed + faults)) -eq 0 ]
