"""What editors keep: pages, pictures, help lines, settings."""

from campaign.models.actions import ActionPage
from campaign.models.help_line import HelpLine
from campaign.models.home import HomePage
from campaign.models.news import NewsIndexPage, NewsPage
from campaign.models.pages import ContentPage
from campaign.models.pictures import Picture, PictureRendition
from campaign.models.site_settings import Brand, Exit, Menu

__all__ = [
    "ActionPage",
    "Brand",
    "ContentPage",
    "Exit",
    "HelpLine",
    "HomePage",
    "Menu",
    "NewsIndexPage",
    "NewsPage",
    "Picture",
    "PictureRendition",
]
