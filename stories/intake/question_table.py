"""The one table of what we ask: words, reasons, answers, limits. `questions` says what is done with it.

A new question is a new row, and a new `questions.VERSION`. Names and slugs never change, because sealed answers
hold them; words may. What is asked no longer keeps its row, marked `retired` or not `is_asked`, so that it can
still be read. Words are marked with `_` for translators and put into a language by whoever shows them (`wording`).
"""

import json
from pathlib import Path

from stories.core import dates
from stories.intake.question_types import Alone, AskedIf, Instead, Option, Question, Section, make_options
from stories.intake.question_types import marked_options as _

# --- Lists of answers that more than the form leans on ----------------------------------------

_DATA = Path(__file__).resolve().parent.parent / "data"

ASIDES = make_options(("not-sure", _("Not sure")), ("rather-not-say", _("Rather not say")))
FORCES = tuple(
    Option(force["id"], force["name"]) for force in json.loads((_DATA / "forces.json").read_text(encoding="utf-8"))
)
RATHER_NOT_ALONE = Alone(
    "rather-not-say", _("You ticked “Rather not say” and something else as well. Untick one: both are fine.")
)
# Whoever never told the police is asked other things, and not what only those who told them can know.
NEVER_TOLD = AskedIf("reported", ("did-not-tell",))
TOLD = AskedIf(
    "reported", ("did-not-tell",), is_not=True, plainly=_("If you did not tell the police, pass over this question.")
)
# At most eight: with more, one of them would single somebody out. An editor's names for them are in the database.
OUTCOMES = make_options(
    ("still-going", _("Still going on")),
    ("never-taken-on", _("Never properly taken on")),
    ("closed", _("Looked into, then closed")),
    ("i-stopped", _("I stopped, or felt I had to")),
    ("said-i-stopped", _("They said I had stopped, but I had not")),
    ("warning", _("Warning, caution or order")),
    ("charged", _("Someone charged, or it went to court")),
    ("something-else", _("Something else")),
)
# Slug, the words of `Force.region`, the nation.
PLACES = (
    ("north-east", _("North East"), "England"),
    ("north-west", _("North West"), "England"),
    ("yorkshire-and-the-humber", _("Yorkshire and The Humber"), "England"),
    ("east-midlands", _("East Midlands"), "England"),
    ("west-midlands", _("West Midlands"), "England"),
    ("east-of-england", _("East of England"), "England"),
    ("london", _("London"), "England"),
    ("south-east", _("South East"), "England"),
    ("south-west", _("South West"), "England"),
    ("wales", _("Wales"), "Wales"),
    ("scotland", _("Scotland"), "Scotland"),
    ("northern-ireland", _("Northern Ireland"), "Northern Ireland"),
)
REGIONS = tuple(Option(slug, name) for slug, name, _nation in PLACES)


# --- The last part of the form ----------------------------------------------------------------

