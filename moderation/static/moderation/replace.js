/* Puts neutral words in place, in the form as if typed: the browser's undo undoes it, and so does a button of ours.
 *
 * Each entry says where its words stand in each field, as JavaScript counts, and which others are of the same person.
 * What was put in is remembered with the version. Without this script the buttons of an entry send the form.
 */
{
  const { Followed, Backdrop, atPlace, centre } = window.heardRoom;
  const GONE = "room-entry--gone";

  class ReplaceController extends window.StimulusModule.Controller {
    static targets = ["field", "entry", "said", "undo", "openCount", "doneCount", "open", "together", "whyNot", "forward"];

    connect() {
      // Each press that put words in, first to last.
      this.done = [];
      this.fields = new Map(this.fieldTargets.map((field) => [field.name, new Followed(field)]));
      this.backdrops = new Map(this.fieldTargets.filter((field) => field.matches("textarea")).map((field) => [field.name, new Backdrop(field)]));
      for (const entry of this.entryTargets) {
        const offered = new Set([...entry.querySelectorAll("button[data-digit]")].map((button) => button.dataset.words));
        for (const [name, places] of Object.entries(JSON.parse(entry.dataset.places))) {
          const edits = JSON.parse(entry.dataset.edits);
          places.forEach((place, at) => this.fields.get(name).add(entry, place, entry.dataset.words, edits.ways[edits[name][at]], offered));
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

    reason() {
      this.strike();
    }

    replace(event) {
      event.preventDefault();
      const button = event.currentTarget;
      this.putFor(this.entryOf(button), button.dataset.words);
    }

    /* The words that somebody typed for this entry. */
    own(event) {
      event.preventDefault();
      const entry = this.entryOf(event.currentTarget);
      const box = entry.querySelector("[name^=own-]");
      const words = box.value.trim().replace(/\s+/g, " ");
      if (words) {
        if (this.putFor(entry, words)) box.value = "";
      } else {
        this.say("noOwn", {});
        box.focus();
      }
    }

    entryOf(element) {
      return this.entryTargets.find((each) => each.contains(element));
    }

    /* One press for every place of this person or number, and on to the next. */
    putFor(entry, words) {
      const same = entry.dataset.same.split(" ");
      const entries = this.entryTargets.filter((each) => each === entry || same.includes(each.dataset.key));
      const places = new Map([...this.fields.values()].map((field) => [field, entries.flatMap((each) => field.standing(each))]));
      if (!this.put(places, words, entries)) return false;
      this.dispatch("done", { detail: { said: this.saidTarget.textContent } });
      return true;
    }

    /* Put words in at the places of each field, or say why not; true where they stand there. */
    put(places, words, entries = []) {
      const all = [...places].filter(([, inField]) => inField.length).map(([field, inField]) => [field, field.edits(inField, words)]);
      if (!all.length) return this.say("gone", { words });
      if (!all.every(([field, edits]) => field.hasRoom(edits))) return this.say("full", { words });
      const done = { words, entries };
      const many = all.reduce((sum, [field, edits]) => sum + field.put(edits, done), 0);
      this.done.push(done);
      this.strike();
      if (words) this.say(many === 1 ? "once" : "times", { words, many });
      else this.say(many === 1 ? "outOnce" : "out", { many });
      return true;
    }

    /* Take the last replacement back, as far as its words still stand as they were put in. */
    undo() {
      this.takeBack(this.last());
    }

    putBack({ currentTarget }) {
      const entry = this.entryOf(currentTarget);
      this.takeBack(this.last((done) => done.entries.includes(entry)));
    }

    takeBack(done) {
      const here = document.activeElement;
      if (!done) return this.say("changed", {});
      const many = [...this.fields.values()].reduce((sum, field) => sum + field.takeBack(done), 0);
      this.strike();
      if (!here.disabled) here.focus({ preventScroll: true });
      return this.say(many === 1 ? "backOnce" : "back", { many });
    }

    last(isMeant = () => true) {
      return [...this.done].reverse().find((done) => isMeant(done) && this.stands(done));
    }

    stands(done) {
      return [...this.fields.values()].some((field) => field.doneBy(done).length);
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

    /* Tell in each entry, mark and count what is done; after an undo it is open again. */
    strike() {
      const open = new Set();
      for (const entry of this.entryTargets) {
        const isGone = ![...this.fields.values()].some((field) => field.standing(entry).length);
        const [done, put, left] = [".room-entry__done", "[name^=put-]", "[name^=left-]"].map((each) => entry.querySelector(each));
        const how = this.done.findLast((each) => each.entries.includes(entry) && this.stands(each));
        if (how) put.value = how.words;
        else if (!isGone) put.value = put.defaultValue;
        entry.classList.toggle(GONE, isGone);
        done.hidden = !isGone;
        done.querySelector("span").textContent = put.value && `→ ${put.value}`;
        done.querySelector("button").hidden = !how;
        for (const button of entry.querySelectorAll("button[type=submit]")) button.disabled = isGone;
        if (!isGone && !left.value.trim()) open.add(entry.dataset.key);
      }
      this.count(open);
      this.mark();
      this.draw();
      for (const button of this.undoTargets) button.disabled = !this.last();
    }

    count(open) {
      const many = this.entryTargets.length;
      for (const place of this.openCountTargets) place.textContent = open.size ? place.dataset.says.replace("{many}", open.size) : place.dataset.none;
      for (const place of this.doneCountTargets) {
        place.textContent = place.dataset.says.replace("{many}", many - open.size);
        place.hidden = many === open.size;
      }
      for (const place of this.openTargets) {
        place.hidden = !open.size;
        for (const link of place.querySelectorAll("a")) link.hidden = !open.has(link.dataset.key);
      }
      // A warning is for what still stands there: one of them alone, or none, points at nobody.
      const gone = new Set(this.entryTargets.filter((each) => each.classList.contains(GONE)).map((each) => each.dataset.key));
      for (const place of this.togetherTargets) place.hidden = place.dataset.keys.split(" ").filter((key) => !gone.has(key)).length < 2;
      // What leads straight to somebody keeps the text here until it is gone, or has its reason.
      const holdsBack = this.entryTargets.some((entry) => "needs" in entry.dataset && open.has(entry.dataset.key));
      for (const place of this.whyNotTargets) place.hidden = !holdsBack;
      for (const button of this.forwardTargets) button.disabled = holdsBack || "blind" in button.dataset;
    }

    /* In the account: struck out what the text doesn't hold any more, with what stands there instead. */
    mark() {
      const entries = new Map(this.entryTargets.map((entry) => [entry.dataset.key, entry]));
      for (const mark of this.element.querySelectorAll(".room-columns__source mark[data-key]")) {
        const entry = entries.get(mark.dataset.key);
        const put = this.element.querySelector(`[name="put-${mark.dataset.key}"]`);
        const isGone = !entry || entry.classList.contains(GONE);
        mark.classList.toggle("room-finding--gone", isGone);
        if (isGone && put && put.value) mark.dataset.now = put.value;
        else delete mark.dataset.now;
      }
    }

    /* In the text: what is still open, and what was put in. */
    draw() {
      for (const [name, backdrop] of this.backdrops) {
        const field = this.fields.get(name);
        const isHere = ({ entry, done }) => this.here && (entry === this.here || (done && done.entries.includes(this.here)));
        const marks = field.places.filter((place) => place.start < place.end && field.stands(place)).map((place) => ({
          start: place.start, end: place.end, look: `${place.done ? "room-put" : "room-finding"}${isHere(place) ? " room-here" : ""}`,
        }));
        backdrop.draw(field.text, marks);
      }
    }

    /* Show in the text the words that somebody is at in the account. */
    at({ detail }) {
      this.here = detail.entry;
      this.draw();
      for (const field of this.fields.values()) {
        const [place] = field.standing(this.here);
        if (place && field.field.offsetParent) return field.field.matches("textarea") ? atPlace(field.field, place.start, centre) : centre(field.field);
      }
      return false;
    }

    say(what, values) {
      const said = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), this.saidTarget.dataset[what]);
      this.saidTarget.textContent = said;
      return false;
    }
  }

  window.wagtail.app.register("room-replace", ReplaceController);
}
