"""Events: the form that organisers fill in, the commands that change an event, and the service for both."""
