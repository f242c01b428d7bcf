/* Shows a long form one part at a time, with Next and Back inside the same page.
 *
 * Nothing is fetched, kept or put into the browser's history: every part stays in the form, so the words do too,
 * and the browser's own Back leaves the form. Parts are hidden only after all else has worked; if anything here
 * fails, the whole form stands there, as it does without this script.
 */

document.addEventListener("shown", begin);
begin();

function begin() {
  const parts = Array.from(document.querySelectorAll("[data-screen]"));
  hush();
  if (parts.length < 2) return;
  const form = parts[0].closest("form");
  try {
    prepare(form, parts);
  } catch (trouble) {
    showEverything(form, parts);
  }
}

function prepare(form, parts) {
  const screens = { form, parts, at: 0, isReturned: hasError(form), buttons: {} };
  for (const name of ["check", "next", "more", "back"]) screens.buttons[name] = form.querySelector(`[data-${name}]`);
  for (const part of parts) nameScreen(part, parts);

  const { check, next, more, back } = screens.buttons;
  next.addEventListener("click", () => goOn(screens));
  more.addEventListener("click", () => turnTo(screens, screens.at + 1));
  back.addEventListener("click", () => turnTo(screens, screens.at - 1));
  form.addEventListener("keydown", (event) => goOnByEnter(event, screens));
  // Before the link itself leads anywhere: its aim must stand on the page by then.
  form.closest("main").addEventListener("click", (event) => openForLink(event, screens), true);

  if (!check) throw new Error("no way to send");
  holdStill(() => {
    show(screens, first(screens));
    form.classList.add("screens");
  });
}

/* "2 of 6" stands inside the heading, so that whoever hears the page hears both, once. */
function nameScreen(part, parts) {
  const heading = part.querySelector("h2");
  const words = document.createElement("span");
  words.className = "steps";
  words.textContent = part.dataset.screen;
  words.append(line(parts, part));
  heading.prepend(words, " ");
  heading.tabIndex = -1;
}

function line(parts, part) {
  const all = document.createElement("span");
  all.className = "steps__line";
  all.setAttribute("aria-hidden", "true");
  for (const each of parts) {
    const dash = document.createElement("span");
    if (parts.indexOf(each) <= parts.indexOf(part)) dash.className = "is-done";
    all.append(dash);
  }
  return all;
}

/* Where there is something to look at; else where somebody already is, if they began before this script came, or stopped. */
function first({ form, parts }) {
  const holds = (id) => (part) => Boolean(id) && part.contains(document.getElementById(id));
  const isUsed = (part) => part.contains(document.activeElement);
  const ways = [hasError, isUsed, holds(form.dataset.stoppedAt), holds(location.hash.slice(1))];
  for (const fits of ways) {
    const found = parts.findIndex(fits);
    if (found >= 0) return found;
  }
  return 0;
}

/* A script can come late, over a slow line: what somebody is typing in stays where it is under their eyes. */
function holdStill(change) {
  const here = document.activeElement;
  const top = here.getBoundingClientRect().top;
  change();
  if (here.closest("[data-screen]")) window.scrollBy(0, here.getBoundingClientRect().top - top);
}

function hasError(within) {
  return within.querySelector(".field__error, [aria-invalid='true']") !== null;
}

/* Where somebody is under 18 they need other help, and at once, not after five more screens. */
function goOn(screens) {
  const isChild = "[name='adult'][value='no']:checked, [name='adult_other'][value='no']:checked";
  const needed = screens.parts[screens.at].querySelector("[data-needed]");
  if (screens.form.querySelector(isChild)) screens.buttons.check.click();
  else if (needed && !needed.querySelector(":checked")) askFor(needed);
  else turnTo(screens, screens.at + 1);
}

/* What the check page would say, said here. */
function askFor(question) {
  if (!question.querySelector(".field__error")) {
    const words = document.createElement("div");
    words.className = "field__error";
    words.id = `${question.id}_error`;
    words.append(document.createElement("p"));
    words.firstChild.textContent = question.dataset.needed;
    question.querySelector(".choices").before(words);
    question.setAttribute("aria-describedby", `${words.id} ${question.getAttribute("aria-describedby") || ""}`.trim());
    question.addEventListener("change", () => words.remove(), { once: true });
  }
  question.focus();
}

function turnTo(screens, number) {
  show(screens, number);
  hush();
  window.scrollTo(0, 0);
  // Scrolls further only where large letters have put the heading out of sight.
  screens.parts[number].querySelector("h2").focus();
}

function show(screens, number) {
  const { parts, buttons, isReturned } = screens;
  const last = parts.length - 1;
  screens.at = number;
  // Goes along when it is saved, so that somebody who comes back goes on here.
  screens.form.elements.part.value = parts[number].id;
  // First what shows, then what goes: if this stops half-way there is too much on the page, never too little.
  parts[number].hidden = false;
  for (const part of parts) part.hidden = part !== parts[number];
  // The last part is for those who like; a form that came back can be sent again from every part.
  for (const each of screens.form.querySelectorAll("[data-at-the-end]")) each.hidden = number < last - 1 && !isReturned;
  const saving = screens.form.querySelector("#finish .later");
  if (saving) saving.hidden = parts[number].querySelector(".later") !== null;
  buttons.next.hidden = number >= last - 1;
  buttons.next.classList.toggle("button--second", isReturned);
  buttons.more.hidden = number !== last - 1;
  buttons.back.hidden = number === 0;
  const title = document.querySelector(".page__heading");
  if (title) title.classList.toggle("visually-hidden", number > 0);
  // Said once, on the first part.
  for (const lead of document.querySelectorAll(".page__heading .lead")) lead.hidden = number > 0;
}

/* Enter on an answer would send the form from the middle. */
function goOnByEnter(event, screens) {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || screens.buttons.next.hidden) return;
  event.preventDefault();
  goOn(screens);
}

function openForLink(event, screens) {
  const link = event.target.closest("a[href^='#']");
  const aim = link && document.getElementById(link.hash.slice(1));
  const number = aim ? screens.parts.findIndex((part) => part.contains(aim)) : -1;
  if (number >= 0) show(screens, number);
}

/* What was said about the last part is not to be come across in the next. */
function hush() {
  const region = document.querySelector("[data-announced]");
  if (region) region.textContent = "";
}

function showEverything(form, parts) {
  for (const part of parts) part.hidden = false;
  for (const words of form.querySelectorAll("h2 .steps")) words.remove();
  for (const end of form.querySelectorAll("[data-at-the-end], .later")) end.hidden = false;
  for (const button of form.querySelectorAll("[data-next], [data-more], [data-back]")) button.hidden = true;
}
