"""Letters to agencies as files: paper to sign, and Word files to change before they go out."""
