"""Many workspaces on many machines: their list, their jobs in PostgreSQL, and the worker that does them."""
