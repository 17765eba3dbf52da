"""The end of a round: what is left, the seal, and opening it again."""
