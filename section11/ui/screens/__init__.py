"""One file for each page. A page asks a service, draws, and hands callbacks to components."""
