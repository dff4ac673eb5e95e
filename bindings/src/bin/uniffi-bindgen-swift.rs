//! Writes the Swift side. `cargo xtask bindings` runs it.

fn main() {
    uniffi::uniffi_bindgen_swift();
}
