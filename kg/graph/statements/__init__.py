"""What one document says, as triples: one module for each kind of statement, all pure."""
