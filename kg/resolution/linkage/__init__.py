"""Probabilistic linkage: what makes two entries the same thing, weighed and told."""
