// The page that checks certificates: scan, verify, show. Once opened it works without a network and sends nothing.

import { check, isHolder, keysOf, revokedOf } from "./certificate.mjs";
import { Lists } from "./lists.mjs";
import { Camera, fromFile } from "./scanning.mjs";

const AGAIN = 15 * 60 * 1000; // ms after which the lists are asked for again while the page stays open
const root = document.querySelector("[data-checker]");
const words = JSON.parse(document.getElementById("checker-words").textContent);
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const lists = new Lists({ keys: root.dataset.keys, revoked: root.dataset.revoked }, root.dataset.key);
const camera = new Camera(part("video"));
let shown = null; // the claims on the screen

async function verify(text) {
  if (!lists.complete) return show({ verdict: "no_lists", claims: null });
  const { keys, revoked } = lists.held;
  show(await check(text, { keys: keysOf(keys), revoked: revokedOf(revoked), now: Date.now() }));
}

function show({ verdict, claims }) {
  shown = claims;
  const good = verdict === "valid";
  const result = part("result");
  result.hidden = false;
  result.dataset.verdict = verdict;
  result.classList.toggle("checked--good", good);
  part("verdict").textContent = words.verdicts[verdict][0];
  part("advice").textContent = words.verdicts[verdict][1];
  part("facts").hidden = part("holder").hidden = !claims;
  if (claims) facts(claims);
  part("name").value = "";
  part("match").textContent = "";
  part("verdict").focus();
}

function facts(claims) {
  const named = (names, otherwise) => names?.[document.documentElement.lang] ?? otherwise;
  const place = named(lists.held.keys.places[`${claims.reach}:${claims.place}`], claims.place);
  part("kind").textContent = words.kinds[claims.kind];
  part("number").textContent = claims.number;
  part("validity").textContent = `${local(claims.since * 60000)} – ${local(claims.until * 60000)}`;
  part("election").textContent = claims.election
    ? named(lists.held.keys.elections[claims.election], claims.election)
    : words.all_elections;
  part("place").textContent = words.reaches[claims.reach].replace("{place}", place);
}

// A moment in local time of Bishkek, as the site writes it in figures.
function local(moment) {
  const form = { timeZone: "Asia/Bishkek", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
  const found = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", form).formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  return `${found.day}.${found.month}.${found.year} ${found.hour}:${found.minute}`;
}

function tellAge() {
  const status = part("lists");
  const { keys, revoked } = lists.held;
  if (!keys || !revoked) {
    status.textContent = words.no_lists;
    status.dataset.state = "none";
    return;
  }
  const [made, due] = [Date.parse(revoked.made_at), Date.parse(revoked.next_update)];
  const hours = Math.max(0, Math.floor((Date.now() - made) / 3600000));
  const late = Date.now() > due;
  const told = late ? words.late : words.lists;
  status.textContent = told
    .replace("{made}", local(made))
    .replace("{hours}", String(hours))
    .replace("{number}", String(revoked.number));
  status.dataset.state = late ? "late" : "fresh";
  part("warning").hidden = !late;
}

async function refresh() {
  await lists.refresh();
  tellAge();
}

function refuse(message) {
  const error = part("scan-error");
  error.textContent = message;
  error.hidden = !message;
}

async function scan() {
  refuse("");
  part("camera").hidden = false;
  try {
    await camera.start((text) => {
      stop();
      verify(text);
    });
    part("stop").focus();
  } catch {
    stop();
    refuse(words.no_camera);
  }
}

function stop() {
  camera.stop();
  part("camera").hidden = true;
}

async function picture(event) {
  const [file] = event.target.files;
  if (!file) return;
  refuse("");
  const text = await fromFile(file).catch(() => null);
  event.target.value = "";
  if (text) await verify(text);
  else refuse(words.no_code_in_picture);
}

async function compare(event) {
  event.preventDefault();
  const same = shown && (await isHolder(part("name").value, shown));
  part("match").dataset.same = same ? "yes" : "no";
  part("match").textContent = same ? words.same_name : words.other_name;
}

function fromAddress() {
  const code = location.hash.slice(1);
  if (code) verify(code);
  // The next language keeps the code.
  for (const link of document.querySelectorAll("a[rel=alternate]")) link.hash = location.hash;
}

async function begin() {
  for (const each of root.querySelectorAll("[data-needs-script]")) each.hidden = false;
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    verify(part("form").elements.code.value);
  });
  part("name-form").addEventListener("submit", compare);
  part("scan").addEventListener("click", scan);
  part("stop").addEventListener("click", stop);
  part("picture").addEventListener("change", picture);
  part("scan").hidden = !navigator.mediaDevices?.getUserMedia;
  await lists.recall();
  if (!lists.complete) await lists.refresh();
  tellAge();
  fromAddress();
  window.addEventListener("hashchange", fromAddress);
  window.addEventListener("online", refresh);
  setInterval(refresh, AGAIN);
  root.dataset.ready = "yes";
  await refresh();
}

// Every language of the page is kept for the time without a network, whichever a badge's code opens.
async function keep() {
  const scopes = JSON.parse(root.dataset.scopes);
  await Promise.all(
    scopes.map(async (scope) => atWork(await navigator.serviceWorker.register(root.dataset.worker, { scope }))),
  );
  part("kept").hidden = false;
  root.dataset.kept = "yes";
}

function atWork({ active, waiting, installing }) {
  const worker = waiting ?? installing;
  if (active || !worker) return null;
  return new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed(new Error("the page could not be kept"));
    });
  });
}

// Without a secure context there is no cryptography in browsers: the plain form asks the server instead.
if (window.isSecureContext) {
  begin();
  if ("serviceWorker" in navigator) keep().catch(() => undefined);
}
