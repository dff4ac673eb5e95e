//! Writes the Kotlin side. `cargo xtask bindings` runs it.

fn main() {
    uniffi::uniffi_bindgen_main();
}
