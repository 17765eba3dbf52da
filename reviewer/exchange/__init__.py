"""What travels between the chair and the panellists: issued casebooks out, sealed returns back.

``reviewer/FORMAT.md`` specifies the files. Nothing here is SQL and nothing here trusts a file.
"""
