"""What this computer may keep of us: no dumps, and whether its swap space is encrypted."""
