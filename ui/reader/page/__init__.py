"""A page in the reader: laid out, drawn, kept, and read by hand."""
