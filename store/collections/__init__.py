"""Collections: a reader or writer for each subject, the only place that knows its queries."""
