/* Sends a note to colleagues from where it was written, so that whatever else is half typed on the page stays.
 *
 * What isn't kept stays in its box, and nobody leaves the page past it without being asked.
 */
{
  const TOKEN = "room_token";

  class NoteController extends window.StimulusModule.Controller {
    static targets = ["form", "said", "kept"];
    static values = { person: Number };

    async send(event) {
      event.preventDefault();
      if (this.isSending) return;
      this.isSending = true;
      const { value } = this.formTarget.elements.note;
      let answer = await this.post();
      // A page that was open for long gets a new token; somebody else's log-in gets nothing of it.
      if (answer.token && answer.person === this.personValue) {
        this.formTarget.elements[TOKEN].value = answer.token;
        answer = await this.post();
      }
      this.isSending = false;
      if (answer.done) this.show(value);
      this.saidTarget.textContent = answer.done || answer.problem || this.saidTarget.dataset.down;
    }

    /* What was typed while it was on its way stays, too. */
    show(words) {
      const { content } = this.keptTarget;
      content.querySelector(".room-words").textContent = words;
      this.keptTarget.before(content.cloneNode(true));
      if (this.formTarget.elements.note.value === words) this.formTarget.reset();
    }

    async post() {
      const options = { method: "POST", body: new FormData(this.formTarget), headers: { Accept: "application/json" } };
      try {
        return await (await fetch(this.formTarget.action, options)).json();
      } catch {
        return {};
      }
    }

    stay(event) {
      if (this.formTarget.elements.note.value.trim()) event.preventDefault();
    }
  }

  window.wagtail.app.register("room-note", NoteController);
}
