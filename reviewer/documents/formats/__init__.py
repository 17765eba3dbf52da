"""What comes from outside as pages, one format a module. Runs in the worker only."""
