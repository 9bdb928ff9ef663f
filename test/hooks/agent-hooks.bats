#!/usr/bin/env bats
# The agent hooks against a runtime that does as the test says.

setup() {
  repo="$(mktemp -d "${TMPDIR:-/tmp}/postern hooks XXXXXX")"
  install_hooks "$repo"
}

teardown() { rm -rf "$repo"; }

# The first line is a boot that runs the rest of the file; the rest does what FAKE says.
install_hooks() {
  mkdir -p "$1/.claude/hooks" "$1/.postern"
  cp "$BATS_TEST_DIRNAME"/../../hooks/*.sh "$1/.claude/hooks/"
  chmod 755 "$1"/.claude/hooks/*.sh
  cat >"$1/.postern/gate.cjs" <<'GATE'
const [file, ...args] = process.argv.slice(1); const text = require('fs').readFileSync(file, 'utf8'); new Function('require', 'args', text.slice(text.indexOf('\n')))(require, args);
eval(process.env.FAKE ?? 'process.exitCode = 10');
GATE
}

hook() { "$repo/.claude/hooks/${1:-pre-tool-use.sh}"; }

# An environment whose PATH has the tools of a shell but not node.
without_node() {
  mkdir -p "$repo/bin"
  for tool in sh cat env; do ln -sf "$(command -v "$tool")" "$repo/bin/$tool"; done
  PATH="$repo/bin" "$@"
}

@test "each of the six events reaches the runtime under its own name" {
  [ "$(ls "$repo/.claude/hooks" | wc -l)" -eq 6 ]
  for file in "$repo"/.claude/hooks/*.sh; do
    name="$(basename "$file" .sh)"
    FAKE='console.log(args.join(" ")); process.exitCode = 10' run "$file"
    [ "$status" -eq 0 ]
    [ "$output" = "hook $name" ]
  done
}

@test "the six differ in nothing but their names" {
  for file in "$repo"/.claude/hooks/*.sh; do cmp "$file" "$repo/.claude/hooks/stop.sh"; done
}

@test "stdin goes in and the answer comes out, byte for byte" {
  head -c 300000 /dev/urandom >"$repo/input"
  FAKE='process.stdin.pipe(process.stdout); process.exitCode = 10' hook <"$repo/input" >"$repo/output"
  cmp "$repo/input" "$repo/output"
}

@test "a clean answer says nothing on stderr" {
  FAKE='process.exitCode = 10' hook </dev/null >"$repo/out" 2>"$repo/err"
  [ ! -s "$repo/out" ] && [ ! -s "$repo/err" ]
}

@test "only exit 10 passes" {
  for code in 0 1 2 3 9 11 126 127 255; do
    FAKE="process.exitCode = $code" run hook
    [ "$status" -eq 2 ]
  done
}

@test "a refusal of the runtime keeps its own words alone" {
  FAKE='console.error("no"); process.exitCode = 2' run hook
  [ "$status" -eq 2 ]
  [ "$output" = no ]
}

@test "a crash, a signal and an endless throw block with a line that says so" {
  for fake in 'throw new Error("x")' 'process.kill(process.pid, "SIGKILL")' 'process.abort()' 'setTimeout(() => { throw 1 })'; do
    FAKE="$fake" run hook
    [ "$status" -eq 2 ]
    [[ "$output" == *"ended without an answer"*"npx postern doctor"* ]]
  done
}

@test "an answer that was begun before a crash is not believed" {
  FAKE='console.log("{}"); process.exit(0)' run hook
  [ "$status" -eq 2 ]
}

@test "without node it blocks and says what to do" {
  run without_node "$repo/.claude/hooks/stop.sh"
  [ "$status" -eq 2 ]
  [[ "$output" == *"Node is not on the PATH"*"20.19"* ]]
}

@test "a runtime that is missing, empty, cut off or overwritten blocks" {
  rm "$repo/.postern/gate.cjs"
  run hook
  [ "$status" -eq 2 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ "$output" == *"missing or ended without an answer"*"npx postern init"* ]]
  for text in '' 'const x' 'const x = "' 'process.exit(0)\n' '\n' 'module.exports = {}\n' '\0\0\0\0'; do
    printf "$text" >"$repo/.postern/gate.cjs"
    run hook
    [ "$status" -eq 2 ]
  done
  rm "$repo/.postern/gate.cjs"
  mkdir "$repo/.postern/gate.cjs"
  run hook
  [ "$status" -eq 2 ]
}

@test "a runtime that is cut off after any of its lines blocks" {
  head -n 1 "$repo/.postern/gate.cjs" >"$repo/cut" && mv "$repo/cut" "$repo/.postern/gate.cjs"
  run hook
  [ "$status" -eq 2 ]
}

@test "variables that change what node does are taken away" {
  echo 'process.exit(10)' >"$repo/evil.cjs"
  NODE_OPTIONS="--require $repo/evil.cjs" NODE_EXTRA_CA_CERTS=/nowhere NODE_PATH=/x NODE_CHANNEL_FD=99 NODE_UNIQUE_ID=1 NODE_REPL_EXTERNAL_MODULE=/x \
    FAKE='console.log(Object.keys(process.env).filter((name) => /^NODE_/.test(name)).join()); process.exitCode = 10' run hook
  [ "$status" -eq 0 ]
  [ "$output" = '' ]
}

@test "it works from any folder, by any path, and under any name of the repository" {
  for name in 'a b' "quo\"te's" $'new\nline' 'ünï…☃' '$HOME `x` %s' '-dash' 'tail '; do
    mkdir "$repo/$name"
    install_hooks "$repo/$name"
    for from in / "$repo/$name" "$repo/$name/.claude"; do
      cd "$from"
      FAKE='console.log("here"); process.exitCode = 10' run "$repo/$name/.claude/hooks/stop.sh"
      [ "$status" -eq 0 ]
      [ "$output" = here ]
    done
    cd "$repo/$name/.claude/hooks"
    run ./stop.sh
    [ "$status" -eq 0 ]
    run sh stop.sh
    [ "$status" -eq 0 ]
  done
}
