/* Blurs the words on the screen until somebody asks for them, by the button, its key, a press on the words or typing
 * among them, and remembers in this tab what they asked for and what was unfolded.
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
      this.set(sessionStorage.getItem(BLURRED) !== "0");
      this.element.addEventListener("click", (event) => this.show(event), true);
      this.element.addEventListener("input", (event) => event.isTrusted && isUnreadable(event.target) && this.set(false));
      for (const fold of this.foldTargets) fold.open = fold.open || sessionStorage.getItem(this.unfolded) === "1";
    }

    toggle() {
      this.set(!this.element.classList.contains(BLURRED));
    }

    /* The press that shows the words does nothing else: nobody saw what it would have hit. */
    show(event) {
      if (!isUnreadable(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      this.set(false);
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

  function isUnreadable(element) {
    return element !== null && (getComputedStyle(element).filter.includes("blur") || isUnreadable(element.parentElement));
  }

  window.wagtail.app.register("room-veil", VeilController);
}
