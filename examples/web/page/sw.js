// Everything the page needs, kept for when there is no network. The build fills in the names and the version.

const KEPT = 'tanpura-%VERSION%';
const FILES = [
    %FILES%
];

addEventListener('install', (event) => {
  // Past the browser's own cache: a version is one set of files.
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(fresh)).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith('tanpura-') && name !== KEPT);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => clients.claim()),
  );
});

addEventListener('fetch', (event) => {
  const asked = event.request.mode === 'navigate' ? './index.html' : event.request;
  event.respondWith(
    caches.open(KEPT).then((kept) => kept.match(asked, { ignoreSearch: true })).then((found) => found ?? fetch(event.request)),
  );
});
