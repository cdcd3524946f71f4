# shellcheck shell=bash
# The drivers. Compiled here: naudiodon 2.3.6 (PortAudio) and the segfault-handler it insists on.

: "${root:?is set by common.sh}"

# naudiodon ships its own PortAudio for x86-64 and 32-bit ARM only. The system's serves every architecture,
# and as a link it stays right when Debian mends it.
use_system_portaudio() {
  local library
  library=$(portaudio_library) || return
  ln -sfn "$library" "$root/node_modules/naudiodon/portaudio/bin/libportaudio.so.2"
  ln -sfn "$library" "$root/node_modules/naudiodon/portaudio/bin_armhf/libportaudio.so.2"
}

# What it does not do by itself, and a stage needs (ARCHITECTURE.md, "The interface"): in a fresh copy, so that it can be done twice.
mend_naudiodon() {
  local module=$root/node_modules/naudiodon
  if [[ ! -d $module/src.shipped ]]; then
    rm -rf "$module/src.part"
    cp -r "$module/src" "$module/src.part" && mv "$module/src.part" "$module/src.shipped"
  fi
  rm -rf "$module/src"
  cp -r "$module/src.shipped" "$module/src"
  sed -i 's/\r$//' "$module"/src/*
  quietly patch --directory="$module" --strip=1 --input="$root/scripts/lib/naudiodon.patch"
}

# -include string: naudiodon's sources forget it, which GCC 14 (Debian 13) takes as an error.
compile() {
  local module=$1 node_gyp=$2 headers=$3
  (
    cd "$root/node_modules/$module" || exit
    CXXFLAGS="${CXXFLAGS:-} -include string" JOBS=max npm_config_nodedir=$headers \
      quietly node "$node_gyp" rebuild --loglevel=warn --nodedir="$headers"
  )
}

# In an empty folder, since naudiodon leaves a crash.log where it runs; it also writes to standard output.
naudiodon_loads() {
  local folder code=0
  folder=$(mktemp -d)
  (
    cd "$folder" || exit
    quietly node -e "
      const devices = require(process.argv[1]).getDevices();
      if (!Array.isArray(devices)) throw new Error('getDevices() gave no list');
    " "$root/node_modules/naudiodon"
  ) || code=$?
  rm -rf "$folder"
  return "$code"
}

# Ready-made in its package; without a sequencer (/dev/snd/seq) it must load all the same.
midi_loads() {
  (cd "$root" && quietly node --input-type=module -e "await import('@julusian/midi')") && return
  say "the MIDI driver (@julusian/midi) does not load (above); is ALSA's library (libasound.so.2) in order?"
  return 1
}

build_native() {
  local node_gyp headers
  headers=$(node_headers)
  [[ -n $headers ]] || {
    say "Node's own headers (include/node beside bin/node) are missing; install Node.js with them, or set npm_config_nodedir"
    return 1
  }
  node_gyp=$(node_gyp)
  [[ -f $node_gyp ]] || {
    say 'npm came without node-gyp; install the npm that belongs to your Node.js'
    return 1
  }
  say 'compiling the audio driver (naudiodon)'
  use_system_portaudio && mend_naudiodon && compile segfault-handler "$node_gyp" "$headers" && compile naudiodon "$node_gyp" "$headers" &&
    naudiodon_loads && midi_loads
}
