#!/usr/bin/env bats
# The git hooks with real commits and pushes against a runtime that does as the test says.

setup() {
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
  export GIT_AUTHOR_NAME=Dev GIT_AUTHOR_EMAIL=dev@example.test GIT_COMMITTER_NAME=Dev GIT_COMMITTER_EMAIL=dev@example.test
  scratch="$(mktemp -d "${TMPDIR:-/tmp}/postern git XXXXXX")"
  repo="$scratch/it's a repo"
  guarded "$repo"
  cd "$repo"
}

teardown() { rm -rf "$scratch"; }

guarded() {
  git init -q -b main "$1"
  git init -q --bare "$1.git"
  git -C "$1" remote add origin "$1.git"
  git -C "$1" commit -q --allow-empty -m First
  git -C "$1" branch before-postern
  mkdir "$1/.postern" "$1/.husky"
  cp "$BATS_TEST_DIRNAME"/../../husky/* "$1/.husky/"
  chmod 755 "$1"/.husky/*
  git -C "$1" config core.hooksPath .husky
  echo "eval(process.env.FAKE ?? 'process.exitCode = 10')" >"$1/.postern/gate.cjs"
  git -C "$1" add -A
  git -C "$1" commit -q -m Guard
}

commit() { git commit -q --allow-empty -m "${1:-x}"; }

# A hook of the person's that stood there before ours.
before() { printf '%s\n' '#!/bin/sh' "$2" >".husky/$1.before-postern" && chmod 755 ".husky/$1.before-postern"; }

@test "the runtime is asked about each step, with git's own arguments" {
  export FAKE='require("fs").appendFileSync("asked", process.argv.slice(2).join(" ") + "\n"); process.exitCode = 10'
  commit
  git push -q origin main
  run cat asked
  [ "${lines[0]}" = 'git pre-commit' ]
  [ "${lines[1]}" = 'git prepare-commit-msg .git/COMMIT_EDITMSG message' ]
  [ "${lines[2]}" = 'git commit-msg .git/COMMIT_EDITMSG' ]
  [ "${lines[3]}" = "git pre-push origin $repo.git" ]
}

@test "what keeps a commit from being marked does not keep it from being made; a refusal does" {
  for fake in 'process.exitCode = 2' 'process.exitCode = 0' 'throw 1'; do
    FAKE="$fake" run sh .husky/prepare-commit-msg .git/COMMIT_EDITMSG message
    [ "$status" -eq 0 ]
  done
  FAKE='process.exitCode = 11' run sh .husky/prepare-commit-msg .git/COMMIT_EDITMSG message
  [ "$status" -eq 1 ]
  rm .postern/gate.cjs
  git commit -q --no-verify --allow-empty -m 'Without the runtime'
}

@test "the runtime is told of extra certificates, and does not start with them" {
  export FAKE='require("fs").writeFileSync("told", `${process.env.POSTERN_CA}|${process.env.NODE_EXTRA_CA_CERTS}`); process.exitCode = 10'
  NODE_EXTRA_CA_CERTS=/some/ca.pem sh .husky/pre-commit
  [ "$(cat told)" = '/some/ca.pem|' ]
}

@test "exit 10 goes on, 11 is a refusal, 2 a failure to judge; all else refuses and says so" {
  commit
  for codes in '11 1' '2 2'; do
    FAKE="console.error('why'); process.exitCode = ${codes% *}" run sh .husky/pre-commit
    [ "$status" -eq "${codes#* }" ]
    [ "$output" = why ]
  done
  for fake in 'process.exitCode = 0' 'process.exitCode = 1' 'process.kill(process.pid, "SIGKILL")' 'process.exitCode = 255' 'throw 1'; do
    FAKE="$fake" run sh .husky/pre-commit
    [ "$status" -eq 2 ]
    [[ "$output" == *"broke off"*"npx postern doctor"* ]]
  done
  head -c 40 .postern/gate.cjs >cut && mv cut .postern/gate.cjs
  run sh .husky/pre-commit
  [ "$status" -eq 2 ]
  [[ "$output" == *"broke off"*"npx postern doctor"* ]]
}

@test "renamed by a hook manager, such as to pre-commit.legacy, it still knows which step it judges" {
  mv .husky/pre-push .husky/pre-push.legacy
  FAKE='console.error(process.argv[3]); process.exitCode = 11' run sh .husky/pre-push.legacy origin url </dev/null
  [ "$status" -eq 1 ]
  [ "$output" = pre-push ]
}

@test "the list of refs reaches the runtime and then the hook of before" {
  before pre-push 'cat >theirs; echo "$1" >remote'
  FAKE='require("fs").writeFileSync("ours", require("fs").readFileSync(0)); process.exitCode = 10' git push -q origin main main:other
  [ "$(wc -l <ours)" -eq 2 ]
  cmp ours theirs
  [ "$(cat remote)" = origin ]
}

@test "a hook of before has the last word, and is not asked about what was refused" {
  before pre-commit 'touch ran; exit 7'
  FAKE='process.exitCode = 11' run commit
  [ ! -e ran ]
  run commit
  [ "$status" -ne 0 ]
  [ -e ran ]
  before commit-msg 'echo "$1" >message'
  rm .husky/pre-commit.before-postern
  commit
  [ "$(cat message)" = .git/COMMIT_EDITMSG ]
}

@test "a hook of before that git would not run is not run" {
  before pre-commit 'touch ran'
  chmod 644 .husky/pre-commit.before-postern
  commit
  [ ! -e ran ]
}

@test "under husky the hook of before runs as husky runs hooks: by sh -e, executable or not" {
  printf 'false\ntouch ran\n' >.husky/pre-commit.before-postern
  run sh -e .husky/pre-commit
  [ "$status" -eq 1 ]
  [ ! -e ran ]
  printf 'touch ran\n' >.husky/pre-commit.before-postern
  run sh -e .husky/pre-commit
  [ "$status" -eq 0 ]
  [ -e ran ]
  run sh -e .husky/commit-msg x
  [ "$status" -eq 0 ]
}

@test "the hook of a folder outside runs after ours" {
  mkdir "$scratch/out side"
  printf '#!/bin/sh\necho "$0" >ran\n' >"$scratch/out side/pre-commit"
  chmod 755 "$scratch/out side/pre-commit"
  git config postern.nextHooksPath "$scratch/out side"
  commit
  [ "$(cat ran)" = "$scratch/out side/pre-commit" ]
  git config postern.nextHooksPath "$scratch/nowhere"
  commit
}

@test "a branch from before Postern can be worked on" {
  cp -r .husky "$scratch/hooks"
  git config core.hooksPath "$scratch/hooks"
  git checkout -q before-postern
  run commit
  [ "$status" -eq 0 ]
  [[ "$output" == *"Postern is not in this branch"* ]]
  git push -q origin before-postern
}

@test "a worktree that lost its runtime, or all of .postern, is refused" {
  rm .postern/gate.cjs
  run commit
  [ "$status" -ne 0 ]
  [[ "$output" == *"missing, empty"*"npx postern init"* ]]
  rm -r .postern
  run commit
  [ "$status" -ne 0 ]
  git checkout -q -- .postern
  : >.postern/gate.cjs
  run commit
  [ "$status" -ne 0 ]
}

@test "a linked worktree is judged by its own runtime" {
  git worktree add -q "$scratch/linked"
  cd "$scratch/linked"
  echo 'console.error("linked"); process.exitCode = 11' >.postern/gate.cjs
  run commit
  [ "$status" -ne 0 ]
  [ "$output" = linked ]
  cd "$repo"
  commit
}

@test "without node it refuses and says what to do" {
  mkdir "$scratch/bin"
  for tool in sh cat git; do ln -s "$(command -v "$tool")" "$scratch/bin/$tool"; done
  PATH="$scratch/bin" run sh .husky/pre-commit
  [ "$status" -eq 2 ]
  [[ "$output" == *"Node is not on the PATH"*"Install Node 20.19"* ]]
}

@test "NODE_OPTIONS cannot load anything into the runtime, and the hook of before still gets them" {
  echo 'process.exit(10)' >"$scratch/evil.cjs"
  before pre-commit 'echo "$NODE_OPTIONS" >options'
  export NODE_OPTIONS="--require '$scratch/evil.cjs'"
  FAKE='process.exitCode = 11' run commit
  [ "$status" -ne 0 ]
  export NODE_OPTIONS=--no-warnings
  commit
  [ "$(cat options)" = --no-warnings ]
}

@test "a push of nothing is judged too" {
  git push -q origin main
  export FAKE='require("fs").writeFileSync("refs", require("fs").readFileSync(0)); process.exitCode = 10'
  git push -q origin main
  [ -e refs ] && [ ! -s refs ]
}

@test "the hook that passes on does so, and is silent where there is nothing to pass on to" {
  cp "$BATS_TEST_DIRNAME/../../templates/pass-hook.sh" .husky/post-commit
  chmod 755 .husky/post-commit
  run commit
  [ "$status" -eq 0 ] && [ "$output" = '' ]
  mkdir "$scratch/out"
  printf '#!/bin/sh\ntouch ran\n' >"$scratch/out/post-commit"
  chmod 755 "$scratch/out/post-commit"
  git config postern.nextHooksPath "$scratch/out"
  commit
  [ -e ran ]
}
