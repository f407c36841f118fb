#!/usr/bin/env bash
# A throw-away MariaDB server on loopback, for tests:
#
#     mariadb.sh [PASSWORD]
#
# Prints "ready PORT FOLDER", or "failed ..." and what went wrong. The account "eventloupe" may do
# all without a password; "reader" may read, "guarded" too and has to give PASSWORD, "secure" only
# over TLS. Then takes commands, a line each, and answers each with "ok" or "failed": kill (kill -9),
# stop and continue (SIGSTOP, SIGCONT), start (after kill), sql STATEMENT (as eventloupe), quit. At
# the end of its input, so also when the test is gone, and after 15 minutes in any case, the server
# is ended and its folder removed.
set -u
password=${1:-guarded}

server=$(command -v mariadbd || ls /usr/sbin/mariadbd 2>/dev/null)
[ -n "$server" ] || {
    echo "failed: there is no MariaDB server; install mariadb-server-core"
    exit 1
}
user=()
if [ "$(id -u)" -eq 0 ]; then # MariaDB refuses to run as root
    name=mysql
    id "$name" >/dev/null 2>&1 || name=nobody
    user=(runuser -u "$name" --)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/eventloupe-mariadb-XXXXXX")
data=$folder/data
log=$folder/log
socket=$folder/socket
mkdir "$data" "$folder/tmp"
touch "$log"
if [ ${#user[@]} -gt 0 ]; then chown "$name" "$folder" "$data" "$folder/tmp" "$log"; fi
chmod 711 "$folder"
cd "$folder" || exit 1
pid=

end() {
    trap - EXIT
    local try
    [ -n "$pid" ] && kill -CONT "$pid" 2>/dev/null
    [ -n "$pid" ] && kill -KILL "$pid" 2>/dev/null
    # A process that is not gone yet may still write.
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

# Without waiting for the disk: what kill -9 leaves is in the system's memory. A server that starts
# removes the temporary tables of others in the same folder.
options=(--no-defaults "--datadir=$data" "--tmpdir=$folder/tmp" "--socket=$socket" --bind-address=127.0.0.1
    --skip-networking=0 --skip-name-resolve --innodb-buffer-pool-size=64M --innodb-log-file-size=32M
    --innodb-flush-method=nosync --skip-innodb-doublewrite --performance-schema=OFF --skip-log-bin
    --character-set-server=utf8mb4 --max-connections=60)

certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=db.example.org -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
        -keyout "$folder/server.key" -out "$folder/server.crt" >/dev/null 2>&1 || return 0
    if [ ${#user[@]} -gt 0 ]; then chown "$name" "$folder/server.key"; fi
    chmod 600 "$folder/server.key"
    options+=("--ssl-cert=$folder/server.crt" "--ssl-key=$folder/server.key")
}

# The tables of accounts, as mariadb-install-db makes them; the accounts are made as it starts first.
make_accounts() {
    local scripts=/usr/share/mysql
    {
        printf '%s\n' "CREATE DATABASE mysql;" "USE mysql;" "SET @auth_root_socket=NULL;"
        cat "$scripts/mysql_system_tables.sql" "$scripts/mysql_system_tables_data.sql"
    } | "${user[@]}" "$server" "${options[@]}" --bootstrap --innodb-flush-log-at-trx-commit=0 \
        >>"$log" 2>&1 || fail "bootstrap"
    cat >"$folder/accounts.sql" <<ACCOUNTS
CREATE OR REPLACE USER eventloupe@'%';
CREATE OR REPLACE USER reader@'%';
CREATE OR REPLACE USER guarded@'%' IDENTIFIED BY '$password';
CREATE OR REPLACE USER secure@'%' REQUIRE SSL;
GRANT ALL ON *.* TO eventloupe@'%' WITH GRANT OPTION;
GRANT SELECT ON *.* TO reader@'%', guarded@'%', secure@'%';
DROP USER IF EXISTS ''@localhost, ''@'$(hostname)';
ACCOUNTS
}

run_sql() {
    mariadb --no-defaults -S "$socket" -u eventloupe -e "$1" >>"$log" 2>&1
}

start() {
    "${user[@]}" "$server" "${options[@]}" "--port=$port" "--pid-file=$folder/pid" \
        "--init-file=$folder/accounts.sql" >>"$log" 2>&1 </dev/null &
    local runner=$! try
    for try in $(seq 1 600); do
        kill -0 "$runner" 2>/dev/null || return 1
        if [ -s "$folder/pid" ] && run_sql "SELECT 1"; then
            pid=$(cat "$folder/pid")
            return 0
        fi
        sleep 0.05
    done
    return 1
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

certificate
make_accounts
start_somewhere || fail "start"
echo "ready $port $folder"

deadline=$((SECONDS + 900))
while [ $SECONDS -lt $deadline ] && read -r -t $((deadline - SECONDS)) command rest; do
    case $command in
    kill) kill -KILL "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done ;;
    stop) kill -STOP "$pid" ;;
    continue) kill -CONT "$pid" ;;
    start) rm -f "$folder/pid" && start ;;
    sql) run_sql "$rest" ;;
    quit) exit 0 ;;
    *) false ;;
    esac && echo ok || echo failed
done
