#!/usr/bin/env bash
# Installs what is missing, builds Eventloupe and starts it: on the sample workspace, or on what the
# arguments name. Without a display it runs the tour instead.
set -euo pipefail
cd "$(dirname "$0")/.."
. cmake/setup.sh

install_missing "${build_packages[@]}" "${run_packages[@]}"
configure release
cmake --build --preset release -- --quiet
eventloupe=$PWD/build/release/app/eventloupe

if [ $# -gt 0 ]; then
    cd "$OLDPWD"
    exec "$eventloupe" "$@"
fi
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    echo "eventloupe: no display here; running the tour, its pictures go to build/tour"
    QT_QPA_PLATFORM=offscreen exec "$eventloupe" --tour build/tour
fi
samples=${XDG_DATA_HOME:-$HOME/.local/share}/eventloupe/samples
[ -e "$samples/users/workspace.json" ] || "$eventloupe" init "$samples/users" --template users
exec "$eventloupe" "$samples/users"
