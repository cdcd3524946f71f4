# shellcheck shell=bash
# What this machine lacks to build and run, and how it gets it: apt where allowed, a line to type where not.

readonly build_tools='a C++ compiler, make, patch, Python 3 (for node-gyp) and libportaudio.so.2'

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# Not by ldconfig alone: it is outside a plain user's PATH.
portaudio_library() {
  local folder
  for folder in "/usr/lib/$(uname -m)-linux-gnu"* /usr/lib64 /usr/lib /usr/local/lib; do
    [[ -e $folder/libportaudio.so.2 ]] && printf '%s\n' "$folder/libportaudio.so.2" && return
  done
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | sed -n 's/^\tlibportaudio\.so\.2 .*=> //p;T;q' | grep .
}

# python3-minimal answers to the name but lacks what gyp imports.
python_is_whole() { python3 -c 'import argparse, json, multiprocessing, shlex, xml.dom.minidom' 2>/dev/null; }

node_is_debians() {
  [[ $(readlink -f "$(type -P node)") == /usr/bin/node* ]] &&
    dpkg-query --show --showformat='${Maintainer}' nodejs 2>/dev/null | grep -q debian.org
}

# Prints the Debian packages that are missing, one a line.
missing_packages() {
  command -v npm >/dev/null || echo npm
  # libportaudio2 brings ALSA's library (libasound2, libasound2t64) along, which the MIDI part needs too.
  portaudio_library >/dev/null || echo libportaudio2
  command -v "${CXX:-g++}" >/dev/null || echo g++
  command -v make >/dev/null || echo make
  command -v patch >/dev/null || echo patch
  python_is_whole || echo python3
  # Without headers on the disk node-gyp would download them, and the network may be closed.
  [[ -n $(node_headers) ]] || ! node_is_debians || echo libnode-dev
}

# How to become root here: an array of words, empty for root; fails where nobody may.
become_root() {
  if ((EUID == 0)); then
    root_by=()
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 && -t 2 ]]; }; then
    root_by=(sudo)
  else
    return 1
  fi
}

# A fresh machine's own upgrades may hold dpkg's lock for a while.
apt() { quietly "${root_by[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"; }

lists_missing() { [[ -z $(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit 2>/dev/null) ]]; }

# Lists may be old, so a failed install gets fresh ones and a second try.
apt_install() {
  if ! lists_missing; then
    # Asks for sudo's password where its answer is seen; the install after it may fail quietly.
    quietly "${root_by[@]}" true || return
    apt install -y --no-install-recommends "$@" 2>/dev/null && return
  fi
  say 'fetching the package lists (apt-get update)'
  apt update || say 'apt-get update had errors (above); trying with the lists there are'
  apt install -y --no-install-recommends "$@"
}

# Where the packages cannot be installed for you: one line to type, and the end.
die_asking_for() {
  if ((EUID == 0)); then
    die "these packages are missing and could not be installed: $*; see above, put apt in order and start again"
  fi
  say "these packages are missing, and installing them takes root: $*"
  say 'type this, then start again:'
  local install="apt-get install -y --no-install-recommends $*"
  if command -v sudo >/dev/null; then
    printf '\n  sudo apt-get update && sudo %s\n\n' "$install" >&2
  else
    # A login shell: plain su leaves out the sbin folders, which dpkg wants.
    printf "\n  su - -c 'apt-get update && %s'\n\n" "$install" >&2
  fi
  exit 1
}

install_missing_packages() {
  local missing root_by
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  is_debian ||
    die "this is not Debian; install what matches Debian's ${missing[*]} (needed: npm, $build_tools), then start again"
  [[ " ${missing[*]} " != *' npm '* ]] || node_is_debians ||
    die "npm is missing, and this node ($(type -P node)) is not Debian's: install the npm that belongs to it, then start again"
  become_root || die_asking_for "${missing[@]}"
  say "installing through apt: ${missing[*]}"
  apt_install "${missing[@]}" || die_asking_for "${missing[@]}"
}

# What the tests in a browser need beside all that.
install_browser() {
  local root_by
  ! command -v chromium >/dev/null || return 0
  is_debian || die "the tests in a browser need chromium; install it, then start again"
  become_root || die_asking_for chromium
  say 'installing through apt: chromium'
  apt_install chromium || die_asking_for chromium
}

# What making a package needs beside all that.
install_packaging_tools() {
  local command missing=() root_by
  local -A needed=([debootstrap]=debootstrap [readelf]=binutils [openssl]=openssl [dpkg-deb]=dpkg [unshare]=util-linux [patch]=patch)
  for command in "${!needed[@]}"; do
    command -v "$command" >/dev/null || missing+=("${needed[$command]}")
  done
  ((${#missing[@]})) || return 0
  is_debian || die "packages are made on Debian; install what matches its ${missing[*]}, then start again"
  become_root || die_asking_for "${missing[@]}"
  say "installing through apt: ${missing[*]}"
  apt_install "${missing[@]}" || die_asking_for "${missing[@]}"
}

# What looks a package over.
install_lintian() {
  local root_by
  ! command -v lintian >/dev/null || return 0
  is_debian || die 'packages are looked over by lintian; install it, then start again'
  become_root || die_asking_for lintian
  say 'installing through apt: lintian'
  apt_install lintian || die_asking_for lintian
}
