"""The chair's summary: what failed, how often, how sure; and the report."""
