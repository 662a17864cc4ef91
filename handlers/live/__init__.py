"""The live flow at the edge: the WebSocket `/live` and Server-Sent Events."""
