"""A reader's own marks and notes as files: PDF, Word, web page, table."""
