/* Offers neutral words for what somebody selects in a field of words: here, or everywhere that the same words stand.
 *
 * It never hides anything: what is put in takes the place of the words in the text itself. room-replace writes it,
 * so that both undos know it.
 */
{
  const LONGEST = 400;
  const SHOWN = 60;

  class SelectController extends window.StimulusModule.Controller {
    static targets = ["box", "words", "kind", "where", "several", "neutral"];

    look() {
      const field = document.activeElement;
      // Somebody goes from the selected words to the choice of what they are.
      if (!this.hasBoxTarget || this.boxTarget.contains(field)) return;
      const isOurs = this.replace && this.replace.fieldTargets.includes(field) && !field.matches(":disabled");
      this.show(isOurs ? chosenIn(field) : null);
    }

    show(chosen) {
      this.chosen = chosen;
      this.boxTarget.hidden = !chosen;
      if (!chosen) return;
      const { words } = chosen;
      this.wordsTarget.textContent = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
      this.count();
    }

    count() {
      const places = this.replace.same(this.chosen.words, this.chosen);
      const many = [...places.values()].reduce((sum, inField) => sum + inField.length, 0);
      const [all] = this.whereTarget.options;
      all.textContent = all.dataset.many.replace("{many}", many);
      this.whereTarget.value = "all";
      this.severalTarget.hidden = many === 1;
    }

    /* One button for each of the neutral words of the kind that was chosen. */
    offer() {
      const [option] = this.kindTarget.selectedOptions;
      const words = option.dataset.words ? option.dataset.words.split("|") : [];
      this.neutralTarget.replaceChildren(...words.map((each) => this.button(each)));
      this.uncover();
    }

    /* Scroll what was selected up from under the box, which sticks to the bottom, once somebody has gone to it. */
    uncover() {
      const { field, end } = this.chosen;
      window.heardRoom.atPlace(field, end, (place) => {
        const line = place.getBoundingClientRect();
        const over = line.bottom + line.height - this.boxTarget.getBoundingClientRect().top;
        if (over > 0) window.heardRoom.scroller(field).scrollBy({ top: over, behavior: "instant" });
      });
    }

    button(words) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = words;
      button.addEventListener("click", () => this.put(words));
      return button;
    }

    put(words) {
      const { field, start, end } = this.chosen;
      if (field.value.slice(start, end) !== this.chosen.words) return this.show(null);
      const places = this.whereTarget.value === "all" ? this.replace.same(this.chosen.words, this.chosen) : this.only();
      const before = [...places].flatMap(([each, inField]) => (each.field === field ? inField : [])).filter((place) => place.start < start);
      const at = start + before.reduce((sum, place) => sum + words.length - (place.end - place.start), 0);
      const main = window.heardRoom.scroller(field);
      const top = main.scrollTop;
      if (!this.replace.put(places, words)) return;
      // Back where the words were selected, and not where the last of them stood.
      field.focus({ preventScroll: true });
      field.setSelectionRange(at + words.length, at + words.length);
      main.scrollTo({ top, behavior: "instant" });
      this.show(null);
    }

    only() {
      const { field, start, end } = this.chosen;
      const followed = [...this.replace.fields.values()].find((each) => each.field === field);
      return new Map([[followed, [{ start, end }]]]);
    }

    get replace() {
      return this.application.getControllerForElementAndIdentifier(this.element, "room-replace");
    }
  }

  /* What is selected in a field, without the spaces around it; null for nothing, or for more than a few lines. */
  function chosenIn(field) {
    const { selectionStart, selectionEnd } = field;
    const selected = field.value.slice(selectionStart, selectionEnd);
    const words = selected.trim();
    if (!words || words.length > LONGEST) return null;
    const start = selectionStart + selected.indexOf(words);
    return { field, words, start, end: start + words.length };
  }

  window.wagtail.app.register("room-select", SelectController);
}
