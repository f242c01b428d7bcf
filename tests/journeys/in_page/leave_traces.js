async () => {
    document.cookie = "a=1";
    localStorage.b = sessionStorage.c = 1;
    await new Promise(done => { indexedDB.open("d").onsuccess = done; });
    await caches.open("e");
}
