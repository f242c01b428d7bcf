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


@pytest.mark.parametrize("deed", ["delete", "unpublish", "move"])
def test_page_that_the_site_leads_to_stays_alone_and_among_many_which_is_told(deed, editor):
    home, alone, told = HomePage.objects.get(), page_at("get-help"), "because other parts of the site lead to it"
    home.add_child(instance=ContentPage(title="Who we are", slug="who-we-are"))
    pages = [page_at("who-we-are"), page_at("your-rights")]
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed])
    query = "&".join(f"id={page.pk}" for page in pages)

    one = editor.post(address_of(deed, alone), follow=True)
    answer = editor.post(f"{many}?{query}", {"chooser": page_at("privacy").pk}, follow=True)

    for each in (one, answer):
        assert told in each.content.decode()
    for page in (alone, *pages):
        kept = page_at(page.slug)
        assert (kept.live, kept.get_parent().specific) == (True, home), page
    if deed != "move":
        superuser = factories.client_of(factories.person("sam", is_superuser=True), unlocked=False)
        superuser.post(address_of(deed, home))
        assert HomePage.objects.get().live


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


def test_every_fixed_page_is_a_starting_one_and_its_address_known_without_asking(laid):
    assert set(Page.objects.filter(depth=3).values_list("slug", flat=True)) == set(fixed_pages.FIXED_SLUGS)
    assert fixed_pages.address(HomePage.objects.get()) == "/"
    assert fixed_pages.address(page_at("how-heard-works")) == "/news/how-heard-works/"
