"""The REST API (scan-api.md, booking-api.md): one file for each family of paths, each a thin handler over the hub."""
