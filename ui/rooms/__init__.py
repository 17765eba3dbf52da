"""What a person sees: one room at a time; rooms do not know each other."""
