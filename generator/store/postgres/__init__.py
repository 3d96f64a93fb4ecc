"""The saved data of many workspaces in one PostgreSQL database. Imported only if the settings name a database."""
