/* Keeps what is typed into an account's forms and isn't sent, but for the working copy, which `keep.js` keeps.
 *
 * Every pause sends the words alone, never an answer; the server seals them for this person. After a crash, or from
 * another machine, they stand in their fields again. The tab keeps nothing.
 */
{
  const PAUSE = 2000;
  const TOKEN = "room_token";
  const TYPED = "textarea[name], input[type=text][name]";

  class UnsentController extends window.StimulusModule.Controller {
    static values = { url: String, person: Number, back: String, posted: Boolean };

    async connect() {
      this.waiting = new Map();
      const found = this.forms().length ? await ask(this.urlValue, { headers: { Accept: "application/json" } }) : {};
      for (const form of this.forms()) this.giveBack(form, found.forms?.[address(form)] || {});
    }

    forms() {
      return [...this.element.querySelectorAll("form")].filter(isOurs);
    }

    /* Only where nothing stands, or what we began it with: what came back from the server with a problem is newer. */
    giveBack(form, words) {
      const isOpen = ({ value, defaultValue }) => !value || (!this.postedValue && value === defaultValue);
      const given = fields(form).filter((field) => words[field.name] && words[field.name] !== field.value && isOpen(field));
      for (const field of given) field.value = words[field.name];
      if (!given.length) return;
      for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      const line = document.createElement("p");
      line.className = "w-help-text";
      line.setAttribute("role", "status");
      form.prepend(line);
      line.textContent = this.backValue;
    }

    touch({ target: { form } }) {
      if (!form || !isOurs(form)) return;
      clearTimeout(this.waiting.get(form));
      this.waiting.set(form, setTimeout(() => this.keep(form), PAUSE));
    }

    /* Whatever is on its way with it, the form itself holds the same words. */
    sent({ target, defaultPrevented }) {
      if (defaultPrevented) return;
      clearTimeout(this.waiting.get(target));
      this.waiting.delete(target);
      this.onItsWay?.abort();
    }

    go() {
      for (const form of this.waiting.keys()) this.keep(form, { keepalive: true });
    }

    async keep(form, options = {}) {
      clearTimeout(this.waiting.get(form));
      this.waiting.delete(form);
      this.onItsWay = new AbortController();
      const { signal } = this.onItsWay;
      await window.heardRoom.post(this.urlValue, () => body(form), form, this.personValue, { signal, ...options });
    }
  }

  function isOurs(form) {
    return form.method === "post" && Boolean(form.elements[TOKEN]) && !form.hasAttribute("data-room-keep-target");
  }

  function address(form) {
    return new URL(form.action).pathname;
  }

  function fields(form) {
    return [...form.elements].filter((field) => field.matches(TYPED));
  }

  function body(form) {
    const data = new FormData();
    data.set(TOKEN, form.elements[TOKEN].value);
    data.set("address", address(form));
    for (const field of fields(form)) data.set(`words-${field.name}`, field.value);
    return data;
  }

  async function ask(url, options) {
    try {
      return await (await fetch(url, options)).json();
    } catch {
      return {};
    }
  }

  /* Sends what `body` gives, and once more with a new token where the page was open for long: nothing of it for
   * somebody else's log-in. */
  async function post(url, body, form, person, options = {}) {
    const again = () => ask(url, { method: "POST", headers: { Accept: "application/json" }, ...options, body: body() });
    const answer = await again();
    if (!answer.token || answer.person !== person) return answer;
    form.elements[TOKEN].value = answer.token;
    return again();
  }

  window.heardRoom = { ...window.heardRoom, post };
  window.wagtail.app.register("room-unsent", UnsentController);
}
