"""Cases: the register, and the documents of each case."""
