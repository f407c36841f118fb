#!/usr/bin/env bash
# tests/lint/file.sh SOURCE STAMP COMMAND: clang-tidy and clazy on one source, for tests/lint.sh. Touches
# STAMP when there is no finding, and writes what the source includes to STAMP.d, which ninja reads.
set -euo pipefail
source=$1 stamp=$2 command=$3
mkdir -p "${stamp%/*}"
eval "${command%% -o *} -MM -MF '$stamp.d' -MT '$stamp' '$source'" 2>/dev/null

# Level 1, and of the others what finds defects here. A constant QStringLiteral allocates nothing, and
# no other constant is made of one: it may be global. erase() wants a const_iterator of what begin() and
# find() gave.
clazy=level1,no-non-pod-global-static,no-strict-iterators
clazy+=,base-class-event,missing-qobject-macro,old-style-connect,virtual-call-ctor
clazy+=,static-pmf,isempty-vs-count,signal-with-return-value,unneeded-cast,thread-with-slots
code=0
clang-tidy-14 -load="$PWD/ownfiles.so" -p . --quiet --checks=eventloupe-own-files "$source" \
    2>"$stamp.log" || code=1
[ $code -eq 0 ] || grep -v 'warnings\? generated' "$stamp.log" || true
clazy-standalone -p . -checks=$clazy "$source" >"$stamp.log" 2>&1 || code=1
if grep -qE '\[-Wclazy|error:' "$stamp.log"; then
    grep -A3 -E '\[-Wclazy|error:' "$stamp.log"
    code=1
fi
rm -f "$stamp.log"
[ $code -ne 0 ] || touch "$stamp"
exit $code
