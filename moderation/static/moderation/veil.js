/* Blurs the words on the screen at a press and shows them at another, and remembers in this tab what was unfolded.
 *
 * The tab keeps two numbers, which go with it, and no word.
 */
{
  const BLURRED = "room-blurred";

  class VeilController extends window.StimulusModule.Controller {
    static targets = ["button", "fold"];
    static values = { item: String };

    connect() {
      for (const button of this.buttonTargets) button.hidden = false;
      this.element.classList.toggle("room-shortcuts", Boolean(window.wagtailConfig.KEYBOARD_SHORTCUTS_ENABLED));
      this.set(sessionStorage.getItem(BLURRED) === "1");
      for (const fold of this.foldTargets) fold.open = fold.open || sessionStorage.getItem(this.unfolded) === "1";
    }

    toggle() {
      this.set(!this.element.classList.contains(BLURRED));
    }

    set(isBlurred) {
      this.element.classList.toggle(BLURRED, isBlurred);
      for (const button of this.buttonTargets) button.setAttribute("aria-pressed", isBlurred);
      sessionStorage.setItem(BLURRED, isBlurred ? 1 : 0);
    }

    remember({ target }) {
      sessionStorage.setItem(this.unfolded, target.open ? 1 : 0);
    }

    get unfolded() {
      return `room-unfolded-${this.itemValue}`;
    }
  }

  window.wagtail.app.register("room-veil", VeilController);
}
