"""Findings go in; text for people, and JSON, SARIF or annotations for machines, come out as strings."""
