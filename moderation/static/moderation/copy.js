/* Copies the letter to the clipboard, or prints it; without a script it is selected and printed by hand. */
{
  class CopyController extends window.StimulusModule.Controller {
    static targets = ["ways", "words", "said"];

    connect() {
      this.waysTarget.hidden = false;
    }

    async copy() {
      const { copied, not } = this.saidTarget.dataset;
      try {
        await navigator.clipboard.writeText(this.wordsTarget.textContent);
        this.saidTarget.textContent = copied;
      } catch {
        getSelection().selectAllChildren(this.wordsTarget);
        this.saidTarget.textContent = not;
      }
    }

    print() {
      window.print();
    }
  }

  window.wagtail.app.register("room-copy", CopyController);
}
