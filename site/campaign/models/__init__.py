"""What editors keep: pages, pictures, help lines, settings."""

from campaign.models.help_line import HelpLine
from campaign.models.pages import ContentPage, HomePage, NewsIndexPage, NewsPage
from campaign.models.pictures import Picture, PictureRendition
from campaign.models.site_settings import Brand, Exit, Menu

__all__ = [
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
