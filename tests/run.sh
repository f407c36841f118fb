#!/usr/bin/env bash
# Installs what is missing, builds everything and runs every test; ends with ctest's summary.
# Arguments go to ctest: bash tests/run.sh -R store
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
install_postgresql
configure ci
cmake --build --preset ci -- --quiet
[ -d ../shared ] || echo "eventloupe: ../shared is absent; tests on real logs and suites are skipped"
# Many tests wait for a disk, a server or a clock more than they compute.
ctest --preset ci -j"$(($(nproc) * 2))" "$@"
