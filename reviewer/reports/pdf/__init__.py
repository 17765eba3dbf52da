"""What a page is made of: frames, blocks, contents, colours."""
