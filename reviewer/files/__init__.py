"""Files of the disk: read with their kind looked at, written whole or not at all."""
