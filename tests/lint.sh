#!/usr/bin/env bash
# clang-tidy and clazy over model/, ui/ and app/; ends with 1 where they find something. What they look
# for is in .clang-tidy and tests/lint/file.sh. Only files that changed, or include what changed, are
# looked at again.
#
#   tests/lint.sh             everything
#   tests/lint.sh WORD        only sources whose path has the word
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_missing "${build_packages[@]}" clang-14 clang-tidy-14 clazy libclang-14-dev
configure lint
build=$PWD/build/lint
# Sources are parsed, never compiled: what they need of the build is moc's output and the
# precompiled headers, and not the libraries that CMake's own target for moc waits for.
find "$build" -name AutogenInfo.json -not -path '*/tests/*' |
    xargs -P"$(nproc)" -I{} cmake -E cmake_autogen {} Debug >/dev/null
mapfile -t headers < <(ninja -C "$build" -t targets all |
    sed -nE 's/^(CMakeFiles\/\S*cmake_pch\.hxx\.pch):.*/\1/p')
cmake --build "$build" --target "${headers[@]}" -- --quiet

plugin=$build/ownfiles.so
[ "$plugin" -nt tests/lint/ownfiles.cpp ] ||
    clang++-14 -shared -fPIC -std=c++17 -fno-rtti -isystem /usr/lib/llvm-14/include \
        tests/lint/ownfiles.cpp -o "$plugin"

awk -v root="$PWD" -v word="${1:-}" '
    BEGIN {
        print "rule lint"
        print "  command = bash " root "/tests/lint/file.sh $in $out $flags"
        print "  depfile = $out.d"
        print "  description = $in"
    }
    /^  "command": / {
        flags = $0
        sub(/^  "command": "/, "", flags)
        sub(/",?$/, "", flags)
        gsub(/\\\\/, "\\", flags)
        gsub(/\\"/, "\"", flags)
        gsub(/\$/, "$$", flags)
        gsub(/\047/, "\047\\\047\047", flags)
    }
    /^  "file": / {
        file = $2
        gsub(/[",]/, "", file)
        path = substr(file, length(root) + 2)
        if (path !~ /^(model|ui|app)\// || index(path, word) == 0)
            next
        print "build lint/" path ": lint " file " | .clang-tidy ownfiles.so " root \
            "/tests/lint/file.sh"
        print "  flags = \047" flags "\047"
    }' "$build/compile_commands.json" >"$build/lint.ninja"
cp -u .clang-tidy "$build/.clang-tidy"
ninja -C "$build" -f lint.ninja --quiet -k 0 | grep --line-buffered -vE '^(bash .*/file\.sh|FAILED:|ninja:) ' || true
[ "${PIPESTATUS[0]}" -eq 0 ] && echo "No findings"
