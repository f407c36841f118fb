#!/usr/bin/env bash
# Builds with sanitizers, which takes about twice as long as tests/run.sh, and runs the tests; ends with
# ctest's summary. Further arguments go to ctest.
#
#   tests/sanitizers.sh address               address and undefined behaviour, every test
#   tests/sanitizers.sh thread                data races, the tests that link no widget
#   tests/sanitizers.sh address -R store
#
# Leaks are not looked for: Qt's plugins and fontconfig keep what they have to the end. What the thread
# sanitizer is told to leave out is in tests/tsan.supp, with the reasons.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

case ${1:-} in
address) preset=asan targets=(all) tests=() ;;
thread) preset=tsan targets=(model_tests) tests=(-L model) ;;
*) echo "usage: tests/sanitizers.sh address|thread [ctest arguments]" >&2 && exit 2 ;;
esac
shift

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
install_postgresql
configure $preset
cmake --build --preset $preset --target "${targets[@]}" -- --quiet
ctest --preset $preset -j"$(nproc)" "${tests[@]}" "$@"
