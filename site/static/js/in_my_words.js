/* Leads from the choices of the check page to the box for own words, and to the one that the words were typed in.
 *
 * *My words* in a list with data-own="id of the box" puts that box right under it; the focus stays, for whoever goes
 * through the list by its keys passes this line. A button with data-shows="id of the box",
 * data-start and data-end, counted as here, in UTF-16, selects the words there, so that their sentence can be rewritten.
 */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-shows]");
  if (button) select(button, document.getElementById(button.dataset.shows));
});
document.addEventListener("change", (event) => {
  const list = event.target;
  if (list.dataset.own && list.value === "own") list.parentElement.append(document.getElementById(list.dataset.own).closest(".field"));
});
document.addEventListener("shown", offer);
offer();

/* Without this script the buttons would do nothing, so they are not there. */
function offer() {
  for (const button of document.querySelectorAll("[data-shows]")) button.hidden = false;
}

function select(button, box) {
  const fold = box.closest("details");
  if (fold) fold.open = true;
  const start = Number(button.dataset.start);
  const words = box.defaultValue.slice(start, Number(button.dataset.end));
  // Once something was typed they may stand elsewhere.
  const at = box.value === box.defaultValue ? start : box.value.indexOf(words);
  if (at >= 0) box.setSelectionRange(at, at + words.length);
  box.focus();
  if (at >= 0) scrollTo(box, at);
}

/* To the box, and in it to the words, however long it is: as far down as what stands before them would reach. */
function scrollTo(box, at) {
  box.scrollIntoView({ block: "center" });
  const before = box.cloneNode();
  before.removeAttribute("id");
  before.removeAttribute("name");
  before.value = box.value.slice(0, at);
  const { offsetWidth } = box;
  Object.assign(before.style, { height: 0, minHeight: 0, position: "absolute", visibility: "hidden", width: `${offsetWidth}px` });
  box.after(before);
  box.scrollTop = before.scrollHeight - box.clientHeight / 2;
  before.remove();
}
