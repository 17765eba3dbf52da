#!/bin/sh
# What the wheels expect of the system and do not bring: installed where we may (Debian and its kin, as root or with
# sudo that asks nothing), named in one line to type where we may not. Usage: system-libraries.sh qt|freeze|faults PYTHON
set -eu

what=$1
python=$2
[ "$(uname -s)" = Linux ] || exit 0 # the wheels for macOS and Windows bring everything

missing_for_qt() {
    folder=$("$python" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    for file in QtWidgets.abi3.so QtSvg.abi3.so QtPrintSupport.abi3.so Qt/plugins/iconengines/libqsvgicon.so \
        Qt/plugins/platforms/libqoffscreen.so Qt/plugins/platforms/libqxcb.so Qt/plugins/platforms/libqwayland.so; do
        ldd "$folder/$file" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p'
    done | sort -u
}

missing_for_freeze() { # PyInstaller reads binaries with objdump, and bundles the shared libpython
    command -v objdump >/dev/null 2>&1 || echo objdump
    "$python" -c 'import sys
from PyInstaller.depend.bindepend import get_python_library_path as found
try: sys.exit(not found())
except Exception: sys.exit(1)' >/dev/null 2>&1 || echo libpython
}

missing_for_faults() { # the recorder of what is written to the disk is a few lines of C; leaks are looked for with strace
    command -v gcc >/dev/null 2>&1 || command -v cc >/dev/null 2>&1 || echo compiler
    for tool in strace dbus-daemon; do command -v $tool >/dev/null 2>&1 || echo $tool; done
}

case $what in
faults)
    packages="gcc libc6-dev strace dbus"
    reason="Trying power loss and looking for leaks need a C compiler, strace and dbus-daemon"
    ;;
qt)
    packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libx11-6 libx11-xcb1 libxcb1
        libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render0 libxcb-render-util0
        libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon0
        libxkbcommon-x11-0 libwayland-client0 libwayland-cursor0 libwayland-egl1"
    reason="The window needs some system libraries"
    ;;
freeze)
    packages="binutils libpython$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    reason="Building the frozen program needs two system packages"
    ;;
*)
    echo "usage: system-libraries.sh qt|freeze|faults PYTHON" >&2
    exit 2
    ;;
esac

missing=$(missing_for_"$what" | tr '\n' ' ')
[ -n "$missing" ] || exit 0

packages=$(echo $packages) # on one line
if ! command -v apt-get >/dev/null 2>&1; then
    echo "$reason that are not here: $missing" >&2
    echo "Please install them with your system's package manager, then try again." >&2
    exit 1
elif [ "$(id -u)" = 0 ]; then
    may=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    may="sudo -n"
else
    echo "$reason. Please type this one line, then try again:" >&2
    echo "    sudo apt-get install --no-install-recommends $packages" >&2
    exit 1
fi

echo "$reason: installing $packages"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { $may apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends $packages >"$log" 2>&1; }
if ! install; then # a fresh machine has no package lists yet
    $may apt-get -q -o DPkg::Lock::Timeout=120 update >"$log" 2>&1 || true
    install || {
        cat "$log" >&2
        echo "$reason, and installing them failed (see above): $packages" >&2
        exit 1
    }
fi

missing=$(missing_for_"$what" | tr '\n' ' ')
[ -z "$missing" ] || {
    echo "$reason, and these are still missing: $missing" >&2
    exit 1
}
