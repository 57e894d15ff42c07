#!/bin/sh
# Installs the Debian packages of a list that are missing: install-packages.sh packages.txt
# Silent and without network when there is nothing to do.
set -eu

wanted=$(sed 's/#.*//' "$1")

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is no Debian: see to it that these are here, under your system's names for them:" >&2
    sed 's/^/  /' "$1" >&2
    exit 0 # CMake says what it misses
fi

missing=
for package in $wanted; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing; as root: apt-get install$missing" >&2
        exit 1
    fi
    sudo=sudo
fi
echo "Installing:$missing" >&2
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update
# shellcheck disable=SC2086 # a list of words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $missing
