/* Wagtail's box beside the menu asks by an address. What a moderator looks for belongs in none: its form is posted. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches('form[role="search"][action$="/admin/find/"]') || form.method === "post") return;
  // Before Wagtail's own answer to it, which would go to the address.
  event.stopPropagation();
  const token = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken" });
  token.value = JSON.parse(document.getElementById("wagtail-config").textContent).CSRF_TOKEN;
  form.append(token);
  form.method = "post";
}, true);
