/* What a page weighs, and how long it takes until something shows at 28 kB/s and 800 ms for each answer that is waited for. */
() => {
    const headers = 300;
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const weigh = (some) => some.reduce((sum, each) => sum + each.encodedBodySize + headers, 0);
    const first = all.filter(each => each.entryType === "navigation" || each.renderBlockingStatus === "blocking");
    return [weigh(all), first.length * 0.8 + weigh(first) / 28000];
}
