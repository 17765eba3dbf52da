"""The documents of a case, and finding words in them."""
