"""What stands before a casebook is open: welcome, unlock, and the way out where it will not."""
