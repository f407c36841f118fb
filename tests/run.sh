#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test; ends with ctest's summary.
# Arguments go to ctest: bash tests/run.sh -R store
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

# MariaDB's core packages bring no server for the whole machine.
test_packages=(dbus-daemon gnome-keyring libsecret-1-0 mariadb-client-core mariadb-server-core
    openssl sqlite3)
install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
install_postgresql
configure ci
cmake --build --preset ci -- --quiet
[ -d ../shared ] || echo "eventloupe: ../shared is absent; tests on real logs and suites are skipped"
ctest --preset ci -j"$(nproc)" "$@"
