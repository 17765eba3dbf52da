"""The summary as data: flat tables, CSV, XLSX and JSON."""
