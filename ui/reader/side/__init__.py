"""What lies beside the pages of a document."""
