"""Paragraphs across breaks: which line breaks are the paragraph's own and which the page's."""
