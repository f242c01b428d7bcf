() => {
    // What each live region says as it changes: `said` gathers it in order, an alert also as it comes up.
    const live = "[role=status], [role=alert], [aria-live]";
    window.said = [];
    const say = (region) => {
        const words = region.textContent.trim().replace(/\s+/g, " ");
        if (words && region.checkVisibility()) window.said.push(words);
    };
    const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(live);
    const come = (node) => (node.nodeType === Node.ELEMENT_NODE ? [node, ...node.querySelectorAll("*")] : []);
    new MutationObserver((changes) => {
        const regions = changes.map((change) => within(change.target));
        const added = changes.flatMap((change) => [...change.addedNodes].flatMap(come));
        const alerts = added.filter((node) => node.matches("[role=alert]"));
        new Set([...regions, ...(document.readyState === "complete" ? alerts : [])].filter(Boolean)).forEach(say);
    }).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"] });
}
