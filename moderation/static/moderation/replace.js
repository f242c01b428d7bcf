/* Puts neutral words in place in the form alone: nothing is saved until the form is, and the browser's undo undoes it.
 *
 * Each entry says where its words stand in title and text, as JavaScript counts. While the text is edited we follow
 * each place; where that fails, the nearest same words are it. Without this script the buttons send the form.
 */
{
  const LETTER = /[\p{L}\p{N}_]/u;
  const GONE = "room-entry--gone";

  class ReplaceController extends window.StimulusModule.Controller {
    static targets = ["field", "entry", "said"];

    connect() {
      this.fields = new Map(this.fieldTargets.map((field) => [field.name, new Followed(field)]));
      for (const entry of this.entryTargets) {
        for (const [name, places] of Object.entries(JSON.parse(entry.dataset.places))) {
          for (const place of places) this.fields.get(name).add(entry, place, entry.dataset.words);
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
      const fields = [...this.fields.values()].filter((field) => field.standing(entry).length);
      const { words } = button.dataset;
      if (!fields.length) return this.say("gone", { words });
      if (!fields.every((field) => field.hasRoom(entry, words))) return this.say("full", { words });
      const many = fields.reduce((sum, field) => sum + field.put(entry, words), 0);
      this.strike();
      // The buttons of what is gone are, too; where one was, one stays.
      (entry.contains(here) ? entry : here).focus({ preventScroll: true });
      this.say(many === 1 ? "once" : "times", { words, many });
    }

    /* Tell in each entry whether its words still stand; after an undo they do again. */
    strike() {
      for (const entry of this.entryTargets) {
        const isGone = ![...this.fields.values()].some((field) => field.standing(entry).length);
        entry.classList.toggle(GONE, isGone);
        entry.querySelector(".room-entry__gone").hidden = !isGone;
        for (const button of entry.querySelectorAll("button")) button.disabled = isGone;
      }
    }

    say(what, values) {
      const said = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), this.saidTarget.dataset[what]);
      this.saidTarget.textContent = said;
    }
  }

  /* A field, and where the words of each entry stand in it. */
  class Followed {
    constructor(field) {
      this.field = field;
      this.text = field.value;
      this.places = [];
      // An undo brings back a text that stood there before: each with its places.
      this.known = new Map();
    }

    add(entry, [start, end], words) {
      this.places.push({ entry, words, start, end });
    }

    stands({ start, end, words }) {
      return this.text.slice(start, end).toLowerCase() === words.toLowerCase();
    }

    standing(entry) {
      return this.places.filter((place) => place.entry === entry && this.stands(place));
    }

    hasRoom(entry, words) {
      const { maxLength } = this.field;
      const more = this.standing(entry).reduce((sum, { start, end }) => sum + words.length - (end - start), 0);
      return maxLength < 0 || more <= 0 || this.text.length + more <= maxLength;
    }

    /* Put words in at each place of an entry, as one edit that one undo takes back; returns how many they were. */
    put(entry, words) {
      const places = this.standing(entry).sort((one, other) => one.start - other.start);
      const { start } = places[0];
      const { end } = places[places.length - 1];
      let [at, between] = [start, ""];
      for (const place of places) {
        between += this.text.slice(at, place.start) + words;
        at = place.end;
      }
      this.remember();
      this.move(places, words.length);
      this.text = this.text.slice(0, start) + between + this.text.slice(end);
      this.remember();
      type(this.field, { start, end, words: between });
      return places.length;
    }

    remember() {
      this.known.set(this.text, this.places.map(({ start, end }) => [start, end]));
    }

    move(replaced, length) {
      const ends = replaced.map(({ start, end }) => [end, length - (end - start)]);
      const moved = (at) => ends.reduce((sum, [end, more]) => (end <= at ? sum + more : sum), at);
      for (const place of this.places) {
        const start = moved(place.start);
        place.end = replaced.includes(place) ? start + length : moved(place.end);
        place.start = start;
      }
    }

    /* Somebody typed, pasted or undid: find out where, and move what stands behind it. */
    follow() {
      const [before, after] = [this.text, this.field.value];
      const known = this.known.get(after);
      this.text = after;
      if (before === after) return;
      if (known) this.places.forEach((place, at) => ([place.start, place.end] = known[at]));
      else this.shift(changed(before, after));
    }

    shift({ from, to, more }) {
      for (const place of this.places) {
        const isEmptyHere = place.start === place.end && from === to && from === place.start;
        if (place.start >= to && !isEmptyHere) place.start += more;
        else if (place.start > from) place.start = from;
        if (place.end > from && place.end < to) place.end = to + more;
        else if (place.end >= to && (place.end > from || isEmptyHere)) place.end += more;
        // What was cut may be pasted somewhere else.
        if (isEmptyHere && !this.stands(place)) place.end = place.start;
      }
      this.find(this.places.filter(({ start, end }) => start === end));
    }

    /* Of each place that lost its words, the nearest same words, as a word of their own, that no other place is. */
    find(places) {
      const lost = places.filter((place) => !this.stands(place));
      if (!lost.length) return;
      const taken = new Set(this.places.filter((place) => this.stands(place)).map(({ start }) => start));
      const same = new Map();
      for (const place of lost) {
        if (!same.has(place.words)) same.set(place.words, this.apart(place.words));
        const free = same.get(place.words).filter(([start]) => !taken.has(start));
        if (!free.length) continue;
        const far = ([start]) => Math.abs(start - place.start);
        [place.start, place.end] = free.reduce((one, other) => (far(other) < far(one) ? other : one));
        taken.add(place.start);
      }
    }

    /* Everywhere that these words stand as words of their own: "Sam" isn't in "same". */
    apart(words) {
      const same = new RegExp(words.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi");
      const found = [...this.text.matchAll(same)].map((match) => [match.index, match.index + match[0].length]);
      return found.filter(([start, end]) => this.isApart(start, end));
    }

    isApart(start, end) {
      const meets = (before, after) => LETTER.test(before) && LETTER.test(after);
      return !meets(this.text.slice(start - 1, start), this.text[start]) && !meets(this.text[end - 1], this.text.slice(end, end + 1));
    }
  }

  /* What stands between what two texts begin and end with alike: [from, to) of the first, and how much longer it got. */
  function changed(before, after) {
    const most = Math.min(before.length, after.length);
    let [from, behind] = [0, 0];
    while (from < most && before[from] === after[from]) from += 1;
    while (behind < most - from && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind += 1;
    return { from, to: before.length - behind, more: after.length - before.length };
  }

  /* As if typed, so that the browser can undo it and the form knows that it has something to save. */
  function type(field, { start, end, words }) {
    field.focus({ preventScroll: true });
    field.setSelectionRange(start, end);
    if (document.activeElement === field && document.execCommand("insertText", false, words)) return;
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  window.wagtail.app.register("room-replace", ReplaceController);
}
