#!/usr/bin/env bash
# Compiles every source without precompiled headers, which hide a missing #include; nothing is
# linked. Takes three times as long as tests/run.sh builds, so it runs by itself.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_missing "${build_packages[@]}"
cmake --preset ci -B build/includes -DEVENTLOUPE_PRECOMPILE=OFF -DCMAKE_CXX_FLAGS_RELEASE=-fsyntax-only \
    --log-level=WARNING >/dev/null
ninja -C build/includes -t targets all | sed -n 's/^\(.*_autogen\): phony$/\1/p' |
    grep -v / | xargs -r ninja -C build/includes --quiet
# -fsyntax-only makes no object files, so that the build itself would stop at the first archive.
sed -n 's/^  "command": "\(.*\)",$/\1/p' build/includes/compile_commands.json |
    sed 's/\\"/"/g; s/ -o [^ ]*//' | tr '\n' '\0' |
    (cd build/includes && xargs -0 -P "$(nproc)" -I{} bash -c '{}')
