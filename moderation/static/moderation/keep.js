/* Keeps the working copy by itself while somebody types, and says plainly what isn't kept yet.
 *
 * Every pause sends the form; the server seals it as a version. One thing is on its way at a time, so that what was
 * typed first never comes last. What isn't acknowledged is sent again once the network or the log-in is back. The tab
 * keeps one number, where in the text somebody was, and no word.
 */
{
  const PAUSE = 3000;
  // Somebody who never pauses is kept all the same.
  const LONGEST = 15000;
  const AGAIN = [5000, 10000, 20000, 40000, 60000];
  // What a browser sends for a page that is going.
  const MOST_OF_A_GOING_PAGE = 45000;
  const TOKEN = "room_token";
  // The sealed token is new on every page, and the window counts how often it has sent.
  const NOT_TYPED = [TOKEN, "version", "window"];
  // Answers are given when the text goes forward; what is typed beside them is kept.
  const AN_ANSWER = /^(check-|danger-now)/;

  class KeepController extends window.StimulusModule.Controller {
    static targets = ["form", "said", "told", "door", "heading"];
    static values = { item: String, person: Number, unkept: Boolean, waits: Boolean };

    connect() {
      this.isOn = this.hasFormTarget && !this.formTarget.querySelector("fieldset").disabled;
      if (!this.isOn) return;
      this.tries = 0;
      this.kept = this.unkeptValue ? null : typed(this.formTarget, { asGiven: true });
      this.goBack();
      if (this.isKept()) return;
      // A browser may have put back what was typed before a reload or a crash; of two texts a person chooses.
      if (this.waitsValue) this.say("not", { why: this.saidTarget.dataset.press });
      else this.touch();
    }

    disconnect() {
      clearTimeout(this.timer);
    }

    isKept() {
      return this.kept === typed(this.formTarget);
    }

    // --- When -------------------------------------------------------------------------------

    touch(event) {
      if (!this.isOn || (event && !this.isSent(event.target))) return;
      if (this.waitsValue) return;
      this.since = this.since || Date.now();
      if (!this.problem) this.say("typing");
      this.in(Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now())));
    }

    /* A card stands outside the form that its fields belong to; what has no name belongs to a script. */
    isSent({ form, name }) {
      return form === this.formTarget && Boolean(name) && !AN_ANSWER.test(name);
    }

    /* They left a field. */
    pause() {
      this.remember();
      if (this.since && !this.problem) this.keep();
    }

    /* They turned to another window, or came back from one where they logged in. */
    turn() {
      this.remember();
      if (this.since) this.keep();
    }

    again() {
      if (this.problem) this.keep();
    }

    go() {
      this.remember();
      if (this.isOn && !this.isSubmitting && !this.waitsValue && !this.isKept()) this.keep({ isGoing: true });
    }

    /* Back from another page, as this one was left. */
    shown({ persisted }) {
      if (persisted) this.isSubmitting = false;
      this.again();
    }

    leave(event) {
      if (!this.isOn || this.isSubmitting || this.isKept()) return;
      this.turn();
      event.preventDefault();
    }

    submit(event) {
      clearTimeout(this.timer);
      if (this.isDown) {
        // A page that can't be reached would take this one's place, and the words with it.
        event.preventDefault();
        this.keep().then(() => this.isDown || this.formTarget.requestSubmit(event.submitter));
        return;
      }
      this.isSubmitting = true;
      // What is pressed holds newer words than what is on its way.
      this.onItsWay?.abort();
      this.isSending = false;
      this.count();
    }

    in(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), wait);
    }

    // --- Sending ----------------------------------------------------------------------------

    async keep({ isGoing = false } = {}) {
      if (!this.isOn || this.waitsValue || this.isSubmitting || (this.isSending && !isGoing)) return;
      clearTimeout(this.timer);
      const words = typed(this.formTarget);
      if (words === this.kept) return this.settle();
      const number = this.count();
      this.isSending = true;
      const answer = await this.send(isGoing);
      // Another was sent since, and its answer is the one that counts.
      if (number !== this.number) return;
      this.isSending = false;
      this.hear(answer, words);
    }

    /* What the server said, or that it said nothing that we know. */
    async send(isGoing) {
      const body = new FormData(this.formTarget);
      const keepalive = isGoing && new Blob([...body.values()]).size < MOST_OF_A_GOING_PAGE;
      this.onItsWay = new AbortController();
      const { signal } = this.onItsWay;
      try {
        const options = { method: "POST", body, keepalive, signal, headers: { Accept: "application/json" } };
        const response = await fetch(this.formTarget.action, options);
        return { status: response.status, ...(await said(response)) };
      } catch {
        return { status: 0 };
      }
    }

    hear(answer, words) {
      this.isDown = answer.status === 0;
      const isOut = answer.status === 401;
      this.doorTarget.hidden = !isOut;
      if (answer.version) return this.heard(answer, words);
      // A page that was open for long gets a new token; somebody else's log-in gets nothing of it.
      const isRenewed = answer.token && answer.person === this.personValue && !this.hasRenewed;
      this.hasRenewed = isRenewed;
      if (isRenewed) {
        this.field(TOKEN).value = answer.token;
        return this.keep();
      }
      this.waitsValue = Boolean(answer.newer);
      const { down, odd } = this.saidTarget.dataset;
      this.say("not", { why: answer.problem || (this.isDown ? down : odd), isProblem: true });
      if (isOut || !answer.problem) this.in(AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
    }

    heard(answer, words) {
      this.kept = words;
      this.tries = 0;
      this.since = null;
      this.at = answer.at;
      this.field("version").value = answer.version;
      this.field(TOKEN).value = answer.token;
      this.headingTarget.textContent = answer.name;
      this.headingTarget.classList.remove("w-sr-only");
      if (this.isKept()) return this.settle();
      this.problem = "";
      this.touch();
    }

    settle() {
      this.since = null;
      if (this.at) this.say("kept", { at: this.at });
      else this.saidTarget.hidden = true;
    }

    count() {
      const field = this.field("window");
      const [name, number] = field.value.split(".");
      this.number = Number(number) + 1;
      field.value = `${name}.${this.number}`;
      return this.number;
    }

    field(name) {
      return this.formTarget.elements[name];
    }

    // --- Saying -----------------------------------------------------------------------------

    /* In sight always; aloud only when something changes: the first that is kept, a problem, and that it is over. */
    say(what, { at = "", why = "", isProblem = false } = {}) {
      const line = this.saidTarget.dataset[what].replace("{at}", at).replace("{why}", () => why);
      const isNews = what === "kept" ? this.problem !== "" : isProblem && this.problem !== why;
      if (isNews) this.toldTarget.textContent = line;
      if (what === "kept") this.problem = "";
      if (isProblem) this.problem = why;
      this.saidTarget.hidden = false;
      this.saidTarget.textContent = line;
      this.saidTarget.classList.toggle("room-kept--not", what === "not");
    }

    // --- Where ------------------------------------------------------------------------------

    get place() {
      return `room-at-${this.itemValue}`;
    }

    remember() {
      if (this.isOn) sessionStorage.setItem(this.place, this.field("text").selectionEnd);
    }

    /* Back to the same place in the text after a lock, a log-in or a reload; never on the way here from a list. */
    goBack() {
      const at = sessionStorage.getItem(this.place);
      const field = this.field("text");
      const isAsked = document.querySelector("[autofocus]");
      if (at === null || isAsked || window.location.hash || !isReturn() || field.closest("details:not([open])")) return;
      // Without focus: what is pressed next may be one of the page's keys, and no letter of the text.
      field.setSelectionRange(Number(at), Number(at));
      // Wagtail makes the field as high as its words first.
      requestAnimationFrame(() => window.heardRoom.atPlace(field, Number(at), show));
    }
  }

  /* What of a form was typed or chosen, as one line to compare; `asGiven`, as it came from the server. */
  function typed(form, { asGiven = false } = {}) {
    const pairs = [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.name) && !AN_ANSWER.test(field.name) && field.type !== "submit");
    return JSON.stringify(pairs.map((field) => [field.name, valueOf(field, asGiven)]));
  }

  function valueOf(field, asGiven) {
    if (["checkbox", "radio"].includes(field.type)) return [field.value, asGiven ? field.defaultChecked : field.checked];
    // Where none is given, a browser chooses the first.
    if (field.options) return Math.max(0, [...field.options].findIndex((option) => (asGiven ? option.defaultSelected : option.selected)));
    return asGiven ? field.defaultValue : field.value;
  }

  /* Wagtail scrolls smoothly, and a page that still loads would stop that. */
  function show(place) {
    place.scrollIntoView({ block: "center", behavior: "instant" });
  }

  async function said(response) {
    const isOurs = (response.headers.get("Content-Type") || "").startsWith("application/json");
    return isOurs ? response.json() : {};
  }

  function isReturn() {
    const [entry] = performance.getEntriesByType("navigation");
    if (entry && entry.type !== "navigate") return true;
    const from = document.referrer && new URL(document.referrer).pathname;
    return Boolean(from) && ["/admin/vault/", "/admin/login/", window.location.pathname].some((path) => from.startsWith(path));
  }

  window.wagtail.app.register("room-keep", KeepController);
}
