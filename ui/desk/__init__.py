"""The casebook as the window has it: one thread that works on it, and what waits for that."""
