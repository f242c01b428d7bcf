/* What a text box does by itself: it grows with its words, and says how much room is left, and only near its end.
 *
 * It grows and never shrinks: to measure a smaller box it would have to be folded first, and the page would jump.
 * data-most is what fits; nothing is cut. The number is for the eye, at every letter; whoever listens hears it when
 * they pause, once when the end comes near, once when it is very near, and when it is reached.
 */

const NEAR = 500;
const VERY_NEAR = 50;
const PAUSE_MS = 1500;

const heard = new WeakMap();
let waiting = null;

document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.dataset.most) return;
  count(box);
  clearTimeout(waiting);
  waiting = setTimeout(() => announce(box), PAUSE_MS);
});
document.addEventListener("shown", countAll);
countAll();

// In browsers whose CSS cannot.
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", (event) => grow(event.target));
  // A box on a part of the form that was hidden had no height to measure.
  document.addEventListener("focusin", (event) => grow(event.target));
  document.addEventListener("shown", growAll);
  growAll();
}

function countAll() {
  document.querySelectorAll("textarea[data-most]").forEach(count);
}

function count(box) {
  const note = noteOf(box);
  note.hidden = nearness(box) === 0;
  note.classList.toggle("field__count--over", room(box) < 0);
  note.textContent = note.hidden ? "" : words(box);
}

function noteOf(box) {
  const there = box.nextElementSibling;
  if (there && there.classList.contains("field__count")) return there;
  const note = document.createElement("p");
  note.className = "field__count";
  box.after(note);
  return note;
}

/* What is counted is what the server counts: whole characters, and an emoji is one. */
function room(box) {
  const most = Number(box.dataset.most);
  return box.value.length < most - near(most) ? most - box.value.length : most - Array.from(box.value).length;
}

function near(most) {
  return Math.min(NEAR, most / 10);
}

function nearness(box) {
  const left = room(box);
  if (left < 0) return 3;
  if (left <= VERY_NEAR) return 2;
  return left <= near(Number(box.dataset.most)) ? 1 : 0;
}

function words(box) {
  const { left, over } = region().dataset;
  const number = Math.abs(room(box)).toLocaleString(document.documentElement.lang);
  return (room(box) < 0 ? over : left).replace("{number}", number);
}

function announce(box) {
  const was = heard.get(box) || 0;
  heard.set(box, nearness(box));
  // Back from too long is worth a word too; back from near is not.
  if (nearness(box) > was || (was === 3 && nearness(box) < 3)) region().textContent = words(box);
}

function region() {
  return document.querySelector("[data-announced]");
}

function growAll() {
  document.querySelectorAll("textarea").forEach(grow);
}

function grow(box) {
  if (box.tagName !== "TEXTAREA" || box.scrollHeight <= box.clientHeight) return;
  const edges = box.offsetHeight - box.clientHeight;
  box.style.height = `${box.scrollHeight + edges}px`;
}
