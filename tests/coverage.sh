#!/usr/bin/env bash
# Runs the tests and prints which part of the lines they run, by room; ends with 1 where model/ is below
# 90 %.
#
#   tests/coverage.sh         model/, by the tests that link no widget
#   tests/coverage.sh all     model/, ui/ and app/, by all tests
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

least=90
targets=(model_tests) tests=(-L model) folders=(build/coverage/model) filter='model/'
case ${1:-} in
'') ;;
all) targets=(all) tests=() filter='(model|ui|app)/' folders=(build/coverage/{model,ui,app}) ;;
*) echo "usage: tests/coverage.sh [all]" >&2 && exit 2 ;;
esac

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}" gcovr
install_postgresql
configure coverage
cmake --build --preset coverage --target "${targets[@]}" -- --quiet
find build/coverage -name '*.gcda' -delete
failed=0
ctest --preset coverage -j"$(nproc)" "${tests[@]}" || failed=1

# gcovr knows a line of a header once, however many sources include it.
gcovr --root . --filter "$filter" -j"$(nproc)" --csv build/coverage/lines.csv "${folders[@]}"
awk -F, -v least=$least '
    FNR == 1 { next }
    {
        path = $1
        split(path, names, "/")
        room = names[2] ~ /\./ ? names[1] : names[1] "/" names[2]
        lines[room] += $2
        run[room] += $3
        lines[names[1] "/"] += $2
        run[names[1] "/"] += $3
    }
    END {
        for (room in lines)
            printf "%-20s %6d of %6d lines  %5.1f %%\n", room, run[room], lines[room],
                100 * run[room] / lines[room] | "sort"
        close("sort")
        if (100 * run["model/"] < least * lines["model/"]) {
            print "model/ is below " least " %; the lines: build/coverage/lines.csv"
            exit 1
        }
    }' build/coverage/lines.csv || failed=1
exit $failed
