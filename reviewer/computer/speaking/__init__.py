"""Sound out of this computer, by a process of its own that holds no key and no casebook."""
