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
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # one word a package
apt-get install -qq -y --no-install-recommends $missing </dev/null >/dev/null
