"""Authentication and authorisation: API keys, users, logins, second factors, passkeys, roles."""
