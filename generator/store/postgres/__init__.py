"""What lasts of many workspaces, in one PostgreSQL database. It is imported only where the settings name one."""
