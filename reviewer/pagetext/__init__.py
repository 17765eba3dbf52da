"""The words of a page: where they stand, how they are found again, the anchor of a mark."""
