#!/bin/sh
# The demonstration: built on first use, then opened in the window; where there is no screen, the same job is done
# without one and its results are named. Usage: run.sh PYTHON
set -eu

python=$1
here=$(cd "$(dirname "$0")" && pwd)
demo=demo

if [ ! -e "$demo/done" ]; then
    echo "Building the demonstration: an invented inquiry of 55 cases (once; about a minute) ..."
    rm -rf "$demo" # half of one, if it was cut off
    "$python" -m reviewer demo --to "$demo"
    touch "$demo/done"
fi
echo
cat "$demo/README.txt"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" = Linux ]; then
    echo
    echo "There is no screen here, so the window stays closed. The whole job was done without it; its results:"
    find "$demo" -type f ! -name done | sort | sed 's/^/    /'
    exit 0
fi
sh "$here/system-libraries.sh" qt "$python"
exec "$python" -m reviewer "$demo/northmoor.casebook"
