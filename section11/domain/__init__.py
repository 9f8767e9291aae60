"""The rules of a section 11 audit: plain Python, no files, no database, no clock unless passed in."""
