"""The rights of editors and coordinators here, and those that moderators have no more.

Wagtail's own migrations make two groups called as ours are, and give both of them pages, images and a workflow.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Workflow

from campaign.models import HomePage

# The names stand in moderation.policies too, which campaign doesn't know.
COORDINATORS, EDITORS, MODERATORS = "Coordinators", "Editors", "Moderators"
# No right of one of these is called as one of another is.
_APPS = ("campaign", "wagtailcore", "wagtailimages", "wagtailredirects")
_OF_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Wagtail asks for the rights over its own image model, whichever model a site uses.
_OF_PICTURES = ("add_image", "change_image", "delete_image", "choose_image")
_ROWS = ("helpline", "offence", "ask", "addressee")
_OF_THE_SITE = (
    *(f"{may}_{row}" for row in _ROWS for may in ("add", "change", "delete", "view")),
    *("publish_ask", "change_brand", "change_menu"),
)
_OF_SAFETY = ("change_exit",)
_OF_NOBODY = ("add_redirect", "change_redirect", "delete_redirect")


def set_up_groups(using: str = "default", **kwargs: object) -> None:
    """Give editors and coordinators what they lack, and take what is another group's."""
    for label in _APPS:
        # Django makes permissions after this, when a database is new.
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    groups = Group.objects.using(using)
    coordinators, editors, moderators = (
        groups.get_or_create(name=name)[0] for name in (COORDINATORS, EDITORS, MODERATORS)
    )
    for model in (GroupPagePermission, GroupCollectionPermission):
        model.objects.using(using).filter(group=moderators).delete()
    moderators.permissions.remove(*_permissions(_OF_PICTURES, using=using))
    _let_editors_approve(editors, moderators, using=using)
    editors.permissions.add(*_permissions(_OF_THE_SITE, using=using))
    editors.permissions.remove(*_permissions((*_OF_SAFETY, *_OF_NOBODY), using=using))
    coordinators.permissions.add(*_permissions(_OF_SAFETY, using=using))
    _give_pages_and_pictures(editors, using=using)


def _permissions(codenames: tuple[str, ...], *, using: str) -> list[Permission]:
    return list(Permission.objects.using(using).filter(content_type__app_label__in=_APPS, codename__in=codenames))


def _let_editors_approve(editors: Group, moderators: Group, *, using: str) -> None:
    """A page that an editor submits goes to the other editors: who reads accounts isn't asked about pages."""
    for task in GroupApprovalTask.objects.using(using).filter(groups=moderators):
        task.groups.remove(moderators)
        task.groups.add(editors)
    for model in (GroupApprovalTask, Workflow):
        model.objects.using(using).filter(name="Moderators approval").update(name="Editors approval")


def _give_pages_and_pictures(editors: Group, *, using: str) -> None:
    pages, pictures = (model.objects.using(using) for model in (GroupPagePermission, GroupCollectionPermission))
    # Above the home page nothing is theirs.
    pages.filter(group=editors, page__depth=1).delete()
    home, root = HomePage.objects.using(using).first(), Collection.objects.using(using).filter(depth=1).first()
    for permission in _permissions(_OF_PAGES, using=using) if home else []:
        pages.get_or_create(group=editors, page=home, permission=permission)
    for permission in _permissions(_OF_PICTURES, using=using) if root else []:
        pictures.get_or_create(group=editors, collection=root, permission=permission)
