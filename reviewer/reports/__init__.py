"""The consolidated summary on paper and as data, and the passphrase slip.

Everything here is made from ``reviewer.summary.shapes.Summary`` alone, when it is written. Text
that people typed is never markup: it is measured and drawn as characters.
"""
