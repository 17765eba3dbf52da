"""The casebook: one encrypted file, and the only room that speaks SQL.

``book.Casebook`` is the way in. ``engine`` binds sqlite-utils to SQLCipher, ``connection`` is the
one opener, ``schema`` the tables, ``writer`` the one way to change a row (journal and digest with
it); every other module is a store: queries in, values out.
"""
