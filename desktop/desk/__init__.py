"""The desk: what each page works with: the opened data, jobs, what a page is."""
