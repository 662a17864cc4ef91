"""MongoDB itself: connection, transactions, documents, leases, driver errors."""
