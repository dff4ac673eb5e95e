//! The command `paht`: phone, operator, ioc, demo.

fn main() {}
