import pytest
from django.urls import reverse
from wagtail.models import Page

from campaign import fixed_pages
from campaign.models import ContentPage, HomePage
from tests import factories
from tests.site.campaign.asking import page_at


def address_of(deed, page):
    if deed == "move":
        return reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page_at("news").pk])
    return reverse(f"wagtailadmin_pages:{deed}", args=[page.pk])


def test_a_page_that_the_site_leads_to_stays_and_the_editor_is_told_why(editor):
    for deed in ("delete", "unpublish", "move"):
        answer = editor.post(address_of(deed, page_at("get-help")), follow=True)

        assert "because other parts of the site lead to it" in answer.content.decode(), deed
        kept = page_at("get-help")
        assert (kept.live, kept.get_parent().specific) == (True, HomePage.objects.get()), deed


def test_the_home_page_stays_too_even_for_a_superuser(laid):
    superuser = factories.client_of(factories.person("sam", is_superuser=True), unlocked=False)

    for deed in ("delete", "unpublish"):
        superuser.post(address_of(deed, page_at("heard")))

    assert HomePage.objects.get().live


@pytest.mark.parametrize("deed", ["delete", "unpublish", "move"])
def test_many_at_once_is_no_way_round_it(editor, deed):
    home = HomePage.objects.get()
    home.add_child(instance=ContentPage(title="Who we are", slug="who-we-are"))
    pages = [page_at("who-we-are"), page_at("your-rights")]
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed])

    answer = editor.post(f"{address}?{query}", {"chooser": page_at("privacy").pk}, follow=True)

    assert "because other parts of the site lead to it" in answer.content.decode()
    assert page_at("your-rights").live
    assert page_at("who-we-are").live
    assert page_at("your-rights").depth == page_at("who-we-are").depth == 3


def test_no_page_comes_to_stand_where_code_answers(editor):
    home, page = HomePage.objects.get(), page_at("your-rights").add_child(instance=ContentPage(title="S", slug="tell"))
    many = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'move'])}?id={page.pk}"
    copied = {"new_title": "S", "new_slug": "Tell", "new_parent_page": home.pk}

    answers = [
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]), follow=True),
        editor.post(many, {"chooser": home.pk}, follow=True),
        editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copied),
        editor.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copied | {"alias": "on"}),
    ]

    assert all("is already a part of the site" in answer.content.decode() for answer in answers)
    assert not home.get_children().filter(slug__iexact="tell").exists()


def test_every_fixed_page_is_among_the_starting_ones(laid):
    assert set(Page.objects.filter(depth=3).values_list("slug", flat=True)) == set(fixed_pages.FIXED_SLUGS)


def test_an_address_is_known_without_asking_the_public_addresses(laid):
    assert fixed_pages.address(HomePage.objects.get()) == "/"
    assert fixed_pages.address(page_at("how-heard-works")) == "/news/how-heard-works/"
