"""The one table of what we ask: words, reasons, answers, limits. `questions` says what is done with it.

A new question is a new row, and a new `questions.VERSION`. Names and slugs never change, because sealed answers
hold them; words may. What is asked no longer keeps its row, marked `retired` or not `is_asked`, so that it can
still be read. Words are marked with `_` for translators and put into a language by whoever shows them (`wording`).
"""

from stories import years
from stories.telling.more_question_rows import MORE
from stories.telling.question_lists import ASIDES, FORCES, NEVER_TOLD, RATHER_NOT_ALONE, REGIONS
from stories.telling.question_shapes import Alone, AskedIf, Instead, Question, Section, options
from stories.telling.question_shapes import marked as _

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
        options(("yes", _("Yes")), ("no", _("No"))), with_asides=False,
        needed=_("Tell us whether you are 18 or over, so that we show you the right help."),
    ),
    Question(
        "whose", "start", "one", _("Whose story is this?"), _("So we know whose permission counts."),
        options(
            ("mine", _("Mine")),
            ("helping", _("Someone I am helping, and they said yes")),
            ("someone-else", _("Someone else’s (please ask them first)")),
        ),
        with_asides=False, retired=ASIDES,
    ),
    Question(
        "adult_other", "start", "one", _("Is the person it happened to 18 or over now?"),
        _("If they are under 18, we will show you what you can do together with them."),
        options(("yes", _("Yes")), ("no", _("No")), ("not-sure", _("Not sure"))), with_asides=False,
        asked_if=AskedIf(
            "whose", ("helping", "someone-else"), plainly=_("If this is your own story, pass over this question.")
        ),
    ),
    Question(
        "reported", "where", "many", _("How did you tell the police?"), _("So we learn which ways work."),
        options(
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
        options(
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
        options((years.BEFORE, _("Before 2015"))),
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
        options(
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
        options(
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
        options(
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
