#!/bin/sh
# Install the missing Debian packages of debian.txt; who is not root is told which they are.
set -eu

has() {
    case $1 in
        command:*) command -v "${1#command:}" >/dev/null ;;
        file:*) test -e "${1#file:}" ;;
        import:*) python3.11 -c "${1%%:*} ${1#*:}" 2>/dev/null ;;
        *) echo "debian.txt: cannot look for $1" >&2; exit 2 ;;
    esac
}

# What apt and dpkg say is only of interest where they fail.
quietly() {
    "$@" </dev/null >"$log" 2>&1 || { status=$?; cat "$log" >&2; exit "$status"; }
}

missing=
while read -r package sign; do
    case $package in ''|'#'*) continue ;; esac
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
