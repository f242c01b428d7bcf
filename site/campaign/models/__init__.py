"""The editors' models: pages, pictures, help lines, settings."""
# ruff: noqa: F401

from campaign.models.actions import ActionIndexPage, ActionPage
from campaign.models.asks import Addressee, Ask, AskUpdate
from campaign.models.help_lines import HelpLine
from campaign.models.law import Offence, OfficersCardPage
from campaign.models.learning import LearningIndexPage, LearningPage
from campaign.models.news import NewsIndexPage, NewsPage
from campaign.models.pages import ContentPage, HomePage
from campaign.models.patterns import PatternIndexPage, PatternPage
from campaign.models.pictures import Picture, PictureRendition
from campaign.models.settings import Brand, Exit, Menu
