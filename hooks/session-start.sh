#!/bin/sh
# postern-hook: asks .postern/gate.cjs about this event; whatever is not a clean answer (exit 10) blocks it (exit 2).
unset NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_PATH NODE_V8_COVERAGE NODE_COMPILE_CACHE NODE_CHANNEL_FD NODE_UNIQUE_ID
unset NODE_DEBUG NODE_PENDING_DEPRECATION NODE_ICU_DATA NODE_REPL_EXTERNAL_MODULE NODE_TEST_CONTEXT NODE_REDIRECT_WARNINGS
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
gate=$here/../../.postern/gate.cjs event=${0##*/}
block() { echo "Postern: $1 This is blocked until a person mends it: $2" >&2; exit 2; }
command -v node >/dev/null 2>&1 || block 'Node is not on the PATH.' 'install Node 20.19 or newer.'
{ IFS= read -r boot <"$gate"; } 2>/dev/null || block '.postern/gate.cjs is missing, empty or cut off.' 'npx postern init'
node -e "$boot" "$gate" hook "${event%.sh}"
code=$?
[ "$code" -eq 10 ] && exit 0
[ "$code" -eq 2 ] || block "the runtime ended without an answer (exit $code)." 'npx postern doctor'
exit 2
