#!/usr/bin/env bash
# sqlite3_import.sh FOLDER: times the sqlite3 shell loading the rows that `generate N --rows FOLDER`
# wrote into the store's tables, without the hash column and the triggers; once with the indexes live
# as the schema has them, once with the indexes made after the rows. One JSON object a figure.
# EVENTLOUPE_BENCH_RUNS=5 repeats each; the median counts.
set -euo pipefail
folder=$(cd "$1" && pwd)
schema=$(cd "$(dirname "$0")/../.." && pwd)/resources/sql/eventlog.sql
runs=${EVENTLOUPE_BENCH_RUNS:-1}
database=$folder/shell.db
trap 'rm -f "$database" "$database"-journal "$database"-wal "$database"-shm' EXIT

# Statements of the schema by kind; a statement ends with a line that ends in ";", a trigger in END;.
tables=$(sed '/^--/d; /^CREATE TRIGGER/,/^END;/d; /INDEX/d; /hash BLOB/d' "$schema")
indexes=$(sed -n '/INDEX/p' "$schema")

load() { # load FIRST LAST: statements before and behind the rows
    rm -f "$database" "$database"-journal
    sync
    local start end
    start=$(date +%s.%N)
    sqlite3 "$database" > /dev/null <<SQL
PRAGMA page_size=8192;
PRAGMA synchronous=FULL;
$tables
$1
.mode csv
.import $folder/category.csv category
.import $folder/event_type.csv event_type
.import $folder/stream.csv stream
.import $folder/event.csv event
BEGIN;
$2
COMMIT;
SQL
    end=$(date +%s.%N)
    echo "$start $end"
}

report() { # report NAME FIRST LAST
    local events
    events=$(wc -l < "$folder/event.csv")
    for ((run = 0; run < runs; ++run)); do load "$2" "$3"; done \
        | awk -v events="$events" '{ print events / ($2 - $1) }' | sort -g \
        | awk -v name="$1" -v events="$events" '{ rate[NR] = $1 }
            END { printf "{\"name\":\"%s\",\"unit\":\"events/s\",\"p50\":%.0f,\"p99\":%.0f,\"events\":%d}\n",
                  name, rate[int((NR + 1) / 2)], rate[1], events }'
    [ "$(sqlite3 "$database" 'SELECT max(position) FROM event')" = "$events" ]
}

report shell_import_indexes_live "$indexes" ""
report shell_import_indexes_after "" "$indexes"
