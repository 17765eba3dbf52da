"""The pieces every screen is made of, one widget a module; none knows a casebook."""
