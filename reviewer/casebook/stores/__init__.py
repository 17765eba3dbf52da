"""What a casebook holds, one noun a module, as it is stored."""
