"""The marks on pages, as they are shown."""
