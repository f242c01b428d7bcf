/* Walks through the findings of a column by button and key, and lets a finding's keys press its own buttons.
 *
 * Next, previous and the other column are buttons that Wagtail's w-kbd gives a key. A finding in focus takes the
 * digits for its neutral words, 0 to be taken out, and l for its reason. Whoever has switched keys off in Wagtail's account has none.
 */
{
  const GONE = "room-entry--gone";
  const TYPING = "input, textarea, select, [contenteditable]";

  class WalkController extends window.StimulusModule.Controller {
    static targets = ["bar", "column", "stop", "entry", "said"];

    connect() {
      this.hasKeys = Boolean(window.wagtailConfig.KEYBOARD_SHORTCUTS_ENABLED);
      this.column = this.columnTargets[0];
      this.here = null;
      this.barTarget.hidden = false;
      // Wagtail's header sticks to the top, as high as its words and the reader's letters make it.
      const header = document.querySelector(".w-slim-header");
      if (header) this.barTarget.style.setProperty("--room-header", `${header.offsetHeight}px`);
      this.element.classList.toggle("room-shortcuts", this.hasKeys);
      for (const button of this.barTarget.querySelectorAll("[data-w-kbd-key-value]")) {
        if (this.hasKeys) button.setAttribute("aria-keyshortcuts", button.dataset.wKbdKeyValue);
      }
    }

    stopTargetConnected(stop) {
      stop.tabIndex = -1;
    }

    arrive({ target }) {
      this.column = this.columnTargets.find((column) => column.contains(target)) || this.column;
      this.here = this.stopTargets.find((stop) => stop.contains(target)) || this.here;
    }

    next() {
      this.walk(1);
    }

    previous() {
      this.walk(-1);
    }

    /* To the working copy, where somebody left it. */
    text() {
      const field = this.element.querySelector("textarea[name=text]:enabled");
      if (!field) return;
      reveal(field);
      field.focus();
    }

    /* To the same words in the other column, or to the first that stands there. */
    other() {
      const words = this.here && this.here.dataset.key;
      this.column = this.columnTargets.find((column) => column !== this.column) || this.column;
      const stops = this.stops();
      this.go(stops.find((stop) => stop.dataset.key === words) || stops[0]);
    }

    press(event) {
      const stop = this.stopTargets.find((each) => each.contains(event.target));
      const isOurs = stop && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches(TYPING);
      const entry = this.hasKeys && isOurs && this.entryOf(stop);
      const pressed = entry && this.pressed(entry, event.key);
      if (!pressed) return;
      event.preventDefault();
      reveal(entry);
      if (pressed.matches(TYPING)) pressed.focus();
      else pressed.click();
    }

    walk(step) {
      const stops = this.stops();
      const at = stops.indexOf(this.here);
      const from = at < 0 && step < 0 ? 0 : at;
      this.go(stops[(from + step + stops.length) % stops.length]);
    }

    /* What can be gone to; where one is counts, even if its words were taken out a moment ago. */
    stops() {
      const open = (stop) => stop === this.here || !stop.classList.contains(GONE);
      return this.stopTargets.filter((stop) => this.column.contains(stop) && open(stop));
    }

    go(stop) {
      const said = this.saidTarget;
      if (!stop) {
        said.textContent = said.dataset.none;
        return;
      }
      reveal(stop);
      stop.focus({ preventScroll: true });
      stop.scrollIntoView({ block: "center" });
      const stops = this.stops();
      const at = said.dataset.at.replace("{at}", stops.indexOf(stop) + 1).replace("{many}", stops.length);
      said.textContent = [at, ...this.gone(stop), ...this.choices(stop)].join(" · ");
    }

    /* Which digit puts in which words, for a finding whose own buttons stand elsewhere. */
    choices(stop) {
      const entry = this.entryOf(stop);
      if (!this.hasKeys || !entry || entry === stop) return [];
      return buttons(entry).map((button) => `${button.dataset.digit} ${button.dataset.words || button.lastChild.textContent.trim()}`);
    }

    /* That the working copy doesn't hold its words any more, or never did; the digits do nothing on it then. */
    gone(stop) {
      const { taken, absent } = this.saidTarget.dataset;
      const entry = this.entryOf(stop);
      if (entry) return entry.classList.contains(GONE) && taken ? [taken] : [];
      return absent && this.column.contains(stop) && this.column === this.columnTargets[0] ? [absent] : [];
    }

    entryOf(stop) {
      return this.entryTargets.find((entry) => entry.dataset.key === stop.dataset.key);
    }

    pressed(entry, key) {
      if (key === "l") return entry.querySelector(".room-entry__left input[type=text]:enabled");
      return buttons(entry).find((button) => button.dataset.digit === key);
    }
  }

  /* The neutral words that can be put in; none where the form isn't one's own to write in. */
  function buttons(entry) {
    return [...entry.querySelectorAll("button[data-digit]:enabled")];
  }

  function reveal(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  window.wagtail.app.register("room-walk", WalkController);
}
