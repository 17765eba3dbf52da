"""What is in a file, counted a second time, and held against what its pages and notes hold.

Every module here reads the raw bytes by itself and knows nothing of ``documents.formats`` (a
contract): a fault of the conversion is not repeated by the count, and so it is told.
"""
