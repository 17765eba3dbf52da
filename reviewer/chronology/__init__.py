"""When things happened: dates with how exactly they are known, their order, and gaps."""
