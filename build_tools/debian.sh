#!/bin/sh
# Install the Debian packages of debian.txt that are missing; who is not root is told which they are.
# usage: debian.sh use|test...
set -eu

any_command() {
    for name in "$@"; do
        command -v "$name" >/dev/null && return
    done
    return 1
}

has() {
    case $1 in
        command:*) any_command $(echo "${1#command:}" | tr '|' ' ') ;;
        # shellcheck disable=SC2086 # the path may hold a *, for a version
        file:*) ls ${1#file:} >/dev/null 2>&1 ;;
        module:*) python3.11 -c "import ${1#module:}" 2>/dev/null ;;
        *) echo "debian.txt: cannot look for $1" >&2; exit 2 ;;
    esac
}

# What apt and dpkg say is only of interest where they fail.
quietly() {
    "$@" </dev/null >"$log" 2>&1 || { status=$?; cat "$log" >&2; exit "$status"; }
}

missing=
while read -r purpose package sign; do
    case " $* " in *" $purpose "*) ;; *) continue ;; esac
    case "$missing " in *" $package "*) continue ;; esac
    has "$sign" || missing="$missing $package"
done <"$(dirname "$0")/debian.txt"

[ -n "$missing" ] || exit 0
line="apt-get install --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Some programs this needs are not installed here: ask whoever is root to run '$line', then try again." >&2
    exit 1
fi
echo "$line"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
quietly apt-get update
# shellcheck disable=SC2086 # one word a package
quietly apt-get install --yes --no-install-recommends $missing
