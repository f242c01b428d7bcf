/* Shows a wording of the check page's list in the box that it was typed in, selected, so that its sentence can be
 * written anew: a button with data-shows="id of the box", data-start and data-end, counted as here, in UTF-16.
 */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-shows]");
  if (button) select(button, document.getElementById(button.dataset.shows));
});
document.addEventListener("shown", offer);
offer();

/* Without this script the buttons would do nothing, so they are not there. */
function offer() {
  for (const button of document.querySelectorAll("[data-shows]")) button.hidden = false;
}

function select(button, box) {
  const start = Number(button.dataset.start);
  const words = box.defaultValue.slice(start, Number(button.dataset.end));
  // Once something was typed they may stand elsewhere.
  const at = box.value === box.defaultValue ? start : box.value.indexOf(words);
  // Selected first: the browser then scrolls to the words, and not only to the box.
  if (at >= 0) box.setSelectionRange(at, at + words.length);
  box.focus();
}
