"""Safekeeping: what keeps this casebook safe, a card a matter. Each card is a file of its own."""
