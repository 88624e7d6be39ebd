#!/bin/sh
# Write locks/ anew from pyproject.toml: exact versions and checksums, never where they were fetched.
# usage: lock.sh PYTHON [--upgrade]   (without --upgrade, versions that still fit are kept)
set -eu
python=$1
shift
compile() {
    target=$1
    shift
    "$python" -m uv pip compile --quiet --no-config --universal --python-version 3.11 \
        --generate-hashes --no-header --output-file "$target" "$@"
}
"$python" -m pip install --quiet uv
compile locks/dev.lock pyproject.toml --extra dev "$@"
compile locks/node.lock locks/node.in "$@"
