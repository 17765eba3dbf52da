"""Recordings in the reader: heard, seen as a wave, marked in time."""
