#!/usr/bin/env bash
# Builds the core for iPhones and for their simulators, as PahtKit wants it. Needs a Mac with Xcode 16 and Rust.
# Never run by our tests: they have no Mac.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(uname)" = Darwin ] || { echo "needs a Mac with Xcode" >&2; exit 1; }

target=${CARGO_TARGET_DIR:-target}
generated=ios/PahtKit/Generated
export IPHONEOS_DEPLOYMENT_TARGET=17.0
rustup target add aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios

# The Swift sources and the C module, from a library of this Mac.
cargo xtask bindings
rm -rf "$generated"
mkdir -p "$generated/PahtCore" "$generated/headers"
cp "$target"/bindings/swift/*.swift "$generated/PahtCore/"
cp "$target"/bindings/swift/*.h "$target"/bindings/swift/module.modulemap "$generated/headers/"

for triple in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios; do
    cargo build --locked --profile phone -p paht-bindings --lib --target "$triple"
done
# Simulators run on both kinds of Mac: one library with both slices.
mkdir -p "$target/ios-simulator"
lipo -create -output "$target/ios-simulator/libpaht_bindings.a" \
    "$target/aarch64-apple-ios-sim/phone/libpaht_bindings.a" "$target/x86_64-apple-ios/phone/libpaht_bindings.a"
xcodebuild -create-xcframework \
    -library "$target/aarch64-apple-ios/phone/libpaht_bindings.a" -headers "$generated/headers" \
    -library "$target/ios-simulator/libpaht_bindings.a" -headers "$generated/headers" \
    -output "$generated/PahtCoreFFI.xcframework"
rm -rf "$generated/headers"
echo "$generated/PahtCoreFFI.xcframework is ready; now: xcodegen generate --spec ios/App/project.yml"
