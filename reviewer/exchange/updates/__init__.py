"""Updates from the chair to one panellist (FORMAT.md, "Updates"): written, read, applied.

``write`` is the chair's half and ``apply`` the panellist's; neither knows how the other stores.
"""
