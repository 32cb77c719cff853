"""What every page is made of: its place, its readers, its words, its links, its tables and diagrams, its template."""
