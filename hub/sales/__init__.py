"""Sales at the box office and at the door: payments and refunds, takings, and tills that are counted and closed."""
