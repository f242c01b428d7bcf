/* Shows a question only where another answer asks for it: data-asked-if="field=answer answer".
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
    const [field, answers] = question.dataset.askedIf.split("=");
    if (changed && changed !== field) continue;
    const isWanted = answersTo(field, question).some((answer) => answers.split(" ").includes(answer));
    if (changed && question.hidden && isWanted) appeared.push(question);
    question.hidden = !isWanted && !isAnswered(question);
  }
  if (appeared.length) say(appeared);
}

function answersTo(field, question) {
  const boxes = Array.from(question.closest("form").querySelectorAll(`[name="${field}"]`));
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
  const names = questions.map((question) => question.querySelector(".field__label").textContent.trim());
  region.textContent = region.dataset.appeared.replace("{questions}", names.join(" "));
}
