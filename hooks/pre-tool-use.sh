#!/bin/sh
# postern-hook: asks .postern/gate.cjs about this event; whatever is not a clean answer (exit 10) blocks it (exit 2).
unset NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_PATH NODE_V8_COVERAGE NODE_COMPILE_CACHE NODE_CHANNEL_FD NODE_UNIQUE_ID \
  NODE_DEBUG NODE_PENDING_DEPRECATION NODE_ICU_DATA NODE_REPL_EXTERNAL_MODULE NODE_TEST_CONTEXT NODE_REDIRECT_WARNINGS
case $0 in */*) root=${0%/*}/../.. ;; *) root=../.. ;; esac
event=${0##*/} event=${event%.sh}
block() { echo "Postern: $1 This is blocked until a person mends it: $2" >&2; exit 2; }
run() { { IFS= read -r boot <"$1"; } 2>/dev/null || return 3; UV_THREADPOOL_SIZE=1 node --v8-pool-size=0 -e "$boot" "$1" hook "$event"; }
command -v node >/dev/null 2>&1 || block 'Node is not on the PATH.' 'install Node 20.19 or newer.'
run "$root/.postern/gate.cjs"; code=$?
# A call may have broken the runtime itself: the copy that was kept before it puts it back.
case $code-$event in 2-* | 10-*) ;; *-post-tool-use) run "$root/.git/postern/kept/gate.cjs"; code=$? ;; esac
[ "$code" -eq 10 ] && exit 0
[ "$code" -eq 2 ] || block "the runtime .postern/gate.cjs is missing or ended without an answer (exit $code)." "npx postern init, then npx postern doctor"
exit 2
