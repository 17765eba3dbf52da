"""The casebook as one file: how it is opened, judged, locked, copied, migrated and put back.

Only here the driver is used. What stands in the file, a noun each, is in ``stores``.
"""
