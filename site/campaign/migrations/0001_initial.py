"""Every table of the campaign app, empty: `manage.py starting_pages` makes what a site begins with."""

import campaign.models.mixins
import campaign.site_chrome
import datetime
import django.core.validators
import modelcluster.fields
import modelsearch.index
import stories.core.lifecycle
import stories.figures.counts
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

# The blocks of each stream, by number.
_BODY = {
    0: ("campaign.blocks.words.HeadingBlock", (), {"group": "Words"}),
    1: ("campaign.blocks.words.TextBlock", (), {"group": "Words"}),
    2: ("campaign.blocks.words.StepsBlock", (), {"group": "Words"}),
    3: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": [
            ["bars", "Bars that count"], ["bin", "Bin"], ["clock", "Clock"], ["danger", "Danger"], ["exit", "Way out"],
            ["eye", "Eye"], ["key", "Key"], ["lock", "Lock"], ["no", "No"], ["people", "People"], ["phone", "Phone"],
            ["picture", "Picture"], ["police", "Police"], ["quote", "Words that are said"], ["scales", "Scales"],
            ["story", "Paper with words"], ["ticks", "Ticks"], ["write", "Paper and pencil"],
        ],
        "label": "Drawing",
    }),
    4: ("wagtail.blocks.RichTextBlock", (), {
        "features": ["bold", "italic", "link", "english"],
        "help_text": "One idea, in words that everybody knows. The drawing is not read out, so say everything here.",
        "label": "Sentence",
    }),
    5: ("wagtail.blocks.StructBlock", [[("drawing", 3), ("words", 4)]], {"group": "Words"}),
    6: ("campaign.blocks.words.NoticeBlock", (), {"group": "Words"}),
    7: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
    8: ("wagtail.contrib.typed_table_block.blocks.TypedTableBlock", [[("text", 7)]], {"group": "Words"}),
    9: ("wagtail.blocks.TextBlock", (), {"label": "Exact words"}),
    10: ("wagtail.blocks.CharBlock", (), {"label": "Who said it, and where"}),
    11: ("wagtail.blocks.URLBlock", (), {"label": "Link to the source", "required": False}),
    12: ("wagtail.blocks.StructBlock", [[("text", 9), ("source", 10), ("url", 11)]], {"group": "Words"}),
    13: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
    14: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "max_length": 250, "required": False}),
    15: ("wagtail.blocks.StructBlock", [[("picture", 13), ("caption", 14)]], {"group": "Words"}),
    16: ("campaign.blocks.words.ContentsBlock", (), {"group": "Words"}),
    17: ("campaign.blocks.stories.QuotableStoryBlock", (), {
        "help_text": "Only stories whose contributors allow quoting are listed.", "label": "Story",
    }),
    18: ("wagtail.blocks.TextBlock", (), {
        "help_text": "Copy it from the story’s page, whole words, nothing left out and nothing put in.",
        "label": "Exact passage", "rows": 3,
    }),
    19: ("wagtail.blocks.StructBlock", [[("story", 17), ("passage", 18)]], {"group": "From stories and figures"}),
    20: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": stories.figures.counts.figure_choices,
        "help_text": "The number is filled in, and changes by itself. It links to the stories that it counts.",
        "label": "Which figure",
    }),
    21: ("wagtail.blocks.StructBlock", [[("figure", 20)]], {"group": "From stories and figures"}),
    22: ("campaign.blocks.live.FiguresBlock", (), {"group": "From stories and figures"}),
    23: ("wagtail.snippets.blocks.SnippetChooserBlock", ("campaign.Ask",), {
        "help_text": "Its own page says all of it; here it is shown in short.", "label": "Ask",
    }),
    24: ("wagtail.blocks.StructBlock", [[("ask", 23)]], {"group": "For the reader to do"}),
    25: ("wagtail.blocks.CharBlock", (), {
        "help_text": "Begin with a verb: “Write to your MP”.", "label": "Words on the button", "max_length": 60,
    }),
    26: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page of ours", "required": False}),
    27: ("wagtail.blocks.CharBlock", (), {
        "help_text": "https://…, mailto:…, or a part of this site such as /tell/.", "label": "Or an address",
        "max_length": 500, "required": False,
    }),
    28: ("wagtail.blocks.StructBlock", [[("words", 25), ("page", 26), ("link", 27)]], {
        "group": "For the reader to do",
    }),
    29: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": [("all", "Everybody"), ("adults", "Adults"), ("under-18", "Under 18s")], "label": "For whom",
    }),
    30: ("wagtail.blocks.StructBlock", [[("audience", 29)]], {"group": "For the reader to do"}),
    31: ("wagtail.blocks.CharBlock", (), {
        "help_text": "It ends with a colon.", "label": "Sentence before it", "max_length": 300,
    }),
    32: ("wagtail.blocks.ChoiceBlock", [], {"choices": campaign.site_chrome.line_names, "label": "Help line"}),
    33: ("wagtail.blocks.StructBlock", [[("words", 31), ("line", 32)]], {"group": "For the reader to do"}),
    34: ("campaign.blocks.words.TextBlock", (), {
        "help_text": "Shown on a page in another language while two moderators say that they read it.",
        "label": "If two moderators read it",
    }),
    35: ("campaign.blocks.words.TextBlock", (), {
        "help_text": "Say how long the account is kept, and what makes it quicker.", "label": "If they don’t",
    }),
    36: ("wagtail.blocks.StructBlock", [[("read", 34), ("unread", 35)]], {"group": "For the reader to do"}),
    37: ("campaign.blocks.live.LanguagesBlock", (), {"group": "For the reader to do"}),
    38: ("campaign.blocks.live.LawBlock", (), {"group": "For the reader to do"}),
    39: ("campaign.blocks.live.CriteriaBlock", (), {"group": "For the reader to do"}),
}
_ASK_WHY = {
    0: ("campaign.blocks.words.TextBlock", (), {"group": "Words"}),
    1: ("wagtail.blocks.TextBlock", (), {"label": "Exact words"}),
    2: ("wagtail.blocks.CharBlock", (), {"label": "Who said it, and where"}),
    3: ("wagtail.blocks.URLBlock", (), {"label": "Link to the source", "required": False}),
    4: ("wagtail.blocks.StructBlock", [[("text", 1), ("source", 2), ("url", 3)]], {"group": "Words"}),
    5: ("wagtail.blocks.CharBlock", (), {"label": "Text", "required": False}),
    6: ("wagtail.contrib.typed_table_block.blocks.TypedTableBlock", [[("text", 5)]], {"group": "Words"}),
    7: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
    8: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "max_length": 250, "required": False}),
    9: ("wagtail.blocks.StructBlock", [[("picture", 7), ("caption", 8)]], {"group": "Words"}),
    10: ("campaign.blocks.stories.QuotableStoryBlock", (), {
        "help_text": "Only stories whose contributors allow quoting are listed.", "label": "Story",
    }),
    11: ("wagtail.blocks.TextBlock", (), {
        "help_text": "Copy it from the story’s page, whole words, nothing left out and nothing put in.",
        "label": "Exact passage", "rows": 3,
    }),
    12: ("wagtail.blocks.StructBlock", [[("story", 10), ("passage", 11)]], {"group": "From stories and figures"}),
    13: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": stories.figures.counts.figure_choices,
        "help_text": "The number is filled in, and changes by itself. It links to the stories that it counts.",
        "label": "Which figure",
    }),
    14: ("wagtail.blocks.StructBlock", [[("figure", 13)]], {"group": "From stories and figures"}),
}
_VOICES = {
    0: ("campaign.blocks.stories.QuotableStoryBlock", (), {
        "help_text": "Only stories whose contributors allow quoting are listed.", "label": "Story",
    }),
    1: ("wagtail.blocks.TextBlock", (), {
        "help_text": "Copy it from the story’s page, whole words, nothing left out and nothing put in.",
        "label": "Exact passage", "rows": 3,
    }),
    2: ("wagtail.blocks.StructBlock", [[("story", 0), ("passage", 1)]], {}),
}
_HOURS = {
    0: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": [
            ("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"),
            ("5", "Saturday"), ("6", "Sunday"),
        ],
        "label": "From",
    }),
    1: ("wagtail.blocks.ChoiceBlock", [], {
        "choices": [
            ("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday"), ("3", "Thursday"), ("4", "Friday"),
            ("5", "Saturday"), ("6", "Sunday"),
        ],
        "label": "To",
    }),
    2: ("wagtail.blocks.TimeBlock", (), {"label": "Opens"}),
    3: ("wagtail.blocks.TimeBlock", (), {"label": "Closes"}),
    4: ("wagtail.blocks.StructBlock", [[("first_day", 0), ("last_day", 1), ("opens", 2), ("closes", 3)]], {}),
}
_OFFICERS_CARD_PAGE_BODY = {
    0: ("wagtail.blocks.CharBlock", (), {"label": "Heading", "max_length": 50}),
    1: ("wagtail.blocks.CharBlock", (), {"label": "Line", "max_length": 160}),
    2: ("wagtail.blocks.ListBlock", (1,), {"label": "Lines", "max_num": 8}),
    3: ("wagtail.blocks.StructBlock", [[("heading", 0), ("lines", 2)]], {}),
    4: ("campaign.blocks.live.OffencesBlock", (), {}),
    5: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
    6: ("wagtail.blocks.ListBlock", (5,), {"label": "Say", "max_num": 6}),
    7: ("wagtail.blocks.ListBlock", (5,), {"label": "Never say", "max_num": 6}),
    8: ("wagtail.blocks.StructBlock", [[("say", 6), ("never", 7)]], {}),
}
_LEARNING_PAGE_PLAN = {
    0: ("wagtail.blocks.IntegerBlock", (), {"label": "Minutes", "max_value": 20, "min_value": 1}),
    1: ("wagtail.blocks.CharBlock", (), {"label": "What happens", "max_length": 80}),
    2: ("wagtail.blocks.RichTextBlock", (), {
        "features": ["bold", "italic", "link", "english"], "help_text": "What you do and say.", "label": "How",
    }),
    3: ("wagtail.blocks.StructBlock", [[("minutes", 0), ("title", 1), ("text", 2)]], {}),
}
_LEARNING_PAGE_PASSAGES = {
    0: ("campaign.blocks.stories.TrainingStoryBlock", (), {
        "help_text": "Only stories whose contributors allow training are listed.", "label": "Story",
    }),
    1: ("wagtail.blocks.TextBlock", (), {
        "help_text": "Copy it from the story’s page, whole words, nothing left out and nothing put in.",
        "label": "Exact passage", "rows": 3,
    }),
    2: ("wagtail.blocks.StructBlock", [[("story", 0), ("passage", 1)]], {}),
}
_LEARNING_PAGE_GOOD = {
    0: ("campaign.blocks.words.TextBlock", (), {}),
    1: ("campaign.blocks.stories.TrainingStoryBlock", (), {
        "help_text": "Only stories whose contributors allow training are listed.", "label": "Story",
    }),
    2: ("wagtail.blocks.TextBlock", (), {
        "help_text": "Copy it from the story’s page, whole words, nothing left out and nothing put in.",
        "label": "Exact passage", "rows": 3,
    }),
    3: ("wagtail.blocks.StructBlock", [[("story", 1), ("passage", 2)]], {}),
}
_MENU = {
    0: ("wagtail.blocks.PageChooserBlock", (), {"label": "Page"}),
    1: ("wagtail.blocks.CharBlock", (), {"label": "Other words for it", "max_length": 40, "required": False}),
    2: ("wagtail.blocks.CharBlock", (), {"label": "In Welsh", "max_length": 40, "required": False}),
    3: ("wagtail.blocks.StructBlock", [[("page", 0), ("title", 1), ("title_cy", 2)]], {}),
    4: ("wagtail.blocks.ChoiceBlock", [], {"choices": campaign.site_chrome.site_parts, "label": "Part"}),
    5: ("wagtail.blocks.StructBlock", [[("part", 4), ("title", 1), ("title_cy", 2)]], {}),
}


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stories", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.CreateModel(
            "ContentPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                ("body", wagtail.fields.StreamField(
                    [
                        ("heading", 0), ("text", 1), ("steps", 2), ("picture_line", 5), ("notice", 6), ("table", 8),
                        ("quote", 12), ("image", 15), ("contents", 16), ("story_quote", 19), ("figure", 21),
                        ("figures", 22), ("ask", 24), ("action_button", 28), ("help_lines", 30), ("help_line", 33),
                        ("language_read", 36), ("languages", 37), ("law", 38), ("criteria", 39),
                    ],
                    blank=True, block_lookup=_BODY, verbose_name="page",
                )),
                ("language", models.CharField(
                    blank=True,
                    choices=[
                        ("pl", "Polish"), ("ro", "Romanian"), ("pa", "Panjabi"), ("ur", "Urdu"), ("pt", "Portuguese"),
                        ("es", "Spanish"), ("ar", "Arabic"), ("bn", "Bengali"), ("gu", "Gujarati"), ("uk", "Ukrainian"),
                    ],
                    db_default="", default="",
                    help_text="Leave it empty for English. Pages in another language are listed together, each under its own name.",
                    max_length=2, verbose_name="language",
                )),
            ],
            options={"verbose_name": "page"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(
                    help_text="As it reads after “We ask”: “every chief constable”, “the Home Office”. Never a person’s name.",
                    max_length=120, unique=True, verbose_name="name",
                )),
                ("kind", models.CharField(
                    choices=[
                        ("force", "One police force"), ("forces", "All police forces"),
                        ("college", "College of Policing"), ("home-office", "Home Office"),
                        ("prosecutors", "Prosecutors"), ("platform", "A platform"), ("parliament", "Parliament"),
                        ("other", "Somebody else"),
                    ],
                    max_length=11, verbose_name="kind",
                )),
                ("force", models.ForeignKey(
                    blank=True, help_text="Only for one police force: what is asked of it stands on its page too.",
                    null=True, on_delete=models.PROTECT, related_name="+", to="stories.force",
                    verbose_name="police force",
                )),
            ],
            options={
                "verbose_name": "body that is asked",
                "verbose_name_plural": "bodies that are asked",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("force__isnull", False), ("kind", "force")),
                            models.Q(models.Q(("kind", "force"), _negated=True), ("force__isnull", True)),
                            _connector="OR",
                        ),
                        name="addressee_names_its_force",
                        violation_error_message="Choose the police force where one force is asked, and none elsewhere.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                ("has_unpublished_changes", models.BooleanField(
                    default=False, editable=False, verbose_name="has unpublished changes",
                )),
                ("first_published_at", models.DateTimeField(
                    blank=True, db_index=True, null=True, verbose_name="first published at",
                )),
                ("last_published_at", models.DateTimeField(
                    editable=False, null=True, verbose_name="last published at",
                )),
                ("live_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="live revision",
                )),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("sentence", models.CharField(
                    help_text="One sentence, of something that can be done. Begin with a verb.", max_length=200,
                    verbose_name="what we ask",
                )),
                ("slug", models.SlugField(
                    help_text="It stands at /asks/…/. Once the ask is public its address stays: letters and answers name it.",
                    max_length=60, unique=True, verbose_name="address",
                )),
                ("addressee", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="asks", to="campaign.addressee", verbose_name="of whom",
                )),
                ("why", wagtail.fields.StreamField(
                    [("text", 0), ("quote", 4), ("table", 6), ("image", 9), ("story_quote", 12), ("figure", 14)],
                    block_lookup=_ASK_WHY, help_text="In your words, in those of stories, and with figures.",
                    verbose_name="why",
                )),
                ("it_took", models.TextField(
                    blank=True,
                    help_text="Once something came of it: what was done for it, and by whom, in plain words.",
                    max_length=1000, verbose_name="what it took",
                )),
                ("demands", modelcluster.fields.ParentalManyToManyField(
                    blank=True, help_text="Each that this ask answers: readers are led from one to the other.",
                    related_name="+", to="stories.demand", verbose_name="what people say should change",
                )),
            ],
            options={"verbose_name": "ask", "verbose_name_plural": "asks", "ordering": ["sentence"]},
            bases=(campaign.models.mixins.LookedAt, wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            "HomePage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("question", models.CharField(
                    default="What happened when you told the police?", max_length=120, verbose_name="question",
                )),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                ("tell_words", models.CharField(blank=True, max_length=120, verbose_name="words under Tell")),
                ("read_words", models.CharField(blank=True, max_length=120, verbose_name="words under Read")),
                ("learn_words", models.CharField(blank=True, max_length=120, verbose_name="words under Learn")),
                ("ask", models.ForeignKey(
                    blank=True, help_text="Shown until it is done or refused; after that, nothing stands in its place.",
                    null=True, on_delete=models.SET_NULL, related_name="+", to="campaign.ask",
                    verbose_name="ask of the moment",
                )),
                ("voices", wagtail.fields.StreamField(
                    [("story_quote", 2)], blank=True, block_lookup=_VOICES,
                    help_text="Eight to twelve passages, each short enough for one line of a phone. Home shows five at a time, and others after each change of the site.",
                    verbose_name="sentences of people",
                )),
            ],
            options={"verbose_name": "home page"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "ActionIndexPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={"verbose_name": "actions"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "ActionPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                ("body", wagtail.fields.StreamField(
                    [
                        ("heading", 0), ("text", 1), ("steps", 2), ("picture_line", 5), ("notice", 6), ("table", 8),
                        ("quote", 12), ("image", 15), ("contents", 16), ("story_quote", 19), ("figure", 21),
                        ("figures", 22), ("ask", 24), ("action_button", 28), ("help_lines", 30), ("help_line", 33),
                        ("language_read", 36), ("languages", 37), ("law", 38), ("criteria", 39),
                    ],
                    blank=True, block_lookup=_BODY, verbose_name="page",
                )),
                ("ask", models.ForeignKey(
                    blank=True, help_text="What is asked, of whom, and where it stands are told there.", null=True,
                    on_delete=models.PROTECT, related_name="+", to="campaign.ask", verbose_name="ask that it presses",
                )),
                ("state", models.CharField(
                    choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6,
                    verbose_name="open or closed",
                )),
                ("to_whom", models.CharField(
                    help_text="An office: “the chief constable of your force”.", max_length=120,
                    verbose_name="to whom readers write",
                )),
                ("step_one", models.CharField(max_length=250, verbose_name="first step")),
                ("step_two", models.CharField(max_length=250, verbose_name="second step")),
                ("step_three", models.CharField(max_length=250, verbose_name="third step")),
                ("letter_subject", models.CharField(blank=True, max_length=120, verbose_name="subject of the letter")),
                ("letter", models.TextField(
                    blank=True,
                    help_text="Plain text that readers copy. Write {force} where the name of a police force belongs: each reader chooses theirs on the page, and nobody keeps which.",
                    max_length=2000, verbose_name="letter",
                )),
                ("letter_to", models.EmailField(
                    blank=True,
                    help_text="Only of an office that publishes it. Leave it empty where each reader has another.",
                    max_length=254, verbose_name="mail address of the office",
                )),
                ("petition_url", models.URLField(
                    blank=True, help_text="Begin with https://. Readers are told that they leave us.",
                    verbose_name="petition elsewhere",
                )),
                ("achieved", models.TextField(
                    blank=True,
                    help_text="In plain words, with months. A closed action needs it, also where it achieved nothing.",
                    max_length=1000, verbose_name="what it achieved",
                )),
            ],
            options={"verbose_name": "action"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "AskUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("ask", modelcluster.fields.ParentalKey(
                    on_delete=models.CASCADE, related_name="updates", to="campaign.ask",
                )),
                ("on", models.DateField(default=stories.core.lifecycle.today, verbose_name="day")),
                ("words", models.CharField(
                    help_text="A sentence or two, without a name.", max_length=400, verbose_name="what happened",
                )),
                ("state", models.CharField(
                    blank=True,
                    choices=[
                        ("asked", "Asked"), ("promised", "Promised"), ("partly", "Partly done"), ("done", "Done"),
                        ("checked", "Done and checked"), ("refused", "Refused"),
                    ],
                    help_text="Leave it empty where nothing moved.", max_length=8, verbose_name="moves it to",
                )),
                ("due", models.DateField(
                    blank=True, help_text="From that day on, the page says that it is overdue.", null=True,
                    verbose_name="promised by",
                )),
                ("missing", models.CharField(
                    blank=True, help_text="Of what is partly done: a sentence, which the page shows.", max_length=300,
                    verbose_name="what is still missing",
                )),
                ("who_says", models.CharField(
                    blank=True, help_text="A body or an office: “Kent Police, on its website”.", max_length=120,
                    verbose_name="who says so",
                )),
                ("source_url", models.URLField(blank=True, max_length=400, verbose_name="link to the source")),
            ],
            options={
                "verbose_name": "update",
                "ordering": ["sort_order"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["", "asked"]),
                            models.Q(
                                models.Q(("who_says", ""), _negated=True), models.Q(("source_url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_said_of_an_ask_has_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due__isnull", False), ("state", "promised")),
                            models.Q(models.Q(("state", "promised"), _negated=True), ("due__isnull", True)),
                            _connector="OR",
                        ),
                        name="promise_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "partly"), models.Q(("missing", ""), _negated=True)),
                            models.Q(models.Q(("state", "partly"), _negated=True), ("missing", "")), _connector="OR",
                        ),
                        name="what_is_partly_done_lacks_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "HelpLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("about", models.CharField(max_length=250, verbose_name="about, in a sentence or two")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("text_number", models.CharField(blank=True, max_length=20, verbose_name="number for text messages")),
                ("url", models.URLField(blank=True, verbose_name="website")),
                ("form_url", models.URLField(
                    blank=True, help_text="Where somebody can write when nobody answers.",
                    verbose_name="form to write to them",
                )),
                ("audience", models.CharField(
                    choices=[("all", "Everybody"), ("adults", "Adults"), ("under-18", "Under 18s")], default="all",
                    max_length=8, verbose_name="for whom",
                )),
                ("region", models.CharField(
                    choices=[
                        ("uk", "The whole UK"), ("england-wales", "England and Wales"), ("england", "England"),
                        ("scotland", "Scotland"), ("wales", "Wales"), ("northern-ireland", "Northern Ireland"),
                        ("jersey", "Jersey"), ("guernsey", "Guernsey"), ("isle-of-man", "Isle of Man"),
                    ],
                    default="uk", max_length=16, verbose_name="where",
                )),
                ("hours_text", models.CharField(max_length=100, verbose_name="hours in words")),
                ("open", models.CharField(
                    choices=[
                        ("always", "At any hour"), ("listed", "At the hours listed below"),
                        ("unknown", "Not known: say “see website”"),
                    ],
                    default="listed", max_length=7, verbose_name="open",
                )),
                ("opens", wagtail.fields.StreamField(
                    [("hours", 4)], blank=True, block_lookup=_HOURS,
                    help_text="UK time. On a bank holiday we never say “open now” of a line with listed hours.",
                    verbose_name="days and hours",
                )),
                ("name_cy", models.CharField(
                    blank=True, help_text="Only if it has one.", max_length=80, verbose_name="name in Welsh",
                )),
                ("about_cy", models.CharField(blank=True, max_length=250, verbose_name="about, in Welsh")),
                ("hours_text_cy", models.CharField(
                    blank=True, max_length=100, verbose_name="hours in words, in Welsh",
                )),
                ("answers_in_welsh", models.BooleanField(
                    default=False, help_text="Welsh pages show such lines before the others.",
                    verbose_name="answers in Welsh",
                )),
                ("answers_in_bsl", models.BooleanField(
                    db_default=False, default=False,
                    help_text="Such lines stand before the others, under a line of their own.",
                    verbose_name="answers in British Sign Language",
                )),
                ("stays_when_closed", models.BooleanField(
                    default=False, help_text="At the foot of a page, where others show only while somebody answers.",
                    verbose_name="also shown while it is closed",
                )),
                ("shows", models.BooleanField(
                    default=True,
                    help_text="Without the tick it is in no list of help lines, such as where a line has closed. Sentences that name it stay. It can come back.",
                    verbose_name="shown",
                )),
                ("order", models.PositiveSmallIntegerField(
                    default=0, help_text="Small numbers come first.", verbose_name="order",
                )),
                ("last_checked", models.DateField(
                    default=datetime.date.today,
                    help_text="The day on which somebody called the number or opened the website. We ask again after 90 days.",
                    verbose_name="last checked",
                )),
                ("source", models.URLField(
                    blank=True, help_text="A page of its own, to check them against.",
                    verbose_name="where its number and hours stand",
                )),
            ],
            options={"verbose_name": "help line", "verbose_name_plural": "help lines", "ordering": ["order", "name"]},
        ),
        migrations.CreateModel(
            "Offence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("stands", models.CharField(
                    choices=[("lawyer", "With the lawyer: a draft, shown nowhere"), ("shown", "Shown")],
                    default="lawyer",
                    help_text="A draft is on no page, in no file and in no search, until the campaign’s lawyer has checked it.",
                    max_length=6, verbose_name="stands",
                )),
                ("name", models.CharField(max_length=120, verbose_name="name, in plain words")),
                ("name_cy", models.CharField(blank=True, max_length=120, verbose_name="name in Welsh")),
                ("slug", models.SlugField(
                    help_text="Links lead to it on the page about the law: /the-law/#this. Leave it once others may link to it.",
                    max_length=60, unique=True, verbose_name="address",
                )),
                ("covers", models.TextField(max_length=700, verbose_name="what it covers")),
                ("covers_cy", models.TextField(blank=True, max_length=700, verbose_name="what it covers, in Welsh")),
                ("jurisdiction", models.CharField(
                    choices=[
                        ("england-and-wales", "England and Wales"), ("scotland", "Scotland"),
                        ("northern-ireland", "Northern Ireland"), ("uk", "The whole UK"),
                    ],
                    max_length=17, verbose_name="where it is law",
                )),
                ("since", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("since_year_only", models.BooleanField(
                    default=False,
                    help_text="Then put the first of January of that year above. Readers are told the year, and no day.",
                    verbose_name="only the year is certain",
                )),
                ("date_unconfirmed", models.BooleanField(
                    default=False,
                    help_text="Pages and the card say so. Untick it once somebody has read the commencement regulations.",
                    verbose_name="the day is as others published it, and being checked",
                )),
                ("until", models.DateField(
                    blank=True, help_text="Its last day. Empty while it is in force.", null=True,
                    verbose_name="in force to",
                )),
                ("statute", models.CharField(blank=True, max_length=200, verbose_name="Act and section")),
                ("statute_url", models.URLField(
                    blank=True, help_text="At https://www.legislation.gov.uk, to the section if you can.",
                    verbose_name="link to the Act",
                )),
                ("greatest_sentence", models.CharField(
                    blank=True, help_text="Empty where it isn’t certain.", max_length=250,
                    verbose_name="greatest sentence",
                )),
                ("anonymity", models.CharField(
                    choices=[("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")], default="unsure", max_length=6,
                    verbose_name="anonymity for life for whoever reports",
                )),
                ("anonymity_words", models.CharField(
                    blank=True, max_length=250, verbose_name="more about that, in a line",
                )),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where this was checked")),
                ("source_url", models.URLField(blank=True, verbose_name="link to that")),
                ("last_checked", models.DateField(
                    blank=True, help_text="We ask again after 180 days.", null=True, verbose_name="last checked",
                )),
                ("checked_by", models.CharField(
                    blank=True, help_text="An office, such as “the campaign’s lawyer”. Never a name.", max_length=80,
                    verbose_name="checked by",
                )),
                ("order", models.PositiveSmallIntegerField(
                    default=0, help_text="Small numbers come first.", verbose_name="order",
                )),
            ],
            options={
                "verbose_name": "offence",
                "verbose_name_plural": "offences",
                "ordering": ["order", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stands", "shown"), _negated=True),
                            models.Q(("since__isnull", False), ("last_checked__isnull", False)), _connector="OR",
                        ),
                        name="shown_offence_has_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("since__isnull", True), ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="offence_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "OfficersCardPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.CharField(
                    blank=True, help_text="Under the title, on paper too: keep it short.", max_length=200,
                    verbose_name="introduction",
                )),
                ("body", wagtail.fields.StreamField(
                    [("part", 3), ("offences", 4), ("saying", 8)], block_lookup=_OFFICERS_CARD_PAGE_BODY,
                    verbose_name="card",
                )),
            ],
            options={"verbose_name": "officers’ card"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "LearningIndexPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={"verbose_name": "learning"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "LearningPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("aim", models.TextField(
                    help_text="What somebody does differently after it: “After this you …”.", max_length=300,
                    verbose_name="aim",
                )),
                ("for_whom", models.CharField(
                    help_text="Such as “Call handlers, front counter”.", max_length=120, verbose_name="for whom",
                )),
                ("plan", wagtail.fields.StreamField(
                    [("step", 3)], block_lookup=_LEARNING_PAGE_PLAN, help_text="The steps take 20 minutes together.",
                    verbose_name="plan",
                )),
                ("notes", wagtail.fields.StreamField(
                    [("text", 0), ("steps", 1), ("notice", 2)],
                    block_lookup={
                        0: ("campaign.blocks.words.TextBlock", (), {}), 1: ("campaign.blocks.words.StepsBlock", (), {}),
                        2: ("campaign.blocks.words.NoticeBlock", (), {}),
                    },
                    help_text="What is hard about this session, and what to do then. That people in the room may have lived this, and the help lines, stand on every such page already.",
                    verbose_name="notes for the trainer",
                )),
                ("passages", wagtail.fields.StreamField(
                    [("training_quote", 2)], block_lookup=_LEARNING_PAGE_PASSAGES,
                    help_text="Two or three passages. One that may not be shown any more leaves the page by itself, so never say elsewhere how many there are.",
                    verbose_name="what people told us",
                )),
                ("questions", wagtail.fields.StreamField(
                    [("question", 0)],
                    block_lookup={
                        0: ("wagtail.blocks.CharBlock", (), {"icon": "help", "label": "Question", "max_length": 250}),
                    },
                    help_text="About the work. None asks anybody for something that happened to them.",
                    verbose_name="questions",
                )),
                ("figure", wagtail.fields.StreamField(
                    [("figure", 1)],
                    block_lookup={
                        0: ("wagtail.blocks.ChoiceBlock", [], {
                            "choices": stories.figures.counts.figure_choices,
                            "help_text": "The number is filled in, and changes by itself. It links to the stories that it counts.",
                            "label": "Which figure",
                        }),
                        1: ("wagtail.blocks.StructBlock", [[("figure", 0)]], {}),
                    },
                    verbose_name="figure",
                )),
                ("good", wagtail.fields.StreamField(
                    [("text", 0), ("training_quote", 3)], block_lookup=_LEARNING_PAGE_GOOD,
                    help_text="In your words first; then passages, best of what people said was done well.",
                    verbose_name="what good looked like",
                )),
                ("wording", wagtail.fields.StreamField(
                    [("words", 2)],
                    block_lookup={
                        0: ("wagtail.blocks.CharBlock", (), {"label": "Instead of", "max_length": 200}),
                        1: ("wagtail.blocks.CharBlock", (), {"label": "Say", "max_length": 250}),
                        2: ("wagtail.blocks.StructBlock", [[("instead_of", 0), ("say", 1)]], {}),
                    },
                    verbose_name="what to say",
                )),
            ],
            options={"verbose_name": "session for trainers"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "NewsIndexPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={"verbose_name": "news"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "NewsPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
                ("body", wagtail.fields.StreamField(
                    [
                        ("heading", 0), ("text", 1), ("steps", 2), ("picture_line", 5), ("notice", 6), ("table", 8),
                        ("quote", 12), ("image", 15), ("contents", 16), ("story_quote", 19), ("figure", 21),
                        ("figures", 22), ("ask", 24), ("action_button", 28), ("help_lines", 30), ("help_line", 33),
                        ("language_read", 36), ("languages", 37), ("law", 38), ("criteria", 39),
                    ],
                    blank=True, block_lookup=_BODY, verbose_name="page",
                )),
                ("date", models.DateField(default=stories.core.lifecycle.today, verbose_name="date")),
                ("author_role", models.CharField(
                    blank=True, help_text="A role, such as “Coordinator”. Never a name.", max_length=60,
                    verbose_name="written by",
                )),
            ],
            options={"verbose_name": "news item"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "PatternIndexPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("intro", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={"verbose_name": "patterns"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "PatternPage",
            fields=[
                ("page_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.page",
                )),
                ("why_it_stays", models.TextField(
                    blank=True,
                    help_text="Only where a phone number, an address or the like has to stand here: say whose it is, and why. Readers don’t see this; whoever reads it after you does.",
                    max_length=300, verbose_name="why it stays",
                )),
                ("reason_covers", models.JSONField(editable=False, null=True)),
                ("sentence", models.CharField(
                    help_text="What happens again and again, as somebody would say it. It is set very large.",
                    max_length=110, verbose_name="in one sentence",
                )),
                ("passages", wagtail.fields.StreamField(
                    [("story_quote", 2)], blank=True, block_lookup=_VOICES,
                    help_text="Three to seven. One goes by itself when its story goes.", verbose_name="passages",
                )),
                ("guidance", models.TextField(
                    blank=True, help_text="What law or guidance asks of them, and who says so.", max_length=600,
                    verbose_name="what officers should have done",
                )),
                ("ask", models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to="campaign.ask",
                    verbose_name="ask",
                )),
                ("session", models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to="campaign.learningpage",
                    verbose_name="session for trainers",
                )),
                ("action", models.ForeignKey(
                    blank=True, help_text="It is named before the other actions of the ask.", null=True,
                    on_delete=models.SET_NULL, related_name="+", to="campaign.actionpage",
                    verbose_name="what a reader can do",
                )),
                ("themes", modelcluster.fields.ParentalManyToManyField(
                    help_text="Its stories are those about any of these. The number is counted by itself.",
                    related_name="+", to="stories.theme", verbose_name="themes",
                )),
                ("offences", modelcluster.fields.ParentalManyToManyField(
                    blank=True, help_text="Each that was the law, and wasn’t followed.", related_name="+",
                    to="campaign.offence", verbose_name="offences",
                )),
            ],
            options={"verbose_name": "pattern"},
            bases=(campaign.models.mixins.LookedAt, "wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            "Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("collection", models.ForeignKey(
                    default=wagtail.models.media.get_root_collection_id, on_delete=models.CASCADE, related_name="+",
                    to="wagtailcore.collection", verbose_name="collection",
                )),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("file", wagtail.images.models.WagtailImageField(
                    height_field="height", upload_to=wagtail.images.models.get_upload_to, verbose_name="file",
                    width_field="width",
                )),
                ("description", models.CharField(blank=True, default="", max_length=255, verbose_name="description")),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at")),
                ("uploaded_by_user", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by user",
                )),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ("tags", taggit.managers.TaggableManager(
                    blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags",
                )),
            ],
            options={"verbose_name": "picture", "verbose_name_plural": "pictures"},
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            "PictureRendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                ("file", wagtail.images.models.WagtailImageField(
                    height_field="height", storage=wagtail.images.models.get_rendition_storage,
                    upload_to=wagtail.images.models.get_rendition_upload_to, width_field="width",
                )),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                ("image", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="renditions", to="campaign.picture",
                )),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "filter_spec", "focal_point_key"), name="one_picture_of_each_size",
                    ),
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            "Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("name", models.CharField(default="Heard", max_length=40, verbose_name="name")),
                ("strapline", models.CharField(blank=True, max_length=120, verbose_name="strapline")),
                ("hashtag", models.CharField(
                    blank=True,
                    help_text="Each word with a capital, as in #ReadTheLetter, so that a screen reader says it word by word.",
                    max_length=40,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^#\\w+$", "Begin with #, then letters and numbers alone.",
                        ),
                    ],
                    verbose_name="hashtag",
                )),
                ("logo", models.ForeignKey(
                    blank=True,
                    help_text="Stands before the name, in place of our mark. It has to read on light ground and on dark.",
                    null=True, on_delete=models.SET_NULL, related_name="+", to="campaign.picture", verbose_name="logo",
                )),
                ("palette", models.CharField(
                    choices=[("moss", "Moss: green"), ("bark", "Bark: brown"), ("slate", "Slate: grey")],
                    default="moss", max_length=12, verbose_name="palette",
                )),
                ("run_by", models.CharField(
                    blank=True,
                    help_text="The charity’s name, as it ends the sentence “Heard is run by …”. Fill it in before you open.",
                    max_length=120, verbose_name="who runs it",
                )),
                ("reads_welsh", models.BooleanField(
                    default=False, help_text="Without the tick, Welsh pages say that we cannot promise it.",
                    verbose_name="a moderator reads Welsh",
                )),
            ],
            options={"verbose_name": "brand"},
        ),
        migrations.CreateModel(
            "Menu",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("header", wagtail.fields.StreamField(
                    [("page", 3), ("part", 5)], blank=True, block_lookup=_MENU,
                    help_text="Six at most read well. “Tell us” is a button beside it.", verbose_name="menu",
                )),
                ("footer", wagtail.fields.StreamField(
                    [("page", 3), ("part", 5)], blank=True, block_lookup=_MENU,
                    help_text="One short line. “Leaving this site safely” and “Take something down” come last by themselves.",
                    verbose_name="footer",
                )),
            ],
            options={"verbose_name": "menu and footer"},
        ),
        migrations.CreateModel(
            "Exit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("target", models.CharField(
                    choices=[
                        ("https://www.bbc.co.uk/weather", "BBC Weather"), ("https://www.bbc.co.uk/news", "BBC News"),
                        ("https://www.google.co.uk/", "Google search"),
                    ],
                    default="https://www.bbc.co.uk/weather", max_length=60, verbose_name="where it leads",
                )),
            ],
            options={"verbose_name": "exit"},
        ),
    ]
