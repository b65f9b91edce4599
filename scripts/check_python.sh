#!/bin/sh
# Says which piece is missing, with the command that installs it, before anything is set up.
python=$1
debian() { command -v apt-get >/dev/null 2>&1; }
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "esskg needs Python 3.11 or newer. Install it with:" >&2
    if debian; then echo "    sudo apt-get install python3 python3-venv" >&2; else echo "    brew install python@3.13" >&2; fi
    echo "or name one with: make run PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python's venv module is missing. Install it with:" >&2
    if debian; then echo "    sudo apt-get install python3-venv" >&2; else echo "    brew install python@3.13" >&2; fi
    exit 1
fi
