#!/usr/bin/env bash
# A throw-away PostgreSQL server on loopback, for tests:
#
#     postgres.sh primary           an empty one
#     postgres.sh standby PORT      a standby of the one on that port
#
# Prints "ready PORT FOLDER", or "failed ..." and what went wrong. Then takes commands, a line each,
# and answers each with "ok" or "failed": kill (kill -9, all of it), stop and continue (SIGSTOP,
# SIGCONT), start (after kill), promote (a standby), cut (ends all sessions), quit. At the end of
# its input, so also when the test is gone, and after 15 minutes in any case, the server is ended
# and its folder removed.
set -u
role=$1
primary=${2:-}

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || {
    echo "failed: there is no PostgreSQL server; install postgresql-15"
    exit 1
}
user=()
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
    name=postgres
    id "$name" >/dev/null 2>&1 || name=nobody
    user=(runuser -u "$name" --)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/eventloupe-postgres-XXXXXX")
data=$folder/data
log=$folder/log
touch "$log"
if [ ${#user[@]} -gt 0 ]; then chown "$name" "$folder" "$log"; fi
chmod 711 "$folder"
cd "$folder" || exit 1

master() { head -1 "$data/postmaster.pid" 2>/dev/null; }
# The server's processes, the first before its children.
signal() {
    local pid
    pid=$(master)
    [ -n "$pid" ] || return 1
    kill "-$1" "$pid" $(ps -o pid= --ppid "$pid") 2>/dev/null
}
end() {
    trap - EXIT
    local try
    signal CONT
    signal KILL
    # Processes that are not gone yet may still write.
    for try in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$folder" 2>/dev/null
        [ -e "$folder" ] || break
        sleep 0.2
    done
}
trap end EXIT
trap 'exit 1' INT TERM HUP PIPE

fail() {
    echo "failed: $1: $(tail -3 "$log" 2>/dev/null | tr '\n' ' ')"
    exit 1
}

certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=db.example.org -keyout server.key -out server.crt >/dev/null 2>&1
    if [ ${#user[@]} -gt 0 ]; then chown "$name" server.key; fi
    chmod 600 server.key
}

make_primary() {
    "${user[@]}" "$bin/initdb" -D "$data" -U eventloupe -A trust -E UTF8 --locale=C.UTF-8 \
        --no-sync --no-instructions >"$log" 2>&1 || fail "initdb"
    certificate
    # One role has to give a password.
    "${user[@]}" sed -i '1i host all guarded 127.0.0.1/32 scram-sha-256' "$data/pg_hba.conf"
    "${user[@]}" tee -a "$data/postgresql.conf" >/dev/null <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 60
max_wal_size = 2GB
shared_buffers = 128MB
dynamic_shared_memory_type = mmap
fsync = on
wal_receiver_status_interval = 1s
wal_retrieve_retry_interval = 200ms
log_min_messages = warning
ssl = on
ssl_cert_file = '$folder/server.crt'
ssl_key_file = '$folder/server.key'
SETTINGS
}

make_standby() {
    "${user[@]}" "$bin/pg_basebackup" -h 127.0.0.1 -p "$primary" -U eventloupe -D "$data" -R \
        -X stream -c fast --no-sync >"$log" 2>&1 || fail "pg_basebackup"
    certificate
    "${user[@]}" sed -i "s#^unix_socket_directories = .*#unix_socket_directories = '$folder'#
        s#^ssl_cert_file = .*#ssl_cert_file = '$folder/server.crt'#
        s#^ssl_key_file = .*#ssl_key_file = '$folder/server.key'#" "$data/postgresql.conf"
}

start() {
    "${user[@]}" "$bin/pg_ctl" -D "$data" -o "-p $port" -l "$log" -w -t 30 start >/dev/null 2>&1 </dev/null
}

start_somewhere() {
    local try
    for try in 1 2 3 4 5 6 7 8; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
        start && return 0
    done
    return 1
}

cut_sessions() {
    "${user[@]}" "$bin/psql" -h 127.0.0.1 -p "$port" -U eventloupe -d postgres -qAtc \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()" >/dev/null
}

"make_$role"
start_somewhere || fail "start"
echo "ready $port $folder"

deadline=$((SECONDS + 900))
while [ $SECONDS -lt $deadline ] && read -r -t $((deadline - SECONDS)) command; do
    case $command in
    kill) signal KILL && while kill -0 "$(master)" 2>/dev/null; do sleep 0.05; done ;;
    stop) signal STOP ;;
    continue) signal CONT ;;
    start) rm -f "$data/postmaster.pid" && start ;;
    promote) "${user[@]}" "$bin/pg_ctl" -D "$data" -w -t 30 promote >/dev/null 2>&1 ;;
    cut) cut_sessions ;;
    quit) exit 0 ;;
    *) false ;;
    esac && echo ok || echo failed
done
