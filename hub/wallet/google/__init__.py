"""Google Wallet: save links, classes and objects, the REST client."""
