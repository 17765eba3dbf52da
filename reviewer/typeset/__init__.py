"""Text as measured words: typefaces, joined letters, the order of mixed directions."""
