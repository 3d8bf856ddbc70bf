// Keeps one language's page with its style, scripts and fonts. KEPT is put above this line when it is sent.
//
// The page itself is asked for first and taken from here where the network does not answer in time or the server is broken.
// An answer that leads elsewhere (to the sign-in) is passed on and never kept. What the page works with (lists, people) is
// its own business.

const FAMILY = `shailoo-${KEPT.name}-`;
const CACHE = `${FAMILY}${KEPT.version}`;
const PAGE = new URL(self.registration.scope).pathname;
const PATIENCE = 4000; // ms
const NEVER_CHANGES = /\.[0-9a-f]{12}\./; // a name that tells its content
const LIKE = { ignoreSearch: true, ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(presently(PAGE, request));
  else if (KEPT.assets.includes(pathname)) event.respondWith(asset(pathname, request));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all([PAGE, ...KEPT.assets].map(async (address) => {
    if (NEVER_CHANGES.test(address) && (await cache.match(address, LIKE))) return; // by another language's worker
    const answer = await fetch(address, { cache: "reload" });
    if (!answer.ok || answer.redirected) throw new Error(`${address} cannot be kept`);
    await cache.put(address, answer);
  }));
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// A file whose name tells its content is taken from here; others are asked for.
async function asset(address, request) {
  const kept = NEVER_CHANGES.test(address) && (await (await caches.open(CACHE)).match(address, LIKE));
  return kept || presently(address, request);
}

async function presently(address, request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status >= 500) throw new Error(`${address} answered ${answer.status}`);
    if (answer.ok && !answer.redirected) await cache.put(address, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(address, LIKE);
    if (kept) return kept;
    throw error;
  }
}
