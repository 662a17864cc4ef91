"""The process: its supervisor, bootstrap of a fresh hub and demo event; the shell for users, backups, verification."""
