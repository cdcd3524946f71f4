# shellcheck shell=bash
# Node itself: is it new enough, where are its headers, which node-gyp goes with it; and npm's packages.

: "${root:?is set by common.sh}" "${state:?is set by common.sh}"

readonly node_needed=20.19

die_without_node() {
  say "Node.js $node_needed or newer is needed; $1"
  if [[ -r /etc/os-release ]] && grep -q '^VERSION_CODENAME=trixie' /etc/os-release; then
    say "type 'sudo apt-get install -y --no-install-recommends nodejs npm', then start again"
  else
    say "install Node.js 22 or newer from https://nodejs.org (Debian 13 has a fitting one: 'apt-get install nodejs npm'), then start again"
  fi
  exit 1
}

check_node() {
  local found major minor
  command -v node >/dev/null || die_without_node 'found none'
  found=$(node -p process.versions.node) || die_without_node "found one that does not start: $(type -P node)"
  IFS=. read -r major minor _ <<<"$found"
  ((major > ${node_needed%.*} || (major == ${node_needed%.*} && minor >= ${node_needed#*.}))) ||
    die_without_node "found $found ($(type -P node))"
}

# shellcheck disable=SC2016 # node fills it in
node_abi() { node -p '`${process.versions.modules} ${process.platform} ${process.arch}`'; }

# A folder whose headers are of this node's version, or nothing.
node_headers() {
  node -e "
    const { readFileSync } = require('node:fs');
    const prefix = require('node:path').resolve(process.execPath, '../..');
    const wanted = process.versions.node.split('.')[0];
    const fits = (folder, headers) => {
      try {
        readFileSync(folder + headers + '/node_api.h');
        return readFileSync(folder + headers + '/node_version.h', 'utf8').match(/NODE_MAJOR_VERSION (\d+)/)[1] === wanted;
      } catch {
        return false;
      }
    };
    const found = [process.env.npm_config_nodedir, prefix, '/usr/include/nodejs']
      .filter(Boolean)
      .find((folder) => fits(folder, '/include/node') || fits(folder, '/src'));
    if (found) console.log(found);
  "
}

# npm tells the commands it runs which node-gyp is its own; where that lies differs from one npm to the next.
# shellcheck disable=SC2016 # npm's shell expands it
node_gyp() { (cd / && npm exec --offline --call 'printf "%s\n" "$npm_config_node_gyp"' 2>/dev/null) | tail -n 1; }

# npm's own patience, minutes of it in silence, is too much where there is no network.
npm_quietly() {
  (cd "$root" && quietly npm "$@" --ignore-scripts --prefer-offline --no-audit --no-fund \
    --no-update-notifier --no-progress --loglevel=error --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000)
}

# `npm ci` refuses a lock file without other platforms' binaries, which a registry with only some of them writes.
# `npm install` takes the same versions and checksums from it.
lock_file_complete() { [[ $(npm_quietly ci --dry-run 2>&1) != *EUSAGE* ]]; }

# The stamps go first: cut short, nothing is left that counts as done.
install_packages() {
  local command=(ci)
  say "installing npm's packages (under a minute on a fast line)"
  rm -rf "$state"
  if ! lock_file_complete; then
    say 'npm ci refuses package-lock.json as incomplete; taking the versions it has with npm install'
    command=(install --no-save)
  fi
  npm_quietly "${command[@]}" ||
    die "npm could not install the packages (above); it needs the network once: check that and start again"
  write_stamp packages "$(packages_key "$1")"
}
