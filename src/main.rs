//! The `desireline` program: the window, and the same engine on the command line.

fn main() {}
