"""Forms as PDF, with fonts of the deployer's and every sign sure of a glyph (extra `pdf`)."""

from talentservice.forms.pdf.write import to_pdf

__all__ = ["to_pdf"]
