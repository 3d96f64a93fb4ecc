"""Many workspaces on many machines: their list, their job queues in PostgreSQL, and the worker that does the jobs."""
