"""The process that reads documents: what it gives up first, and what it answers."""
