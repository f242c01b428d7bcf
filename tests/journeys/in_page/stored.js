async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
    ...(await indexedDB.databases()).map(each => each.name), ...await caches.keys(),
    ...await navigator.serviceWorker.getRegistrations(),
].filter(Boolean)
