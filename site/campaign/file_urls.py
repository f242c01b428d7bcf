"""Files of the campaign: each at one address for every language, because what is in them is English."""

from django.urls import path

from campaign import brand_colours, brand_style
from campaign.news_feed import news_atom
from campaign.press.views import kit

urlpatterns = [
    path(brand_colours.ADDRESS[1:], brand_style.served, name="brand-style"),
    path("news.atom", news_atom, name="news-atom"),
    path("for-press/heard-press-kit.zip", kit, name="press-kit"),
]
