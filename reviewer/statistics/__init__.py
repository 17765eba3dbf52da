"""How far raters agree (METHOD 4.6 and 4.7): pure functions over numpy arrays.

Ratings are indices into a scale that the caller names; whatever is negative is missing. The set of
categories is always the whole scale, never the values that happen to occur: Gwet's coefficients
change with it (one table gives .954 or .905).
"""
