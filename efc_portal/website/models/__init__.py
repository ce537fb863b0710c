"""The public site's pages, one module per noun."""

from efc_portal.website.models.categories import NewsCategory, NewsCategoryName
from efc_portal.website.models.home import HomePage
from efc_portal.website.models.initial import InitialContent
from efc_portal.website.models.letter import ChairLetterPage
from efc_portal.website.models.links import Link, LinkCheck
from efc_portal.website.models.media import DownloadCount, Picture, PictureRendition, PublicDocument
from efc_portal.website.models.news import NewsIndexPage, NewsPage, NewsRelated, NewsTag
from efc_portal.website.models.people import ContactPage, JoinPage, WhereToReportPage
from efc_portal.website.models.places import ReportingPlace, ReportingPlaceNote
from efc_portal.website.models.reports import ReportDocument, ReportPage, ReportsIndexPage
from efc_portal.website.models.review import SecondPairOfEyes
from efc_portal.website.models.search import DocumentText, SearchEntry
from efc_portal.website.models.standard import StandardPage

__all__ = [
    "ChairLetterPage",
    "ContactPage",
    "DocumentText",
    "DownloadCount",
    "HomePage",
    "InitialContent",
    "JoinPage",
    "Link",
    "LinkCheck",
    "NewsCategory",
    "NewsCategoryName",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelated",
    "NewsTag",
    "Picture",
    "PictureRendition",
    "PublicDocument",
    "ReportDocument",
    "ReportPage",
    "ReportingPlace",
    "ReportingPlaceNote",
    "ReportsIndexPage",
    "SearchEntry",
    "SecondPairOfEyes",
    "StandardPage",
    "WhereToReportPage",
]
