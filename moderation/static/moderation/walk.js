/* Walks through what is to be done on an account's page, by button and key: findings first, then the lines of a check.
 *
 * Where the working copy has a list of findings, each step is one of them: its card stands above both columns, its
 * words are marked in both, and what is done moves on to the next. Elsewhere a step is a mark of one column. A line of
 * questions takes a digit for its answer. Whoever has switched keys off in Wagtail's account has none.
 */
{
  const { centre, scroller } = window.heardRoom;
  const [GONE, HERE, CHECK] = ["room-entry--gone", "room-here", "room-work--check"];
  const TYPING = "input[type=text], textarea, select, [contenteditable]";

  class WalkController extends window.StimulusModule.Controller {
    static targets = ["bar", "column", "stop", "entry", "said", "line", "list", "tabs"];

    connect() {
      this.hasKeys = Boolean(window.wagtailConfig.KEYBOARD_SHORTCUTS_ENABLED);
      this.column = this.columnTargets[0];
      this.here = null;
      this.tops = [0, 0];
      for (const each of this.element.querySelectorAll(".room-scripted")) each.hidden = false;
      if (this.hasListTarget) this.listTarget.open = true;
      this.element.classList.add("room-work--scripted");
      this.element.classList.toggle("room-work--listed", this.hasListTarget);
      if (this.hasTabsTarget && this.columnTargets.length > 1) this.tabsTarget.hidden = false;
      // Wagtail's header sticks to the top, as high as its words and the reader's letters make it.
      const header = document.querySelector(".w-slim-header");
      if (header) new ResizeObserver(() => this.fit(header)).observe(header);
      this.element.classList.toggle("room-shortcuts", this.hasKeys);
      for (const button of this.barTarget.querySelectorAll("[data-w-kbd-key-value]")) {
        if (this.hasKeys) button.setAttribute("aria-keyshortcuts", button.dataset.wKbdKeyValue);
      }
    }

    fit(header) {
      const above = document.getElementById("main").getBoundingClientRect().top + header.offsetHeight;
      this.element.style.setProperty("--room-header", `${header.offsetHeight}px`);
      this.element.style.setProperty("--room-above", `${above}px`);
    }

    stopTargetConnected(stop) {
      stop.tabIndex = -1;
    }

    // --- From step to step ------------------------------------------------------------------

    next() {
      this.walk(1);
    }

    previous() {
      this.walk(-1);
    }

    walk(step, before = "") {
      const line = step < 0 && this.besides(document.activeElement, -1);
      if (line) return this.focusOn(line);
      const steps = this.steps();
      const at = steps.indexOf(this.here);
      const from = at < 0 && step < 0 ? 0 : at;
      this.go(steps[(from + step + steps.length) % steps.length], before);
    }

    /* What can be gone to: what is open, and where one is, even if that was done a moment ago. */
    steps() {
      if (this.openLook()) return [];
      if (!this.hasListTarget) return this.stopTargets.filter((stop) => this.column.contains(stop));
      const place = (entry) => this.stopTargets.findIndex((stop) => stop.dataset.key === entry.dataset.key) >>> 0;
      const entries = [...this.entryTargets].sort((one, other) => place(one) - place(other));
      return entries.filter((entry) => entry === this.here || isOpen(entry));
    }

    go(step, before = "") {
      if (!step || (step === this.here && this.hasListTarget && !isOpen(step))) return this.finish(before);
      const mark = this.hasListTarget ? this.marks(step)[0] : step;
      this.element.classList.remove(CHECK);
      this.here = step;
      for (const each of [...this.stopTargets, ...this.entryTargets]) {
        const isHere = this.hasListTarget ? each.dataset.key === step.dataset.key : each === step;
        each.classList.toggle(HERE, isHere);
      }
      if (mark) reveal(mark);
      if (step.matches("li")) this.dispatch("at", { detail: { entry: step } });
      // In the other tab there is no mark to go to.
      const seen = mark && mark.offsetParent ? mark : step;
      seen.focus({ preventScroll: true });
      this.showAll();
      centre(seen);
      const steps = this.steps();
      const at = this.saidTarget.dataset.at.replace("{at}", steps.indexOf(step) + 1).replace("{many}", steps.length);
      this.saidTarget.textContent = [before, at].filter(Boolean).join(" · ");
      const choices = document.createElement("span");
      choices.className = "w-sr-only";
      choices.textContent = ` ${this.choices(step).join(" · ")}`;
      this.saidTarget.append(choices);
    }

    /* No finding is left: say so, and go to the text, to read it once more; from there to the first line without an answer. */
    finish(before) {
      const { all, none } = this.saidTarget.dataset;
      for (const each of [...this.stopTargets, ...this.entryTargets]) each.classList.remove(HERE);
      this.here = null;
      this.saidTarget.textContent = [before, this.hasListTarget ? all : this.openLine() ? "" : none].filter(Boolean).join(" · ");
      this.showAll();
      const [line, text] = [this.openLook() || this.openLine(), before && this.element.querySelector("textarea[name=text]:enabled")];
      if (text) this.toTop(text);
      else if (line) this.focusOn(line);
    }

    toTop(text) {
      this.turn(1);
      const [column, box] = [this.columnTargets[1], scroller(text)];
      column.focus({ preventScroll: true });
      box.scrollBy({ top: text.getBoundingClientRect().top - box.getBoundingClientRect().top, behavior: "instant" });
    }

    /* All of it in sight, where it is as high as the window. */
    showAll() {
      const main = document.getElementById("main");
      const top = this.element.getBoundingClientRect().top - main.getBoundingClientRect().top - (parseFloat(getComputedStyle(this.element).top) || 0);
      if (getComputedStyle(this.element).position === "sticky" && top > 0) main.scrollBy({ top, behavior: "instant" });
    }

    /* Something was done about the one that somebody is at. */
    onward({ detail }) {
      this.walk(1, detail.said);
    }

    left(event) {
      event.preventDefault();
      this.walk(1);
    }

    /* A press on a mark. */
    pick({ target }) {
      const stop = target.closest("mark") && this.stopTargets.find((each) => each.contains(target));
      if (!stop) return;
      if (!this.hasListTarget) return this.go(stop);
      const entry = this.entryOf(stop);
      if (entry) this.go(entry);
      else this.saidTarget.textContent = this.saidTarget.dataset.absent;
    }

    goTo(event) {
      event.preventDefault();
      this.go(this.entryOf(event.currentTarget));
    }

    arrive({ target }) {
      this.column = this.columnTargets.find((column) => column.contains(target)) || this.column;
      // Who types in the text wants all of it.
      if (target.matches(TYPING) && !target.closest(".room-yes")) this.element.classList.remove(CHECK);
      if (!this.hasListTarget) this.here = this.stopTargets.find((stop) => stop.contains(target)) || this.here;
    }

    showDone({ currentTarget }) {
      const isShown = this.listTarget.classList.toggle("room-remaining--done");
      currentTarget.setAttribute("aria-pressed", isShown);
    }

    // --- Columns ----------------------------------------------------------------------------

    /* To the account, unfolded, where the keys of a page scroll it. */
    account() {
      const [column] = this.columnTargets;
      this.turn(0);
      reveal(column.querySelector("details .room-words"));
      column.focus({ preventScroll: true });
      this.showAll();
    }

    /* To the working copy: where the words stand that somebody is at, or where it was left. */
    text() {
      const field = this.element.querySelector("textarea[name=text]:enabled");
      if (!field) return;
      this.turn(1);
      reveal(field);
      field.focus({ preventScroll: Boolean(this.here) });
      if (this.here) this.dispatch("at", { detail: { entry: this.here } });
    }

    /* To the same words in the other column, or to the first that stand there, or to the column alone. */
    other() {
      const [words, from] = [this.here && this.here.dataset.key, this.columnTargets.indexOf(this.column)];
      this.column = this.columnTargets[1 - from] || this.column;
      this.turn(this.columnTargets.indexOf(this.column));
      if (this.hasListTarget && from) return this.here && this.go(this.here);
      if (this.hasListTarget) {
        // Whoever wants to type presses another key: here each is still one of the page's.
        this.column.focus({ preventScroll: true });
        return this.here && this.dispatch("at", { detail: { entry: this.here } });
      }
      const stops = this.steps();
      const stop = stops.find((each) => each.dataset.key === words) || stops[0];
      if (stop) this.go(stop);
      else this.column.focus({ preventScroll: true });
    }

    show({ currentTarget }) {
      this.turn([...this.tabsTarget.children].indexOf(currentTarget));
    }

    /* On a narrow screen one column at a time, each where it was left. */
    turn(to) {
      const main = document.getElementById("main");
      const columns = this.columnTargets[0].parentElement;
      const from = columns.classList.contains("room-columns--text") ? 1 : 0;
      this.tops[from] = main.scrollTop;
      columns.classList.toggle("room-columns--text", to === 1);
      [...this.tabsTarget.children].forEach((button, at) => {
        button.setAttribute("aria-pressed", at === to);
        button.classList.toggle("button-secondary", at !== to);
      });
      if (from !== to && getComputedStyle(this.tabsTarget).display !== "none") main.scrollTo({ top: this.tops[to], behavior: "instant" });
    }

    // --- Keys -------------------------------------------------------------------------------

    press(event) {
      const { target, key } = event;
      const line = this.lineTargets.find((each) => each.contains(target));
      if (key === "Enter" && line && target.matches(".room-check__why input")) {
        event.preventDefault();
        return this.after(line);
      }
      if (!this.hasKeys || event.ctrlKey || event.metaKey || event.altKey || target.matches(TYPING)) return;
      // Wagtail hears no key of ours in a box or a dot.
      const button = target.matches("input") && [...this.barTarget.querySelectorAll("button:enabled")].find((each) => each.dataset.wKbdKeyValue === key);
      if (button) {
        event.preventDefault();
        return button.click();
      }
      if (line && this.answer(line, key)) return event.preventDefault();
      const entry = !line && this.hasListTarget && !this.openLook() && this.here;
      const pressed = entry && pressedIn(entry, key);
      if (!pressed) return;
      event.preventDefault();
      if (pressed.matches(TYPING)) pressed.focus();
      else pressed.click();
    }

    /* The answer of that number; then on to what is next, or to its reason. */
    answer(line, key) {
      const radio = [...line.querySelectorAll("input[type=radio]:enabled")][Number(key) - 1];
      if (!radio) return false;
      radio.click();
      this.after(line);
      return true;
    }

    /* To the first line of the check without an answer: it stands over the columns, and both texts stay in sight. */
    check() {
      const line = this.openLine() || this.lineTargets.find((each) => each.closest(".room-yes"));
      if (line) this.focusOn(line);
    }

    focusOn(line, field) {
      this.element.classList.toggle(CHECK, Boolean(line.closest(".room-yes")));
      this.showAll();
      focusOn(line, field);
    }

    after(line) {
      // Why no case is active is asked beside a no alone.
      const isWanted = (each) => each.name !== "why_no_case" || line.querySelector("[value=no]:checked");
      const field = [...line.querySelectorAll("input[type=text], textarea")].find((each) => each.offsetParent && !each.value.trim() && isWanted(each));
      const following = this.besides(line, 1);
      if (field && field !== document.activeElement) this.focusOn(field.parentElement, field);
      else if (following) this.focusOn(following);
      else this.focusOn(line, [...line.closest("form").querySelectorAll("button[type=submit]:enabled")].find((button) => line.compareDocumentPosition(button) & 4));
    }

    /* The line of the same questions that comes after the one with this element, or before it. */
    besides(element, step) {
      const line = this.lineTargets.find((each) => each.contains(element));
      const all = line ? this.lineTargets.filter((each) => each.closest("form") === line.closest("form")) : [];
      return all[all.indexOf(line) + step];
    }

    /* The first of the first look's questions without an answer, where they are in sight. */
    openLook() {
      return this.lineTargets.find((line) => line.closest("#look-form") && line.checkVisibility() && !line.querySelector("input:checked"));
    }

    openLine() {
      return this.lineTargets.find((line) => line.checkVisibility() && !line.querySelector("input:checked"));
    }

    marks(entry) {
      return this.stopTargets.filter((stop) => stop.dataset.key === entry.dataset.key);
    }

    entryOf(stop) {
      return this.entryTargets.find((entry) => entry.dataset.key === stop.dataset.key);
    }

    /* Which digit puts in which words, for ears: they stand on the card. */
    choices(step) {
      if (!this.hasKeys || !step.matches("li")) return [];
      return buttons(step).map((button) => `${button.dataset.digit} ${button.dataset.words || button.lastChild.textContent.trim()}`);
    }
  }

  function isOpen(entry) {
    return !entry.classList.contains(GONE) && !entry.querySelector("[name^=left-]").value.trim();
  }

  function pressedIn(entry, key) {
    if (key === "l") return entry.querySelector("[name^=left-]:enabled");
    if (key === "e") return entry.querySelector("[name^=own-]:enabled");
    return buttons(entry).find((button) => button.dataset.digit === key);
  }

  /* The neutral words that can be put in; none where the words are gone. */
  function buttons(entry) {
    return [...entry.querySelectorAll("button[data-digit]:enabled")];
  }

  function focusOn(line, field = line.querySelector("input[type=radio]:checked, input[type=radio], button, input")) {
    if (!field) return;
    reveal(field);
    field.focus({ preventScroll: true });
    centre(line.offsetParent ? line : field);
  }

  function reveal(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  window.wagtail.app.register("room-walk", WalkController);
}
