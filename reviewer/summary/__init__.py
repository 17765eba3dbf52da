"""The consolidated numbers: what failed, how often, how sure, where the panel differs."""