MORE = (
    Question(
        "kinds", "more", "many", _("What happened?"),
        _("The law treats these differently, and officers can mix them up."),
        make_options(
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
        make_options(
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
        make_options(
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
        make_options(
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
        make_options(
            ("always", _("Always")),
            ("mostly", _("Mostly")),
            ("sometimes", _("Sometimes")),
            ("no", _("No")),
        ),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "believed", "more", "one", _("Did you feel believed?"), _("Being doubted makes people give up."),
        make_options(("yes", _("Yes")), ("by-some", _("By some")), ("no", _("No"))),
        asked_if=TOLD, counts=True,
    ),
    Question(
        "evidence", "more", "many", _("Did they look at your evidence?"), _("Things online vanish fast."),
        make_options(
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
        make_options(
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
        make_options(
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
        make_options(("yes", _("Yes")), ("maybe", _("Maybe")), ("no", _("No"))),
        instead=Instead(NEVER_TOLD, _("Would you ever tell the police?"), _("It is the plainest sign of trust.")),
        counts=True, counted_as=_("Would you tell the police, again or at all?"),
    ),
    Question(
        "treated_because", "more", "many", _("Did any of this change how they treated you?"),
        _("So we can show if some people get worse treatment. Shown only in UK totals."),
        make_options(
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


# --- The table --------------------------------------------------------------------------------

SECTIONS = (
    Section("start", _("Before anything else")),
    Section("where", _("Where and when"), can_skip=True),
    Section("telling", _("Your account")),
    Section(
        "safe",
        _("Keeping you safe"),
        _("We never publish what you answer here."),
        can_skip=True,
    ),
    Section(
        "choices",
        _("Your choices"),
        _("Nothing is ticked for you. Tick nothing, and we read your words, then erase them."),
    ),
    Section(
        "more",
        _("A few more questions"),
        _(
            "All optional, about 3 minutes. They help us show patterns. We count them in totals only, and only if "
            "you agree. What happened and what came of it can also appear with your story."
        ),
        can_skip=True,
    ),
)

QUESTIONS = (
    Question(
        "adult", "start", "one", _("Are you 18 or over now?"),
        _(
            "It is fine if it happened when you were younger. "
            "If you are under 18, we will show you people who can help."
        ),
        make_options(("yes", _("Yes")), ("no", _("No"))), with_asides=False,
        needed=_("Tell us whether you are 18 or over, so that we show you the right help."),
    ),
    Question(
        "whose", "start", "one", _("Whose story is this?"), _("So we know whose permission counts."),
        make_options(
            ("mine", _("Mine")),
            ("helping", _("Someone I am helping, and they said yes")),
            ("someone-else", _("Someone else’s (please ask them first)")),
        ),
        with_asides=False, retired=ASIDES,
    ),
    Question(
        "adult_other", "start", "one", _("Is the person it happened to 18 or over now?"),
        _("If they are under 18, we will show you what you can do together with them."),
        make_options(("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure"))), with_asides=False,
        asked_if=AskedIf(
            "whose", ("helping", "someone-else"), plainly=_("If this is your own story, pass over this question.")
        ),
    ),
    Question(
        "reported", "where", "many", _("How did you tell the police?"), _("So we learn which ways work."),
        make_options(
            ("999", _("999")),
            ("101", _("101")),
            ("online", _("Online or email")),
            ("station", _("Police station")),
            ("already-seeing", _("Officers I was already seeing")),
            ("told-for-me", _("Someone told them for me")),
            ("put-off", _("I tried but was put off")),
            ("did-not-tell", _("I did not tell them")),
            ("another-way", _("Another way")),
        ),
        alone=(
            Alone(
                "did-not-tell",
                _(
                    "You ticked “I did not tell them” and something else as well. If you tried, or somebody told them "
                    "for you, untick “I did not tell them”. If they never heard of it, untick the other."
                ),
            ),
            RATHER_NOT_ALONE,
        ),
        counts=True,
    ),
    Question(
        "force", "where", "list", _("Which police force dealt with it?"),
        _("If several, the one that did most."),
        FORCES,
        instead=Instead(
            NEVER_TOLD, _("Which police force would it have been?"),
            _("The one where you lived or where it happened."),
        ),
    ),
    Question(
        "place_shown", "where", "one", _("How much should we show about where?"),
        _("In a small area the force’s name could be a clue to who you are. If you do not choose, we show nothing."),
        make_options(
            ("force", _("The force")),
            ("region", _("Only the region")),
            ("nation", _("Only the nation")),
            ("nothing", _("Nothing")),
        ),
        with_asides=False, retired=ASIDES,
    ),
    Question(
        "region", "where", "list", _("If you did not choose a force: which part of the UK was it?"),
        _("So your story still counts where you live, without naming a force."), REGIONS,
        asked_if=AskedIf("force", ("", "not-sure", "rather-not-say")),
    ),
    Question(
        "year", "where", "year", _("Which year did you first tell them?"),
        _("So we know which law applied."),
        make_options((dates.BEFORE_FIRST_YEAR, _("Before 2015"))),
        instead=Instead(
            NEVER_TOLD, _("Which year would it have been?"),
            _("So we know which law applied."),
        ),
    ),
    Question(
        "account", "telling", "text", _("In your own words, how did the police deal with it?"),
        _(
            "There is no right way. A few lines is fine. "
            "You need not describe the images or what was done to you. No names needed."
        ),
        limit=20_000, needed=_("Write a few words of your own first."),
        instead=Instead(
            NEVER_TOLD, _("In your own words, what kept you from telling the police?"),
            _(
                "There is no right way, and no wrong reason. A few lines is fine. "
                "You need not describe the images or what was done to you. No names needed."
            ),
        ),
    ),
    Question(
        "differently", "telling", "text", _("What should they have done differently?"),
        _("It can stand below your story, and reach people who train officers."), limit=4_000,
        instead=Instead(
            NEVER_TOLD, _("What should the police do differently, so that people can tell them?"),
            _("It can stand below your story, and reach people who train officers."),
        ),
    ),
    Question(
        "well", "telling", "text", _("Did anyone do something well?"),
        _("So can this: good work should be copied."), limit=4_000,
    ),
    Question(
        "recognise", "safe", "many", _("Who might recognise you if they read this?"),
        _("So we change the right details."),
        make_options(
            ("person", _("The person who did it")),
            ("family", _("Family or friends")),
            ("work", _("People at work, school or college")),
            ("officers", _("Officers I dealt with")),
            ("online", _("People online")),
            ("nobody", _("Nobody, I think")),
        ),
        alone=(RATHER_NOT_ALONE,),
    ),
    Question(
        "giveaways", "safe", "text", _("Which details would give you away?"),
        _("A job, a pet, a street, how you say things. We take these out."), limit=2_000,
    ),
    Question(
        "case", "safe", "one", _("Is a case still going on?"),
        _("Publishing too soon could harm it, so we would wait."),
        make_options(
            ("over", _("No, it is over")),
            ("never", _("There never was one")),
            ("looking", _("Police are still looking")),
            ("arrested", _("Someone was arrested")),
            ("charged", _("Someone was charged")),
            ("court", _("There is a court date")),
        ),
    ),
    Question(
        "online", "safe", "one", _("Are the images still online, as far as you know?"),
        _("Please do not send us links or pictures."),
        make_options(
            ("yes", _("Yes")),
            ("think-so", _("I think so")),
            ("no", _("No")),
            ("never", _("They were never put online")),
        ),
    ),
    Question(
        "consent_publish", "choices", "tick", _("Publish my story, with what could identify me taken out"),
        _("Anyone can then read or copy it. You can take it down here at any time; we cannot take back copies."),
    ),
    Question(
        "consent_ask_again", "choices", "tick", _("Show me the final text first"),
        _(
            "Recommended. You come back with your code to read it. "
            "If we do not hear from you by the date we give, we do not publish."
        ),
    ),
    Question(
        "consent_quote", "choices", "tick",
        _("Use short quotes from my published story in the campaign and with the press"),
    ),
    Question("consent_training", "choices", "tick", _("Use my published story to train police")),
    Question(
        "consent_count", "choices", "tick", _("Count my ticked answers in totals"),
        _("Once a total is out, we cannot take one answer back out of it."),
    ),
    *MORE,
)  # fmt: skip
