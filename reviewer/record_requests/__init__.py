"""The register of records: what should exist, what came, what to chase (METHOD 5)."""
