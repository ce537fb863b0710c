"""The public site's pages, one module per noun."""

from efc_portal.website.models.home import HomePage
from efc_portal.website.models.initial import InitialContent
from efc_portal.website.models.letter import ChairLetterPage
from efc_portal.website.models.links import Link, LinkCheck
from efc_portal.website.models.media import Picture, PictureRendition, PublicDocument
from efc_portal.website.models.news import NewsIndexPage, NewsPage
from efc_portal.website.models.reports import ReportDocument, ReportPage, ReportsIndexPage
from efc_portal.website.models.review import SecondPairOfEyes
from efc_portal.website.models.standard import StandardPage

__all__ = [
    "ChairLetterPage",
    "HomePage",
    "InitialContent",
    "Link",
    "LinkCheck",
    "NewsIndexPage",
    "NewsPage",
    "Picture",
    "PictureRendition",
    "PublicDocument",
    "ReportDocument",
    "ReportPage",
    "ReportsIndexPage",
    "SecondPairOfEyes",
    "StandardPage",
]
