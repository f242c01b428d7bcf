/* Shows a question only where another answer asks for it: data-asked-if="field=answer answer", or "field!=answer"
 * where an answer makes it worth nothing. With data-instead-if, other words stand in the place of the usual ones.
 *
 * A question that holds an answer stays in view, whatever the other answer says: what somebody told us goes when
 * they take it out, and not because they changed something else. So nothing is ever sent that cannot be seen, and
 * what is hidden is empty. "field=" with nothing after it means the other question has no answer.
 */

document.addEventListener("shown", () => review(document));
// A browser that went back puts answers back after this script has run.
window.addEventListener("pageshow", () => review(document));
document.addEventListener("change", (event) => event.target.form && review(event.target.form, event.target.name));
review(document);

function review(within, changed) {
  const appeared = [];
  for (const question of within.querySelectorAll("[data-asked-if]")) {
    const { field, fits } = condition(question.dataset.askedIf, question);
    if (fits === undefined || (changed && changed !== field)) continue;
    if (changed && question.hidden && fits) appeared.push(question);
    question.hidden = !fits && !isAnswered(question);
  }
  for (const question of within.querySelectorAll("[data-instead-if]")) {
    const { field, fits } = condition(question.dataset.insteadIf, question);
    if (fits === undefined || (changed && changed !== field)) continue;
    for (const words of question.querySelectorAll("[data-usually]")) words.hidden = fits;
    for (const words of question.querySelectorAll("[data-instead]")) words.hidden = !fits;
  }
  // What says in words who can pass over a question, for where no script hides it.
  for (const words of within.querySelectorAll("[data-plainly]")) words.hidden = true;
  if (appeared.length) say(appeared);
}

/* Whether it fits is undefined where the other question stands on another page: then the page itself knows. */
function condition(said, question) {
  const [, field, not, answers] = /^([^!=]+)(!?)=(.*)$/.exec(said);
  const boxes = Array.from(question.closest("form").querySelectorAll(`[name="${field}"]`));
  const isGiven = answersIn(boxes).some((answer) => answers.split(" ").includes(answer));
  return { field, fits: boxes.length ? isGiven !== (not === "!") : undefined };
}

function answersIn(boxes) {
  const given = boxes.filter((box) => box.checked || !["radio", "checkbox"].includes(box.type)).map((box) => box.value);
  return given.length ? given : [""];
}

function isAnswered(question) {
  return Array.from(question.querySelectorAll("input, select, textarea")).some((box) =>
    ["radio", "checkbox"].includes(box.type) ? box.checked : box.value.trim() !== "",
  );
}

function say(questions) {
  const region = document.querySelector("[data-announced]");
  if (!region) return;
  const names = questions.map((question) => question.querySelector(".field__label").innerText.trim());
  region.textContent = region.dataset.appeared.replace("{questions}", names.join(" "));
}
