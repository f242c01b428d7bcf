/* Puts neutral words in place, in the form as if typed: the browser's undo undoes it, and so does a button of ours.
 *
 * Each entry says where its words stand in each field, as JavaScript counts. Without this script the buttons of
 * an entry send the form.
 */
{
  const { Followed } = window.heardRoom;
  const GONE = "room-entry--gone";

  class ReplaceController extends window.StimulusModule.Controller {
    static targets = ["field", "entry", "said", "tools", "undo"];

    connect() {
      // Each press that put words in, first to last.
      this.done = [];
      for (const tools of this.toolsTargets) tools.hidden = false;
      this.fields = new Map(this.fieldTargets.map((field) => [field.name, new Followed(field)]));
      for (const entry of this.entryTargets) {
        for (const [name, places] of Object.entries(JSON.parse(entry.dataset.places))) {
          const edits = JSON.parse(entry.dataset.edits);
          places.forEach((place, at) => this.fields.get(name).add(entry, place, entry.dataset.words, edits.ways[edits[name][at]]));
        }
      }
      // A browser may have put back what was typed before a reload.
      for (const field of this.fields.values()) field.find(field.places);
      this.strike();
    }

    follow({ target }) {
      this.fields.get(target.name).follow();
      this.strike();
    }

    replace(event) {
      const button = event.currentTarget;
      const entry = this.entryTargets.find((each) => each.contains(button));
      const here = this.element.contains(document.activeElement) ? document.activeElement : entry;
      event.preventDefault();
      // The buttons of what is gone are, too; where one was, one stays.
      if (this.put(this.standing(entry), button.dataset.words)) (entry.contains(here) ? entry : here).focus({ preventScroll: true });
    }

    /* The words that somebody typed for this entry. */
    own(event) {
      const entry = this.entryTargets.find((each) => each.contains(event.currentTarget));
      const box = entry.querySelector(".room-entry__own input");
      event.preventDefault();
      const words = box.value.trim().replace(/\s+/g, " ");
      if (!words) {
        this.say("noOwn", {});
        box.focus();
      } else if (this.put(this.standing(entry), words, true)) entry.focus({ preventScroll: true });
    }

    standing(entry) {
      return new Map([...this.fields.values()].map((field) => [field, field.standing(entry)]));
    }

    /* Put words in at the places of each field, or say why not; true where they stand there. */
    put(places, words, isOwn = false) {
      const all = [...places].filter(([, inField]) => inField.length).map(([field, inField]) => [field, field.edits(inField, words, isOwn)]);
      if (!all.length) return this.say("gone", { words });
      if (!all.every(([field, edits]) => field.hasRoom(edits))) return this.say("full", { words });
      const done = {};
      const many = all.reduce((sum, [field, edits]) => sum + field.put(edits, done), 0);
      this.done.push(done);
      this.strike();
      if (words) this.say(many === 1 ? "once" : "times", { words, many });
      else this.say(many === 1 ? "outOnce" : "out", { many });
      return true;
    }

    /* Take the last replacement back, as far as its words still stand as they were put in. */
    undo() {
      const here = document.activeElement;
      const done = this.last();
      if (!done) return this.say("changed", {});
      const many = [...this.fields.values()].reduce((sum, field) => sum + field.takeBack(done), 0);
      this.strike();
      if (!here.disabled) here.focus({ preventScroll: true });
      this.say(many === 1 ? "backOnce" : "back", { many });
    }

    last() {
      const isThere = (done) => [...this.fields.values()].some((field) => field.doneBy(done).length);
      return [...this.done].reverse().find(isThere);
    }

    /* Everywhere that these words stand as words of their own, by field, and at `chosen` in any case. */
    same(words, chosen) {
      const places = [...this.fields.values()].map((field) => {
        const found = field.apart(words).map(([start, end]) => ({ start, end }));
        const isThere = field.field !== chosen.field || found.some(({ start }) => start === chosen.start);
        return [field, isThere ? found : [...found, { start: chosen.start, end: chosen.end }]];
      });
      return new Map(places);
    }

    /* Tell in each entry whether its words still stand; after an undo they do again. */
    strike() {
      for (const entry of this.entryTargets) {
        const isGone = ![...this.fields.values()].some((field) => field.standing(entry).length);
        entry.classList.toggle(GONE, isGone);
        entry.querySelector(".room-entry__gone").hidden = !isGone;
        for (const button of entry.querySelectorAll("button")) button.disabled = isGone;
      }
      for (const button of this.undoTargets) button.disabled = !this.last();
    }

    say(what, values) {
      const said = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), this.saidTarget.dataset[what]);
      this.saidTarget.textContent = said;
      return false;
    }
  }

  window.wagtail.app.register("room-replace", ReplaceController);
}
