"""A round: whose cases, what stands before it, what it still needs, and opening the next."""
