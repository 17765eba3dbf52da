"""Texts that must come out as they went in: markup, right to left, emoji, controls, very long."""

PAYLOADS = (
    '<img src="{decoy}" width="9" height="9"/>',
    "an unclosed <b> and </i> and </para>",
    "&amp; &lt; &#60; &nosuch;",
    "<font color=\"[__import__('os').system('x')]\">red</font>",
    '<a href="file:///etc/passwd">link</a> <a href="http://127.0.0.1/">x</a>',
    "<para><seq id='x'/><onDraw name='y'/></para>",
    "x" * 3000,
    "שלום עולם",
    "emoji \U0001f642 and \u4e2d\u6587",
    "nul\0and\x1bescape",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 3,
    "=cmd|'/c calc'!A1",
)
"""``{decoy}`` is the path of a picture that must not be embedded."""
