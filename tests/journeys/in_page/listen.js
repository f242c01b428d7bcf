() => {
    window.heard = [];
    const region = document.querySelector("[data-announced]");
    new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true });
}
