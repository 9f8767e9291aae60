"""Section 11 audit: self-assessment, scrutiny and returns for safeguarding partnerships."""
