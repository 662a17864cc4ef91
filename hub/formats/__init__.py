"""Formats: dates, local times, CSV cells, contacts, names to search by, QR images. Pure but for the QR image cache."""
