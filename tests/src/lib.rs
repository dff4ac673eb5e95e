//! Tests of the whole: the simulated world and the end-to-end runs.
