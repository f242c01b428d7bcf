"""Files of the campaign: each at one address for every language, because what is in them is English."""

from django.urls import path

from campaign.brand import own_colours, style_sheet
from campaign.news_feed import news_atom
from campaign.press.kit import press_kit

urlpatterns = [
    path(own_colours.ADDRESS[1:], style_sheet.served, name="brand-style"),
    path("news.atom", news_atom, name="news-atom"),
    path("for-press/heard-press-kit.zip", press_kit, name="press-kit"),
]
