"""The last part of the table, all optional: what happened, how officers dealt with it, what came of it."""

from stories.telling.question_lists import NEVER_TOLD, OUTCOMES, RATHER_NOT_ALONE, TOLD
from stories.telling.question_shapes import AskedIf, Instead, Question, options
from stories.telling.question_shapes import marked as _

MORE = (
    Question(
        "kinds", "more", "many", _("What happened?"),
        _("The law treats these differently, and officers can mix them up."),
        options(
            ("shared", _("Images shared")),
            ("threat", _("Threat to share")),
            ("taken", _("Taken or recorded without my consent")),
            ("fake", _("Fake images made")),
            ("money", _("Asked for money or more images")),
            ("stolen", _("Stolen from a phone or account")),
            ("outed", _("Used to out me")),
            ("paid-page", _("From my paid page or work")),
            ("something-else", _("Something else")),
        ),
        alone=(RATHER_NOT_ALONE,), counts=True,
    ),
    Question(
        "where", "more", "many", _("Where were the images shared?"),
        _("So we learn which places police need to understand."),
        options(
            ("porn-site", _("Porn site")),
            ("social-media", _("Social media")),
            ("group-chat", _("Group chat")),
            ("people-i-know", _("Sent to people I know")),
            ("not-shared", _("Not shared")),
        ),
        alone=(RATHER_NOT_ALONE,), counts=True,
    ),
    Question(
        "who", "more", "many", _("Who did it?"), _("Police should act whoever it was."),
        options(
            ("partner", _("Partner")),
            ("ex-partner", _("Ex-partner")),
            ("dated", _("Someone I dated or met online")),
            ("friend", _("Friend or someone I knew")),
            ("family", _("Family")),
            ("work", _("Work, school or college")),
            ("stranger", _("Stranger")),
            ("do-not-know", _("I do not know")),
        ),
        alone=(RATHER_NOT_ALONE,), counts=True,
    ),
    Question(
        "knew_law", "more", "one", _("Did officers know it is a crime?"),
        _("A force once said sorry because its officers did not. We want to see if that has changed."),
        options(
            ("at-once", _("Yes, at once")),
            ("after-being-told", _("Only after being told")),
            ("some", _("Some did")),
            ("not-a-crime", _("They said it is not a crime")),
        ),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "dignity", "more", "one", _("Were you treated with dignity?"),
        _("How you are treated matters, whatever comes of it."),
        options(
            ("always", _("Always")),
            ("mostly", _("Mostly")),
            ("sometimes", _("Sometimes")),
            ("no", _("No")),
        ),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "believed", "more", "one", _("Did you feel believed?"), _("Being doubted makes people give up."),
        options(("yes", _("Yes")), ("by-some", _("By some")), ("no", _("No"))),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "evidence", "more", "many", _("Did they look at your evidence?"), _("Things online vanish fast."),
        options(
            ("all", _("Yes, all")),
            ("some", _("Some")),
            ("no", _("No")),
            ("asked-me", _("They asked me to collect it")),
            ("took-phone", _("They took my phone")),
            ("none", _("There was none")),
        ),
        asked_if=TOLD, alone=(RATHER_NOT_ALONE,), counts=True,
    ),
    Question(
        "outcome", "more", "one", _("What came of it?"), _("So readers can see how reports end."), OUTCOMES,
        asked_if=TOLD, counts=True,
    ),
    # Not asked of somebody whom the police said had stopped: it would doubt them once more.
    Question(
        "stopped_why", "more", "many", _("If you stopped, what made you stop?"),
        _("Government figures have shown about one in three people do. It is not a failure."),
        options(
            ("no-support", _("Not enough support from police")),
            ("not-anonymous", _("I could not stay anonymous")),
            ("afraid", _("Afraid of the person")),
            ("pressure", _("Pressure from someone")),
            ("too-long", _("It took too long")),
            ("evidence-lost", _("Evidence was lost")),
            ("go-nowhere", _("I was told it would go nowhere")),
            ("phone", _("Handing over my phone")),
            ("health", _("My health")),
            ("move-on", _("I wanted to move on")),
            ("came-down", _("The images came down")),
            ("something-else", _("Something else")),
        ),
        asked_if=AskedIf("outcome", ("i-stopped",)), alone=(RATHER_NOT_ALONE,), counts=True,
    ),
    Question(
        "how_long", "more", "one", _("How long did it take, until the end or now?"),
        _("Waiting is part of how you are treated."),
        options(
            ("under-a-week", _("Under a week")),
            ("under-a-month", _("Under a month")),
            ("1-6-months", _("1–6 months")),
            ("6-12-months", _("6–12 months")),
            ("1-2-years", _("1–2 years")),
            ("over-2-years", _("Over 2 years")),
            ("nobody-told-me", _("Nobody told me it had ended")),
        ),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "again", "more", "one", _("Would you tell the police again?"), _("It is the plainest sign of trust."),
        options(("yes", _("Yes")), ("maybe", _("Maybe")), ("no", _("No"))),
        instead=Instead(NEVER_TOLD, _("Would you ever tell the police?"), _("It is the plainest sign of trust.")),
        counts=True, counted_as=_("Would you tell the police, again or at all?"),
    ),
    Question(
        "treated_because", "more", "many", _("Did any of this change how they treated you?"),
        _("So we can show if some people get worse treatment. Shown only in UK totals."),
        options(
            ("sex", _("Sex or gender")),
            ("trans", _("Being trans")),
            ("sexuality", _("Sexuality")),
            ("race", _("Race, nationality or faith")),
            ("immigration", _("Immigration status")),
            ("disability", _("Disability or health")),
            ("age", _("Age")),
            ("work", _("My work, including sex work")),
            ("none", _("None")),
        ),
        asked_if=TOLD, alone=(RATHER_NOT_ALONE,), counts=True,
    ),
)  # fmt: skip
