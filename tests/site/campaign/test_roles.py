from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from campaign.models import HomePage
from moderation.team.permissions import EDITORS, MODERATORS


def names_for(group, permissions):
    return {given.permission.codename for given in permissions.objects.filter(group__name=group)}


def test_moderators_hold_no_right_over_pages_or_pictures_after_any_migration(laid):
    moderators = Group.objects.get(name=MODERATORS)
    before = names_for(MODERATORS, GroupPagePermission)
    GroupPagePermission.objects.create(group=moderators, page=Page.get_first_root_node(), permission_type="publish")

    call_command("migrate", verbosity=0)

    assert before == names_for(MODERATORS, GroupPagePermission) == set()
    assert names_for(MODERATORS, GroupCollectionPermission) == set()
    assert not moderators.permissions.filter(content_type__app_label__in=("campaign", "wagtailimages")).exists()


def test_editors_write_and_publish_below_home_alone_and_submit_to_the_other_editors(laid):
    given = GroupPagePermission.objects.filter(group__name=EDITORS)
    task, workflow = GroupApprovalTask.objects.get(), Workflow.objects.get(name="Editors approval")

    assert {permission.page_id for permission in given} == {HomePage.objects.get().pk}
    assert {"add_page", "change_page", "publish_page"} <= names_for(EDITORS, GroupPagePermission)
    assert [group.name for group in task.groups.all()] == [EDITORS]
    assert list(workflow.tasks) == [task.task_ptr]
