#!/usr/bin/env bash
# Unpacks Debian's Rust with its sources into a folder of its own: what checks the Rust part for phones where rustup
# has no such targets. Nothing outside the folder is written. Usage: phone-rust.sh ROOT
set -euo pipefail
root=$1
rm -rf "$root"
mkdir -p "$root/debs"
cd "$root/debs"
apt-get update -qq
# The library's package and LLVM's carry their versions in their names.
std=$(apt-cache depends libstd-rust-web-dev | awk '/Depends: libstd-rust-web-[0-9]/ { print $2; exit }')
llvm=$(apt-cache depends "$std" | awk '/Depends: libllvm/ { print $2; exit }')
apt-get download -qq rustc-web rust-web-src libstd-rust-web-dev "$std" "$llvm"
for package in *.deb; do dpkg-deb -x "$package" "$root"; done
rm -rf "$root/debs"
# A check links nothing: in the place of an NDK's C compiler and archiver stands what leaves an empty file.
cat > "$root/no-c-compiler" <<'SHIM'
#!/bin/sh
out= previous=
for word in "$@"; do
    [ "$previous" = -o ] && out=$word
    previous=$word
done
[ -z "$out" ] || : > "$out"
SHIM
chmod +x "$root/no-c-compiler"
LD_LIBRARY_PATH="$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/rustc" --version
