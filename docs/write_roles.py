"""Write docs/roles.md from the table of deeds and from every address that can write: `python docs/write_roles.py`."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "roles.md"
MODERATORS, COORDINATORS, EDITORS, SUPERUSER = "Moderators", "Coordinators", "Editors", "superuser"
WORDS = """# Roles

Made by `docs/write_roles.py` from the table in `moderation/team/permissions.py` and from every address under
`/admin/` that can write: change those, then run it. A test asks each address as each role and as
somebody who isn't logged in, and
fails where one answers otherwise, or where a new one has no row.

A role says who may; the state of an account, a key, and two people say when (`moderation/policies/`). Whoever has two
roles may do what either may. "Superuser" is Wagtail's administrator in none of the groups: all of Wagtail, and
nothing of the room.

## What each may never do
{never}

## Deeds
{deeds}

## Addresses of the room
Each stands for one line of the table above.

{ours}

## Addresses of Wagtail
{wagtails}
"""
NEVER = {
    MODERATORS: (
        "Agree to a text of which they wrote a version, or which they put forward; or to an answer that they entered.",
        "Agree in the first 48 hours of their key, or admit their own key, unless it is the very first.",
        "Open or do anything to an account of which they said that they know the force or a person in it.",
        "Publish: a batch or the clock does, after two have agreed.",
        "Do any of it in the first 48 hours after a colleague put them in the group, set their password or took their "
        "second step away.",
        "Edit pages, pictures or lists, or invite anybody.",
        "See who a contributor is, an address, or any time finer than a week.",
    ),
    COORDINATORS: (
        "Open an account, its labels, or a message.",
        "Put forward, agree, decline, hold or take a story down, or agree to a force’s answer.",
        "Hold a key, or admit one.",
        "Make an administrator, or change one.",
        "Change their own groups, or take their own second step away.",
        "See how fast anybody works, or what somebody put aside.",
    ),
    EDITORS: (
        "See the queue, an account, a request, the record or the people.",
        "Change a word of a story.",
        "Delete a page or an ask that was public, an offence or a help line: each is taken off, and can come back.",
        "Take a word off a list of stories while an account is here that may be sorted by it.",
        "Leave adults or under 18s without a help line, or our pages without the ways to tell and to come back.",
        "Choose where “Exit this page” leads.",
    ),
    SUPERUSER: (
        "Open an account, put forward, agree, or do any other deed of the table.",
        "Come to a key: only a moderator whose key is admitted can admit another.",
        "Read a word by setting a moderator's password: the six words are asked all the same.",
        "Put themself into a group.",
        "Delete or rename one of the three groups: without it nobody is a moderator, and keys would be stopped.",
    ),
    "whoever is not logged in": ("Anything but log in, or follow an invitation.",),
}
EVERYBODY, NOBODY, DOORS = "whoever is logged in", "nobody", "the doors"
TEAM = f"{MODERATORS} and {COORDINATORS}"


def _of_snippets(*models: str) -> list[str]:
    does = ("add", "edit", "delete")
    rows = [f"wagtailsnippets_{model}:{each}" for model in models for each in does]
    rows += [f"wagtailsnippetchoosers_{model}:create" for model in models]
    return rows + [f"wagtail_bulk_action {model.replace('_', ' ')} delete" for model in models]


def _rows(names: str) -> list[str]:
    return names.split()


def _named(space: str, names: str) -> list[str]:
    return [f"{space}:{name}" for name in names.split()]


# Who may, and why it is theirs; every address that names no deed is here once. A superuser may do all but the last two.
WAGTAILS: dict[str, tuple[str, list[str]]] = {
    DOORS: (
        "Before the log-in, and what every page of the admin is made of.",
        [
            *_rows(
                "room_log_in room_code room_set_up room_key room_remove_key room_log_out room_welcome_step room_welcome"
            ),
            *_rows("wagtailadmin_login wagtailadmin_logout wagtailadmin_sprite wagtailadmin_javascript_catalog"),
        ],
    ),
    EVERYBODY: (
        "One's own account, one's own vault, and small windows and lists in which nothing is stored.",
        [
            *_rows("vault_lock room_account wagtailadmin_account"),
            *_rows("wagtailadmin_dismissibles wagtailadmin_editing_sessions:release"),
            *_named("wagtailadmin_api", "pages:listing documents:listing images:listing"),
            *_named("wagtailadmin_pages", "choose_parent revisions_index"),
            *(f"wagtailadmin_choose_page_{kind}_link" for kind in ("external", "email", "phone", "anchor")),
            *_rows("wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete"),
            *_named("wagtailadmin_workflows", "task_chooser_create task_chosen"),
            *_rows("wagtailembeds:chooser wagtailembeds:chooser_upload wagtailimages_chooser:select_format"),
        ],
    ),
    EDITORS: (
        "Pages, pictures, lists, help lines, offences, asks, the name, the look and the menu.",
        [
            *_rows("wagtailadmin_explore wagtailadmin_explore_results"),
            *_named(
                "wagtailadmin_pages", "add preview_on_add type_use type_use_results edit preview_on_edit view_draft"
            ),
            *_named("wagtailadmin_pages", "add_subpage delete unpublish move set_page_position copy set_privacy"),
            *_named("wagtailadmin_pages", "lock unlock move_confirm revisions_revert revisions_unschedule"),
            *_named("wagtailimages", "edit delete preview add add_multiple edit_multiple delete_multiple"),
            "wagtailimages_chooser:create",
            *_of_snippets("stories_force", "stories_outcome", "stories_theme", "stories_contentnote", "stories_demand"),
            *_of_snippets("campaign_helpline"),
            "check_help_lines",
            *_named("wagtailsnippets_campaign_helpline", "revisions_revert"),
            *_of_snippets("campaign_offence", "campaign_addressee", "campaign_ask"),
            *_named("wagtailsnippets_campaign_offence", "revisions_revert"),
            *_named("wagtailsnippets_campaign_ask", "preview_on_add preview_on_edit unpublish"),
            *_named("wagtailsnippets_campaign_ask", "revisions_revert revisions_unschedule"),
            *_named("wagtailsnippets_campaign_brand", "edit revisions_revert"),
            *_named("wagtailsnippets_campaign_menu", "edit revisions_revert"),
        ],
    ),
    f"{EDITORS}, where there is one": (
        "An alias of a page, a page in a workflow, an upload of one's own, a picture or a page among many: each row is "
        "looked for first, and then asks for the right over it.",
        [
            *_named("wagtailadmin_pages", "convert_alias workflow_action collect_workflow_action_data"),
            *_named("wagtailadmin_api", "pages:detail pages:find images:detail images:find"),
            *_named("wagtailimages", "create_multiple_from_uploaded_image delete_upload_multiple"),
            *(f"wagtail_bulk_action campaign picture {does}" for does in ("add_tags", "add_to_collection", "delete")),
            *(f"wagtail_bulk_action wagtailcore page {does}" for does in ("delete", "move", "publish", "unpublish")),
            "wagtailadmin_editing_sessions:ping",
        ],
    ),
    TEAM: (
        "Forces’ answers: entering, changing, deleting one. Publishing one is nobody’s: another person’s yes does it.",
        [*_named("room_answers", "add edit delete revisions_revert")],
    ),
    f"{MODERATORS}, where there is one": (
        "A second person’s yes to an answer that waits, or sending it back.",
        _named("room_answers", "workflow_action collect_workflow_action_data"),
    ),
    COORDINATORS: (
        "People, who are stopped and never deleted, and where “Exit this page” leads.",
        [
            *_named("wagtailusers_users", "add edit"),
            *(f"wagtail_bulk_action auth user {does}" for does in ("assign_role", "delete", "set_active_state")),
            *_named("wagtailsnippets_campaign_exit", "edit revisions_revert"),
        ],
    ),
    SUPERUSER: (
        "Groups, sites, workflows and collections: how Wagtail itself is set up.",
        [
            *_named("wagtailadmin_collections", "add edit delete set_privacy"),
            *_named("wagtailadmin_workflows", "add enable disable edit remove add_task select_task_type edit_task"),
            *_named("wagtailadmin_workflows", "disable_task enable_task"),
            *_named("wagtailsites", "add edit delete copy"),
            *_named("wagtailusers_groups", "add edit delete"),
            *(f"wagtailsnippetchoosers_campaign_{name}:create" for name in ("brand", "exit", "menu")),
            *(f"wagtail_bulk_action campaign {name} delete" for name in ("brand", "exit", "menu")),
        ],
    ),
    NOBODY: (
        "Switched off, or refused to everybody: a password by mail, deleting a person, an address that isn't there.",
        [
            *_rows("wagtailadmin_password_reset wagtailadmin_password_reset_confirm"),
            *_rows("wagtailusers_users:delete wagtailadmin_error_test -"),
            # A setting has one row.
            *(
                f"wagtailsnippets_campaign_{name}:{does}"
                for name in ("brand", "exit", "menu")
                for does in ("add", "delete")
            ),
            # An answer of a force is public by a second person's yes, and waits locked by its workflow alone.
            *_named("room_answers", "lock unlock unpublish revisions_unschedule"),
            "wagtail_bulk_action stories response delete",
            # It would do what a screen refuses: take away a page that has to stay.
            *_rows("wagtailadmin_api:pages:action"),
            # Pages leave redirects, and nobody types one: its words would pass no look of ours.
            *_rows("redirects"),
            *_named("wagtailredirects", "add edit delete start_import process_import"),
        ],
    ),
}


def as_markdown() -> str:
    """The whole page; a test fails where the file says anything else."""
    from docs.admin_addresses import writing

    addresses = writing()
    ours = sorted({(one.row, one.deed) for one in addresses if one.deed})
    return WORDS.format(
        never="\n".join(_never()),
        deeds=_table(["deed", MODERATORS, COORDINATORS, EDITORS, SUPERUSER], _deeds()),
        ours=_table(["address", "deed"], ([f"`{row}`", deed] for row, deed in ours)),
        wagtails=_table(["who may", "what it is", "addresses"], _wagtails()),
    )


def _never() -> Iterable[str]:
    for role, lines in NEVER.items():
        yield f"- **{role[0].upper()}{role[1:]}**"
        yield from (f"  - {line}" for line in lines)


def _deeds() -> Iterable[list[str]]:
    from moderation.team.permissions import PERMISSIONS

    for deed, allowed in PERMISSIONS.items():
        is_wagtails = "with Wagtail's own right" if deed in WAGTAILS_OWN else ""
        yield [deed, *("yes" if role in allowed else "" for role in (MODERATORS, COORDINATORS, EDITORS)), is_wagtails]


# Rights over pages and lists are Wagtail's, which a superuser has, too.
WAGTAILS_OWN = ("edit pages", "edit lists")


def _wagtails() -> Iterable[list[str]]:
    for who, (why, rows) in WAGTAILS.items():
        yield [who, why, ", ".join(f"`{row}`" for row in rows)]


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heard.settings")
    os.environ.setdefault("DEMO", "1")
    import django

    django.setup()
    PAGE.write_text(as_markdown(), encoding="utf-8")
