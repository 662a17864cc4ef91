"""Wallet passes over HTTP: pass files, Apple's web service under `/v1`, and QR images."""
