"""Links to somebody on a platform are found in every form people paste them, and a platform's own pages are quiet."""

import pytest

from stories.pii import find_identifying, words_for
from stories.pii.kinds import PROFILE

SOMEBODYS = """
https://www.facebook.com/jo.brennan
https://www.facebook.com/profile.php?id=100012345678901
https://www.facebook.com/people/Jo-Brennan/100012345/
https://en-gb.facebook.com/jo.brennan
https://www.facebook.com/share/p/abc123/
https://www.facebook.com/%6Ao.brennan
https://www.facebook.com:443/jo.brennan
https://us@www.facebook.com/jo.brennan
https://www.facebook.com/help/../jo.brennan
HTTPS://WWW.FACEBOOK.COM/JO.BRENNAN
m.facebook.com/jo.brennan
https://m.me/jo.brennan
https://instagram.com/reel/Cxyz123
https://www.instagram.com/p/Cxyz123/
https://twitter.com/jobrennan/status/1234567890
https://twitter.com/#!/jobrennan
https://x.com/intent/follow?screen_name=jobrennan
https://x.com/i/status/123456
https://www.tiktok.com/@jo.brennan/video/123
https://vm.tiktok.com/ZMabc/
https://www.snapchat.com/add/jobrennan
https://uk.linkedin.com/in/jo-brennan
https://www.linkedin.com/posts/jo-brennan_abc
https://www.youtube.com/@jobrennan
https://www.youtube.com/channel/UCabc
https://www.threads.net/@jobrennan
https://bsky.app/profile/jo.example.com/post/abc
jo-brennan.bsky.social
https://toot.wales/@jo/112233
https://old.reddit.com/user/jobrennan/comments
https://www.reddit.com/r/LegalAdviceUK/comments/abc/title/
https://t.me/jobrennan
https://t.me/+447700900123
wa.me/447700900123
https://api.whatsapp.com/send/?text=hi&phone=447700900123
https://chat.whatsapp.com/AbC123
https://onlyfans.com/jobrennan
https://discord.gg/abc123
https://www.twitch.tv/jobrennan
https://www.pinterest.co.uk/jobrennan/
https://jobrennan.tumblr.com/post/123
https://vk.com/id12345
https://signal.me/#p/+447700900123
whatsapp://send?phone=447700900123
ｆａｃｅｂｏｏｋ．ｃｏｍ／jobrennan
face\u200bbook.com/jobrennan
"""
IN_WORDS = ["instagram dot com slash jobrennan", "facebook . com / jobrennan", "facebook[.]com/jobrennan"]
NOBODYS = """
https://www.facebook.com/
https://www.facebook.com/help/123
https://facebook.com/sharer/sharer.php?u=https%3A%2F%2Fheard.example%2F
https://www.facebook.com/share.php?u=https://heard.example/
https://www.facebook.com/hashtag/heard
https://help.instagram.com/192435014247952
https://www.instagram.com/explore/tags/heard/
https://x.com/intent/post?text=hello
https://twitter.com/share?url=https://heard.example/
https://x.com/search?q=heard
https://x.com/en/tos
https://help.x.com/en/forms/safety-and-sensitive-content/private-information
https://www.tiktok.com/legal/report/privacy
https://www.linkedin.com/company/heard
https://www.youtube.com/watch?v=abc123
https://www.reddit.com/r/LegalAdviceUK/
https://t.me/share/url?url=https://heard.example/
https://wa.me/?text=hello
https://api.whatsapp.com/send?text=hello
https://support.snapchat.com/en-US
https://discord.com/safety
https://www.pinterest.com/pin/create/button/?url=https://heard.example
https://www.tumblr.com/tagged/heard
https://netflix.com/title/1
https://www.google.co.uk/maps/@53.9,-1.5,12z
https://heard.example/news/@home
https://www.legislation.gov.uk/ukpga/2015/2/section/33
"""


def profiles_in(text):
    return [
        text[each.start : each.end]
        for each in find_identifying(text, by_rules_alone=True)
        if words_for(each)[0] is PROFILE
    ]


@pytest.mark.parametrize("link", [*SOMEBODYS.split(), *IN_WORDS])
def test_link_to_somebody_is_found_whole_and_surely(link):
    text = f"It was at {link}, twice."

    assert profiles_in(text) == [link]
    assert all(each.sure for each in find_identifying(text, by_rules_alone=True))


@pytest.mark.parametrize("link", NOBODYS.split())
def test_platform_s_own_page_leads_to_nobody(link):
    assert profiles_in(f"It was at {link}, twice.") == []


def test_link_within_another_is_found():
    assert profiles_in("See https://archive.example/2020/https://x.com/jobrennan for it.") == [
        "https://x.com/jobrennan"
    ]


def test_platforms_in_a_row_are_no_profile():
    assert profiles_in("He was on instagram.com / facebook, x.com / twitter.com and t.me / his page.") == []
