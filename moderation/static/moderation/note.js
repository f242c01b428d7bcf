/* Sends a note to colleagues from where it was written, so that whatever else is half typed on the page stays.
 *
 * What isn't kept stays in its box, and nobody leaves the page past it without being asked.
 */
{
  class NoteController extends window.StimulusModule.Controller {
    static targets = ["form", "said", "kept"];
    static values = { person: Number };

    async send(event) {
      event.preventDefault();
      if (this.isSending) return;
      this.isSending = true;
      const [form, { value }] = [this.formTarget, this.formTarget.elements.note];
      const answer = await window.heardRoom.post(form.action, () => new FormData(form), form, this.personValue);
      this.isSending = false;
      if (answer.done) this.show(value);
      this.saidTarget.textContent = answer.done || answer.problem || this.saidTarget.dataset.down;
    }

    /* What was typed while it was on its way stays, too. */
    show(words) {
      const { content } = this.keptTarget;
      content.querySelector(".room-words").textContent = words;
      this.keptTarget.before(content.cloneNode(true));
      const { note } = this.formTarget.elements;
      if (note.value === words) this.formTarget.reset();
      note.dispatchEvent(new Event("input", { bubbles: true }));
    }

    stay(event) {
      if (this.formTarget.elements.note.value.trim()) event.preventDefault();
    }
  }

  window.wagtail.app.register("room-note", NoteController);
}
