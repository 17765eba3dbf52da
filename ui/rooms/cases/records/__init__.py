"""The register of records as a view of the Cases room."""
