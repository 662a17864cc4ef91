"""OpenAPI and AsyncAPI documents: made from routes, operations, and the types that parse and answer."""
