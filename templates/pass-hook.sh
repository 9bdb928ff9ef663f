#!/bin/sh
# postern-hook: passes on to the hook of this name in the folder that core.hooksPath named before Postern came.
next=$(git config --type=path postern.nextHooksPath)/${0##*/} || exit 0
[ -x "$next" ] || exit 0
exec "$next" "$@"
