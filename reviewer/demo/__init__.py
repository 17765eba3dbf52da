"""The demonstration: an invented inquiry, and the real flow run over it.

``content`` and ``opinions`` are pure: the same seed gives the same bytes. ``build`` makes files.
"""
