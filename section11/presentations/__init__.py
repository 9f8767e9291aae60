"""PowerPoint files: the only place that knows python-pptx."""
