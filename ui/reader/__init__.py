"""Pages and marks: the painted page view, its renderer, find, thumbnails. No casebook here."""
