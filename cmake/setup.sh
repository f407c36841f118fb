# Sourced by app/run.sh and the scripts in tests/: installs the Debian packages that are missing.

# What building Eventloupe needs, and what it needs to run: Qt's xcb and offscreen platforms come
# with libqt6gui6, icons are SVG, and a fresh machine has no font at all.
build_packages=(g++ make cmake ninja-build pkg-config qt6-base-dev qt6-base-dev-tools
    qt6-svg-dev libgl-dev libmariadb-dev libpq-dev libsimdjson-dev libsqlite3-dev libssl-dev
    libyaml-dev qtkeychain-qt6-dev zlib1g-dev)
run_packages=(libmariadb3 libpq5 libqt6keychain1 libqt6svg6 libqt6sql6-sqlite fonts-dejavu-core)
# MariaDB's core packages bring no server for the whole machine.
test_packages=(dbus-daemon gnome-keyring libsecret-1-0 mariadb-client-core mariadb-server-core
    mold openssl sqlite3)

# install_missing PACKAGE...: nothing but a look at dpkg's list when all are there.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "eventloupe: as root, run: apt-get install ${missing[*]}" >&2
            return 1
        }
        as_root=(sudo)
    fi
    echo "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# install_postgresql: the server for tests, which start one of their own; Debian's package would
# start another one for the whole machine.
install_postgresql() {
    dpkg-query -W -f='${db:Status-Status}' postgresql-15 2>/dev/null | grep -qx installed &&
        return 0
    install_missing postgresql-common
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" sed -ri 's/^#?(create_main_cluster) .*$/\1 = false/' \
        /etc/postgresql-common/createcluster.conf
    install_missing postgresql-15
}

# configure PRESET: the headers of Qt and the standard library are compiled once, which takes a build
# from nothing to a third of its time; tests/includes.sh compiles without.
configure() {
    cmake --preset "$1" -DEVENTLOUPE_PRECOMPILE=ON --log-level=WARNING >/dev/null
}
