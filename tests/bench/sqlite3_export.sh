#!/usr/bin/env bash
# sqlite3_export.sh STORE [FOLDER] [RUNS]: times the sqlite3 shell writing the NDJSON lines that
# `eventloupe export` writes, and prints one JSON object. The fastest way that the shell has: one
# SELECT that prints each line in list mode. `||` over all parts, json_object() and `.mode json` are
# slower, by a tenth to a half; the last gives other lines too: it escapes data and metadata again.
# What the shell is spared here: names are not escaped, nothing is checked, no line feed is replaced,
# the file is not made durable.
set -euo pipefail
store=$1
folder=${2:-$(dirname "$store")}
runs=${3:-5}
out=$folder/sqlite3-export.ndjson
trap 'rm -f "$out"' EXIT

# An id is 16 bytes of a UUID, or text.
id="CASE typeof(e.id) WHEN 'blob' THEN lower(hex(substr(e.id,1,4))||'-'||hex(substr(e.id,5,2))||'-'
    ||hex(substr(e.id,7,2))||'-'||hex(substr(e.id,9,2))||'-'||hex(substr(e.id,11))) ELSE e.id END"
line='{"position":%d,"stream":"%s","version":%d,"type":"%s","time":"%s%06dZ","id":"%s",'
line+='"data":%s,"metadata":%s}'
query="SELECT printf('$line',e.position,s.name,e.version,t.name,
    strftime('%Y-%m-%dT%H:%M:%S.',e.time/1000000,'unixepoch'),e.time%1000000,$id,e.data,e.metadata)
    FROM event e JOIN stream s ON s.id=e.stream_id JOIN event_type t ON t.id=e.type_id
    ORDER BY e.position;"

events=$(sqlite3 -readonly "$store" 'SELECT max(position) FROM event')
for ((run = 0; run < runs; run++)); do
    rm -f "$out"
    start=$(date +%s%N)
    sqlite3 -readonly -batch "$store" ".mode list" "$query" > "$out"
    echo $(($(date +%s%N) - start))
done | sort -n | awk -v events="$events" '
    { rate[NR] = events / ($1 / 1e9) }
    END {
        printf "{\"name\":\"shell_export_ndjson\",\"unit\":\"events/s\",\"count\":%d," \
            "\"p50\":%.2f,\"p99\":%.2f,\"max\":%.2f}\n",
            events, rate[int((NR + 1) / 2)], rate[NR], rate[NR]
    }'
