"""Forms as Word documents: written as they are laid out, and read back by the alignment of their labels (extra `docx`)."""

from talentservice.forms.docx.read import read_docx
from talentservice.forms.docx.write import to_docx

__all__ = ["read_docx", "to_docx"]
