"""The window: what a person sees and does. It stands on ``reviewer``, never the other way."""
