"""Cited reports: the portrait of an actor, a place, a programme or everything, for people who decide."""
