# shellcheck shell=bash
# A tree of files becomes a package; the same tree, the same bytes.

: "${here:?is set by scripts/package}" "${version=}" "${maintainer=}" "${node_version:?is set by npm.sh}"

# Debian's own Node where it is new enough; init-system-helpers, which the scripts call, is always there.
hindsight_control() {
  local arch=$1 size=$2 glibc=$3
  cat <<END
Package: hindsight
Version: $version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $size
Depends: nodejs (>= 20.19) | hindsight-node, libasound2 | libasound2t64, libportaudio2, libsystemd0, libc6 (>= $glibc), libgcc-s1, libstdc++6, systemd, udev, passwd, kmod
Recommends: avahi-daemon
Suggests: gpiod, libi2c0
Section: sound
Priority: optional
Description: live looper that was already recording
 You play; then you stomp; the bars that you just played are looping, in time,
 and the pad under your foot is lit. Nothing is armed beforehand and no good
 take is lost.
 .
 This package makes a box of a Raspberry Pi or any Debian machine with an audio
 interface and a foot or pad controller: it loops after power-on, without
 network, keyboard and screen.
END
}

node_control() {
  local arch=$1 size=$2
  cat <<END
Package: hindsight-node
Version: $node_version
Architecture: $arch
Maintainer: $maintainer
Installed-Size: $size
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6
Section: javascript
Priority: optional
Description: Node.js runtime for hindsight where Debian's is too old
 Debian 12 has Node 18, which hindsight does not run on. This package brings
 the runtime alone, in a folder of its own; nothing else sees it.
END
}

# A tree's checksums, as dpkg --verify reads them.
checksums() { (cd "$1" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum); }

# As deb-substvars(5) has it: each file in whole KiB, and one for each folder or link, whatever this file system says of those.
installed_kilobytes() {
  find "$1" -mindepth 1 -path "$1/DEBIAN" -prune -o -type f -printf '%s\n' -o -printf '1\n' |
    awk '{ sum += int(($1 + 1023) / 1024) } END { print sum + 0 }'
}

# All times are the commit's, and one thread compresses: several would cut the file by how many there are.
build_deb() {
  local tree=$1 file=$2
  checksums "$tree" >"$tree/DEBIAN/md5sums"
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  quietly dpkg-deb --root-owner-group -Zxz -z6 --threads-max=1 --build "$tree" "$file.part" || die "$file: dpkg-deb failed; see above"
  mv "$file.part" "$file"
  say "$file: $(du -h "$file" | cut -f 1)"
}

hindsight_deb() {
  local tree=$1 arch=$2 glibc=$3 output=$4
  mkdir "$tree/DEBIAN"
  hindsight_control "$arch" "$(installed_kilobytes "$tree")" "$glibc" >"$tree/DEBIAN/control"
  (cd "$tree" && find etc -type f -printf '/%p\n' | LC_ALL=C sort) >"$tree/DEBIAN/conffiles"
  install --mode=755 "$here"/packaging/debian/{postinst,prerm,postrm} "$tree/DEBIAN/"
  build_deb "$tree" "$output/hindsight_${version}_$arch.deb"
}

node_deb() {
  local tree=$1 arch=$2 output=$3
  mkdir "$tree/DEBIAN"
  node_control "$arch" "$(installed_kilobytes "$tree")" >"$tree/DEBIAN/control"
  build_deb "$tree" "$output/hindsight-node_${node_version}_$arch.deb"
}
