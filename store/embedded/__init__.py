"""The embedded database: a real mongod as a replica set of one."""
