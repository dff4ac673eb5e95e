#!/usr/bin/env bash
# Swift for Linux in a Debian root of its own, for machines whose glibc is older than Debian's `swiftlang` needs.
#
#   swift-root.sh install ROOT RELEASE VERSION   make the root from this release, unless it is there
#   swift-root.sh run ROOT BINDS DIR CMD...      run CMD in DIR; the folders BINDS (a:b) are at the same paths inside
#
# Needs root and Debian. Each entry has a mount namespace of its own, so nothing stays mounted, and removing the root
# can never reach outside it.
set -euo pipefail

enter() { # enter ROOT BINDS DIR CMD...; BINDS may be empty
    # Only what the tests are told (PAHT_*) comes in from outside.
    local told=() name
    for name in "${!PAHT_@}"; do told+=("$name=${!name}"); done
    unshare --mount --propagation private -- bash -euc '
        root=$1 dir=$3; IFS=: read -ra binds <<<"$2"; shift 3
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        for bind in "${binds[@]}"; do mkdir -p "$root$bind"; mount --rbind "$bind" "$root$bind"; done
        exec chroot "$root" /usr/bin/env -i -C "$dir" HOME=/home LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            PATH=/usr/libexec/swift/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' _ "$1" "$2" "$3" "${told[@]}" "${@:4}"
}

install() { # install ROOT RELEASE VERSION
    local root=$1 release=$2 version=$3 mirror
    [ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 1; }
    mkdir -p "$(dirname "$root")"
    exec 9>"$root.lock"; flock 9                         # two runs at once make it once
    [ "$(cat "$root/.ready" 2>/dev/null)" != "$release $version" ] || return 0
    mirror=$(sed -n 's/^URIs: *\([^ ]*\/debian\)\/*$/\1/p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\/debian\)\/\? .*/\2/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -1 || true)
    [ -n "$mirror" ] || { echo "no Debian mirror in /etc/apt" >&2; exit 1; }
    if ! command -v debootstrap >/dev/null; then
        timeout 300 apt-get update -qq
        timeout 600 env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends debootstrap debian-archive-keyring >&2
    fi
    rm -rf --one-file-system "$root"                     # one that was half made is started over
    mkdir -p "$root"
    # It mounts /proc inside and would leave it there.
    timeout 1200 unshare --mount --propagation private -- debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
        "$release" "$root" "$mirror" >"$root.log" 2>&1 || { tail -20 "$root.log" >&2; exit 1; }
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    cp /etc/apt/apt.conf.d/*prox* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
    printf '%s\n' 'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/locale/*' \
        force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/slim"
    # libc6-dev is only recommended by gcc, yet `import Foundation` reads its headers.
    enter "$root" "" / timeout 300 apt-get update -qq
    enter "$root" "" / timeout 1200 apt-get install -y -qq --no-install-recommends swiftlang libc6-dev \
        >>"$root.log" 2>&1 || { tail -20 "$root.log" >&2; exit 1; }
    enter "$root" "" / apt-get clean
    enter "$root" "" / swift --version 2>&1 | grep -q "Swift version $version" || { echo "not Swift $version" >&2; exit 1; }
    echo "$release $version" >"$root/.ready"
}

case "${1:-}" in
install) install "${@:2}" ;;
run) enter "${@:2}" ;;
*) echo "usage: swift-root.sh install ROOT RELEASE VERSION | run ROOT BINDS DIR CMD..." >&2; exit 2 ;;
esac
