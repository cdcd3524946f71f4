# shellcheck shell=bash
# What is compiled: naudiodon, with our patch, for the package's architecture. And what is compiled already: is it what we think?

: "${root:?is set by common.sh}" "${here:?is set by scripts/package}" "${toolchain=}"

readonly -A triple=([amd64]=x86_64-linux-gnu [arm64]=aarch64-linux-gnu)
readonly -A elf_machine=([amd64]='Advanced Micro Devices X86-64' [arm64]=AArch64)

# All that is compiled, below node_modules. Another one is looked at by a person first: one that is not N-API (with nan, say) fits one Node only.
readonly native_parts='@julusian/midi @koromix @resvg naudiodon'

# Debian 12's.
readonly newest_glibc=2.36

# Runs a command in the toolchain, in a folder of it.
in_toolchain() {
  local tree=$1 folder=$2
  shift 2
  quietly chroot "$tree" env --ignore-environment --chdir="${folder#"$tree"}" LC_ALL=C PATH=/usr/bin:/bin "$@"
}

# N-API does not change from one Node to the next, so that one file does for all from 20 on; its headers come with koffi. As node-gyp
# would call the compiler; naudiodon's sources forget <string>.
# shellcheck disable=SC2016 # the shell in the toolchain expands it
compile_naudiodon() {
  local arch=$1 modules=$2 tree=$3 out=$4 work
  work=$(mktemp -d "$tree/tmp/naudiodon.XXXXXX")
  cp -r "$modules/naudiodon/src" "$modules/naudiodon/portaudio/include" "$work/"
  cp -r "$modules/koffi/vendor/node-api-headers/include" "$work/napi"
  sed -i 's/\r$//' "$work"/src/*
  quietly patch --directory="$work" --strip=1 --input="$root/scripts/lib/naudiodon.patch" &&
    in_toolchain "$tree" "$work" sh -ec '
      for source in src/*.cc; do
        $1-g++ -std=c++11 -O3 -fPIC -pthread -fno-omit-frame-pointer -include string -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
          -ffile-prefix-map="$PWD"=. -DNODE_GYP_MODULE_NAME=naudiodon -DBUILDING_NODE_EXTENSION -Iinclude -Inapi \
          -c "$source" -o "$source.o"
      done
      $1-g++ -shared -pthread -Wl,-z,relro,-z,now -Wl,--allow-shlib-undefined -o naudiodon.node src/*.o /portaudio/usr/lib/$1/libportaudio.so.2
      $1-strip --strip-unneeded naudiodon.node
    ' sh "${triple[$arch]}" && mv "$work/naudiodon.node" "$out"
  local code=$?
  rm -rf "$work"
  return "$code"
}

# Symbols of its own that nobody reads are a third of Node's runtime.
strip_binary() {
  local arch=$1 file=$2 work
  work=$(mktemp -d "$toolchain/tmp/strip.XXXXXX")
  cp "$file" "$work/file"
  in_toolchain "$toolchain" "$work" "${triple[$arch]}-strip" --strip-unneeded file || die "$file: cannot be stripped; see above"
  mv "$work/file" "$file"
  rm -rf "$work"
}

keep_naudiodon() {
  local arch=$1 modules=$2 tree=$3 file=$4
  [[ ! -f $file ]] || return 0
  say "compiling the audio driver (naudiodon) for $arch"
  compile_naudiodon "$arch" "$modules" "$tree" "$file.part" || die "naudiodon does not compile for $arch; see above"
  mv "$file.part" "$file"
}

# Compiled once for each patch, version and toolchain.
naudiodon_for() {
  local arch=$1 modules=$2 tree=$3 cache key
  cache=${HINDSIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hindsight}/drivers
  key=$(cat "$root"/scripts/lib/naudiodon.patch "$here/packaging/drivers.sh" "$modules"/{naudiodon,koffi}/package.json |
    sha256sum - <(printf '%s\n' "$tree") | sha256sum | cut -c -16)
  alone_in "$cache" keep_naudiodon "$arch" "$modules" "$tree" "$cache/$key-$arch.node" || return
  printf '%s\n' "$cache/$key-$arch.node"
}

# The newest glibc that a file asks for.
glibc_of() { readelf --version-info --wide "$1" | grep -o 'GLIBC_2\.[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -n 1; }

# Dies where a compiled part is unexpected, for another machine, tied to one Node, or too new for Debian 12. Prints the newest glibc asked for.
check_native_parts() {
  local modules=$1 arch=$2 file newest=2.17 found parts
  parts=$(cd "$modules" && find . -name '*.node' -printf '%P\n' | sed -E 's,^(@koromix|@resvg|@[^/]*/[^/]*|[^/]*)/.*,\1,' | LC_ALL=C sort | xargs)
  [[ $parts == "$native_parts" ]] || die "compiled parts are in: $parts; expected: $native_parts; see scripts/packaging/drivers.sh"
  while read -r file; do
    readelf --file-header "$file" | grep -q "Machine: *${elf_machine[$arch]}" || die "$file: is not for $arch"
    ! readelf --dyn-syms --wide "$file" | grep -qE 'UND _ZN?K?(2v8|4node)' || die "$file: is tied to one version of Node (it is not N-API)"
    found=$(glibc_of "$file")
    [[ -z $found || $(printf '%s\n' "$found" "$newest_glibc" | sort -V | tail -n 1) == "$newest_glibc" ]] ||
      die "$file: needs glibc $found, which Debian 12 does not have"
    newest=$(printf '%s\n' "$newest" "$found" | sort -V | tail -n 1)
  done < <(find "$modules" -name '*.node')
  printf '%s\n' "$newest"
}
