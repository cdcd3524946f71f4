# shellcheck shell=bash
# Shared by the scripts beside this folder: where things are, how they speak, and what is still current.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# In node_modules, so that whoever removes that also removes what is known about it.
state=$root/node_modules/.hindsight
readonly root state

# Standard error: standard output belongs to the looper and to the test results.
say() { printf 'hindsight %s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# A long command's output matters only when it fails.
quietly() {
  local log code=0
  log=$(mktemp)
  # 9 is the lock: a process that outlives us must not keep it.
  "$@" >"$log" 2>&1 </dev/null 9>&- || code=$?
  ((code == 0)) || cat "$log" >&2
  rm -f "$log"
  return "$code"
}

# The folder itself is the lock: nothing to leave behind, and npm cannot delete it. Held until the script ends.
lock_repository() {
  exec 9<"$root"
  flock --nonblock 9 && return
  say 'another setup or build is at work here; waiting for it'
  flock 9
}

# Runs a command while no other start of the scripts, from this repository or another, works in the same folder of a cache. In a
# shell of its own, with whose end the lock goes.
alone_in() (
  mkdir -p "$1"
  exec {lock}>"$1/lock"
  if ! flock --nonblock "$lock"; then
    say "another one is at work in $1; waiting for it"
    flock "$lock"
  fi
  shift
  "$@"
)

hash_of_input() { sha256sum | cut -c1-16; }

# Writes a stamp whole or not at all: half a stamp would be trusted.
write_stamp() {
  mkdir -p "$state"
  printf '%s\n' "$2" >"$state/$1.part"
  mv "$state/$1.part" "$state/$1"
}

stamp_is() { [[ -n $2 && -f $state/$1 && $(<"$state/$1") == "$2" ]]; }

# Tells one node binary from another without starting it, which would cost 40 ms at every start.
node_identity() {
  local node
  node=$(type -P node) || return 1
  stat --dereference --format='%n %s %Y' "$node"
}

# ABI and platform of the node that setup last found fit; fails for any other, which setup has to look at first.
remembered_abi() {
  local identity remembered=()
  identity=$(node_identity) || return 1
  [[ -f $state/node ]] && mapfile -t remembered <"$state/node"
  [[ ${remembered[0]-} == "$identity" ]] && printf '%s\n' "${remembered[1]}"
}

# npm's packages depend on the lock file and, through the ready-made binaries among them, on the platform.
packages_key() { printf '%s %s\n' "$(hash_of_input <"$root/package-lock.json")" "${1#* }"; }

# The compiled parts depend on node's ABI and on the way they are built.
native_key() { printf '%s %s %s\n' "$1" "$(packages_key "$1")" "$(cat "$root"/scripts/lib/{native.sh,naudiodon.patch} | hash_of_input)"; }

packages_current() { stamp_is packages "$(packages_key "$1")"; }
native_current() { stamp_is native "$(native_key "$1")"; }
# Known not to build: asked again only by a setup that insists, not at every start.
native_given_up() { stamp_is native-failed "$(native_key "$1")"; }

# Names, sizes and times of every source: finds what changed, came and went, also when a checkout sets a clock back.
sources_key() {
  {
    cat "$state/packages"
    find "$root/src" "$root/tsconfig.json" "$root/vite.config.js" "$root"/scripts/{build,lib/*.mjs} -type f -printf '%P %s %T@\n' | LC_ALL=C sort
  } | hash_of_input
}

build_current() { [[ -f $root/dist/.built && $(<"$root/dist/.built") == "$(sources_key)" ]]; }
