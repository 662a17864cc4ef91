"""Live updates at the edge: the WebSocket `/live`, and Server-Sent Events."""
