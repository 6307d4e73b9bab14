"""匹配推送: needs of companies, the patents that answer them with reasons, letters to tell them."""

from desktop.pages.match.match_page import MatchPage

__all__ = ["MatchPage"]
