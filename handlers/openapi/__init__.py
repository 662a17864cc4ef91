"""OpenAPI document: made from the routes, their access rules and operations, and the types that parse and answer."""
