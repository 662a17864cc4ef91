"""Authentication and authorisation: API keys, users, logins, roles, passwords."""
