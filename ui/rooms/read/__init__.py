"""Read and score: the panellist's whole day. Cases at the left, pages, the score sheet."""
