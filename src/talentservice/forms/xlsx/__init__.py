"""Forms as Excel workbooks: written as they are laid out (extra `xlsx`), and read back by names and by place."""

from talentservice.forms.xlsx.read import read_xlsx
from talentservice.forms.xlsx.write import to_xlsx

__all__ = ["read_xlsx", "to_xlsx"]
