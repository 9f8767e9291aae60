"""The tables beneath the dashboards' charts: what a page shows and what its CSV file holds are one and the same."""
