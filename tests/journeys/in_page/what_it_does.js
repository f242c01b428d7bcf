function () {
    // Two controls that answer the same here do the same: where one leads, what one sends, what one fills in.
    const link = this.closest("a");
    // A link to where one is already, and the arrow with which Wagtail folds a panel, take nobody away by mistake.
    if (link?.href.split("#")[0] === location.href.split("#")[0] || this.closest("[data-panel-toggle]")) return "";
    if (link) return link.href;
    if (this.matches("button, [type=submit]") && this.type === "submit" && this.form) {
        const sent = [...this.form.querySelectorAll("[type=hidden]")].filter((each) => !/token/.test(each.name));
        const others = sent.map((each) => `${each.name}=${each.value}`);
        return JSON.stringify([this.getAttribute("formaction") || this.form.action, this.name, this.value, ...others.sort()]);
    }
    const siblings = [...document.querySelectorAll(this.tagName)];
    return this.name ? `${this.name}=${this.type === "radio" ? this.value : ""}` : `${this.tagName} ${siblings.indexOf(this)}`;
}
