# shellcheck shell=bash
# The files of the packages, where they will lie: TREE is the root of the machine that they are installed on.

: "${root:?is set by common.sh}" "${here:?is set by scripts/package}" "${version=}" "${maintainer=}" "${node_version:?is set by npm.sh}"

readonly program=usr/lib/hindsight

# A file with a mode of its own; folders on the way are made.
put() { install -D --mode="$1" "$2" "$3"; }

put_program() {
  local tree=$1 modules=$2 to=$1/$program
  mkdir -p "$to/config"
  cp -r "$root/dist" "$to/dist"
  # It is about this machine's folder, not about the program.
  rm -f "$to/dist/.built"
  # Only the launcher starts it, which knows the right Node; its first line names any.
  sed -i '1{/^#!/d}' "$to/dist/main.js"
  cp -r "$modules" "$to/node_modules"
  cp -r "$root/config/controllers" "$to/config/controllers"
  # What a player edits lies in /etc; the program finds it by this link, and names it by where it is.
  put 644 "$root/config/hindsight.yaml" "$tree/etc/hindsight/hindsight.yaml"
  ln -s /etc/hindsight/hindsight.yaml "$to/config/hindsight.yaml"
  # Which version this is, and that its files are modules.
  node -e "
    const { name, version, type, license } = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
    console.log(JSON.stringify({ name, version: process.argv[2] || version, type, license, private: true }, null, 2));
  " "$root/package.json" "$version" >"$to/package.json"
  put 755 "$root/bin/hindsight" "$to/bin/hindsight"
  put 755 "$root/bin/governor" "$to/bin/governor"
  mkdir -p "$tree/usr/bin"
  ln -s ../lib/hindsight/bin/hindsight "$tree/usr/bin/hindsight"
}

put_system_files() {
  local tree=$1 from=$root/systemd
  put 644 "$from/hindsight.service" "$tree/usr/lib/systemd/system/hindsight.service"
  put 644 "$from/sysusers.conf" "$tree/usr/lib/sysusers.d/hindsight.conf"
  put 644 "$from/tmpfiles.conf" "$tree/usr/lib/tmpfiles.d/hindsight.conf"
  put 644 "$from/modules-load.conf" "$tree/usr/lib/modules-load.d/hindsight.conf"
  put 644 "$from/udev.rules" "$tree/usr/lib/udev/rules.d/70-hindsight.rules"
  # Not into /etc/avahi/services: it leads to nothing as long as the page is this machine's own (docs/page.md).
  put 644 "$from/avahi/hindsight.service" "$tree/usr/share/hindsight/avahi/hindsight.service"
}

zip_away() { gzip -9 --no-name "$@"; }

put_documents() {
  local tree=$1 modules=$2 to=$1/usr/share/doc/hindsight
  mkdir -p "$to" "$tree/usr/share/man/man1"
  node "$here/packaging/documents.mjs" "$root" "$to"
  debian_changelog hindsight >"$to/changelog"
  # Not README.md, where links lead.
  zip_away "$to/changelog"
  node "$here/packaging/copyright.mjs" "$modules" >"$to/copyright"
  sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" \
    "$here/packaging/debian/hindsight.1" >"$tree/usr/share/man/man1/hindsight.1"
  zip_away "$tree/usr/share/man/man1/hindsight.1"
  put 644 "$here/packaging/debian/lintian-overrides" "$tree/usr/share/lintian/overrides/hindsight"
}

# Debian's form of CHANGELOG.md: what is new for players, dated like the commit.
debian_changelog() {
  printf '%s (%s) unstable; urgency=medium\n\n' "$1" "${2:-$version}"
  if [[ $1 == hindsight ]]; then
    # The newest version's points, a line each; those that go on are one line then.
    awk '/^## /{ if (seen++) exit; next } seen && /^- /{ if (line) print line; line = "  * " substr($0, 3); next }
         seen && /^  /{ sub(/^ +/, ""); line = line " " $0 } END { if (line) print line }' "$root/CHANGELOG.md" | fold --spaces --width=76 |
      sed -e 's/[[:space:]]*$//' -e '/^  \*/!s/^/    /'
  else
    printf '  * Node %s, as its project ships it.\n' "$node_version"
  fi
  printf '\n -- %s  %s\n' "$maintainer" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

# Licences are in the copyright file; npm's packages need no right to be run.
settle_modes() {
  local tree=$1
  find "$tree" -type d -exec chmod 755 {} +
  find "$tree/$program" -path "$tree/$program/bin" -prune -o -type f -exec chmod 644 {} +
}

make_tree() {
  local tree=$1 modules=$2
  put_program "$tree" "$modules"
  put_system_files "$tree"
  put_documents "$tree" "$modules"
  find "$tree/$program/node_modules" -type f -iname 'licen*' -delete
  find "$tree/$program/node_modules" -depth -type d -empty -delete
  settle_modes "$tree"
}

make_node_tree() {
  local tree=$1 unpacked=$2 doc=$1/usr/share/doc/hindsight-node
  put 755 "$unpacked/bin/node" "$tree/usr/lib/hindsight-node/bin/node"
  put 644 "$unpacked/LICENSE" "$doc/copyright"
  debian_changelog hindsight-node "$node_version" >"$doc/changelog"
  zip_away "$doc/changelog"
  put 644 "$here/packaging/debian/hindsight-node.lintian-overrides" "$tree/usr/share/lintian/overrides/hindsight-node"
  find "$tree" -type d -exec chmod 755 {} +
}
