"""Files from outside become pages with text, in a process that holds nothing worth stealing.

``outside`` is our side; everything that comes back through it is untrusted until
``outside.untrusted`` has looked at it. ``inside`` and ``formats`` run in the other process.

Boxes: a ``PageText`` packs one box a character as 4 little-endian uint16 (left, top, right,
bottom), each 0-65535 of the page as shown, rotation and crop applied. A line break or a space
that the page only implies has an empty box (left == right).
"""
