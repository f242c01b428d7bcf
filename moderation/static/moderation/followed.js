/* A field, and where words stand in it while it is edited: what room-replace puts words in by.
 *
 * Each place is followed through every edit; where that fails, the nearest same words are it.
 */
{
  const LETTER = /[\p{L}\p{N}_]/u;

  class Followed {
    constructor(field) {
      this.field = field;
      this.text = field.value;
      this.places = [];
      // An undo brings back a text that stood there before: each with its places.
      this.known = new Map();
    }

    /* `ways` says which characters around a place give way with it, by the words put in. */
    add(entry, [start, end], words, ways = {}, offered = new Set()) {
      const reach = new Map();
      for (const [neutral, [before, after, put]] of Object.entries(ways)) {
        reach.set(neutral, { head: this.text.slice(start - before, start), tail: this.text.slice(end, end + after), put });
      }
      this.places.push({ entry, words, start, end, reach, offered });
    }

    /* What putting words in at these places changes. What stood around one and is gone stays out of it. */
    edits(places, words) {
      const sorted = [...places].sort((one, other) => one.start - other.start);
      let last = 0;
      return sorted.map((place) => {
        // Words in brackets that nobody offered here take as much with them as those that were.
        const reach = place.reach && (place.reach.get(words) || (words.startsWith("[") && !place.offered.has(words) && place.reach.get("*")));
        const { head, tail, put = words } = this.standingOf(place, words, reach || { head: "", tail: "" });
        const from = Math.max(last, place.start - head.length);
        last = place.end + tail.length;
        return { place, from, to: last, words: put };
      });
    }

    /* What of a place's reach still stands around it: after another edit it may be its last words alone. */
    standingOf({ start, end }, words, { head, tail, put }) {
      const isThere = this.text.slice(start - head.length, start) === head;
      if (isThere && this.text.slice(end, end + tail.length) === tail) return { head, tail, put };
      const parts = head.split(/(?= )/).map((_part, at, all) => all.slice(at).join(""));
      const rest = isThere ? head : parts.find((part) => part.trim() && this.text.slice(0, start).endsWith(part)) || "";
      return { head: words ? rest.trimStart() : rest, tail: "" };
    }

    stands({ start, end, words }) {
      return this.text.slice(start, end).toLowerCase() === words.toLowerCase();
    }

    standing(entry) {
      return this.places.filter((place) => place.entry === entry && this.stands(place));
    }

    hasRoom(edits) {
      const { maxLength } = this.field;
      const more = edits.reduce((sum, { from, to, words }) => sum + words.length - (to - from), 0);
      return maxLength < 0 || more <= 0 || this.text.length + more <= maxLength;
    }

    /* Do these edits, which `done` names afterwards; returns how many they were. */
    put(edits, done) {
      if (edits.length) this.write(edits.map((edit) => ({ ...edit, done })));
      return edits.length;
    }

    /* Put back what stood where `done` put other words, wherever these still stand; returns how many they were. */
    takeBack(done) {
      const places = this.doneBy(done);
      const edits = places.map((place) => ({ place, from: place.start, to: place.end, words: place.was }));
      if (edits.length) this.write(edits);
      // Where more was swallowed than the words themselves, they stand within what is back.
      this.find(this.places);
      return places.length;
    }

    doneBy(done) {
      return this.places.filter((place) => place.done === done && this.stands(place));
    }

    /* Write other words at places, as one edit that one undo of the browser takes back. */
    write(edits) {
      edits.sort((one, other) => one.from - other.from);
      const start = edits[0].from;
      const end = edits[edits.length - 1].to;
      let [at, between] = [start, ""];
      const made = [];
      for (const { from, to, words, done } of edits) {
        const was = this.text.slice(from, to);
        between += this.text.slice(at, from);
        if (done) made.push({ done, was, words, start: start + between.length, end: start + between.length + words.length });
        between += words;
        at = to;
      }
      this.remember();
      this.move(edits);
      this.places.push(...made);
      this.text = this.text.slice(0, start) + between + this.text.slice(end);
      this.remember();
      type(this.field, { start, end, words: between });
    }

    remember() {
      this.known.set(this.text, this.places.map(({ start, end }) => [start, end]));
    }

    move(edits) {
      const ends = edits.map(({ from, to, words }) => [to, words.length - (to - from)]);
      const own = new Map(edits.map((edit) => [edit.place, edit]));
      const moved = (at) => ends.reduce((sum, [end, more]) => (end <= at ? sum + more : sum), at);
      for (const place of this.places) {
        const edit = own.get(place);
        const start = moved(edit ? edit.from : place.start);
        place.end = edit ? start + edit.words.length : moved(place.end);
        place.start = start;
      }
    }

    /* Somebody typed, pasted or undid: find out where, and move what stands behind it. */
    follow() {
      const [before, after] = [this.text, this.field.value];
      const known = this.known.get(after);
      this.text = after;
      if (before === after) return;
      // What was put in after that text stood there isn't in it.
      if (known) this.places.forEach((place, at) => ([place.start, place.end] = known[at] || [0, 0]));
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
      const lost = places.filter((place) => !place.done && !this.stands(place));
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

  /* Do something with the place of a character, which no browser tells: the same words are laid over the field. */
  function atPlace(field, at, deed) {
    const [same, place] = [document.createElement("div"), document.createElement("span")];
    const style = getComputedStyle(field);
    for (const name of ["width", "font", "lineHeight", "letterSpacing", "padding", "border", "boxSizing"]) same.style[name] = style[name];
    Object.assign(same.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
    Object.assign(same.style, { top: `${field.offsetTop}px`, left: `${field.offsetLeft}px` });
    same.append(field.value.slice(0, at), place);
    field.after(same);
    deed(place);
    same.remove();
  }

  /* The nearest box around an element that scrolls: the check over the columns, a column of its own, or Wagtail's main part. */
  function scroller(element) {
    const check = element.closest(".room-work--check .room-yes");
    if (check && getComputedStyle(check).position === "absolute") return check;
    const column = element.closest(".room-columns > *");
    return column && column.scrollHeight > column.clientHeight + 1 && getComputedStyle(column).overflowY === "auto" ? column : document.getElementById("main");
  }

  /* Bring an element to the middle of what scrolls, where it isn't in sight. */
  function centre(element) {
    const box = scroller(element);
    const [here, there] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    // On a phone the card lies over the end of it.
    const card = document.querySelector(".room-remaining");
    const bottom = card && getComputedStyle(card).position === "fixed" ? Math.min(there.bottom, card.getBoundingClientRect().top) : there.bottom;
    if (here.top >= there.top && here.bottom <= bottom) return;
    box.scrollBy({ top: here.top - there.top - (bottom - there.top - here.height) / 2, behavior: "instant" });
  }

  /* A sheet under a field, with the same words in the same places: a field has no marks of its own. */
  class Backdrop {
    constructor(field) {
      this.field = field;
      this.sheet = document.createElement("div");
      this.sheet.className = "room-backdrop";
      this.sheet.setAttribute("aria-hidden", "true");
      field.before(this.sheet);
      field.classList.add("room-over-backdrop");
      new ResizeObserver(() => this.fit()).observe(field);
    }

    fit() {
      const { field, sheet } = this;
      const style = getComputedStyle(field);
      for (const name of ["font", "lineHeight", "letterSpacing", "padding", "borderWidth", "boxSizing"]) sheet.style[name] = style[name];
      Object.assign(sheet.style, { top: `${field.offsetTop}px`, left: `${field.offsetLeft}px`, width: `${field.offsetWidth}px`, height: `${field.offsetHeight}px` });
    }

    /* `marks` are places with the class that each is to have. */
    draw(text, marks) {
      let at = 0;
      this.sheet.replaceChildren();
      for (const { start, end, look } of marks.sort((one, other) => one.start - other.start)) {
        if (start < at) continue;
        const mark = document.createElement("mark");
        mark.className = look;
        mark.textContent = text.slice(start, end);
        this.sheet.append(text.slice(at, start), mark);
        at = end;
      }
      this.sheet.append(`${text.slice(at)}\n`);
      this.fit();
    }
  }

  window.heardRoom = { Followed, Backdrop, atPlace, centre, scroller };
}
