"""Reports: statistics, the report of the night, occupancy."""
