"""Servers: asked politely, within limits, and never on behalf of a page that points inside."""
