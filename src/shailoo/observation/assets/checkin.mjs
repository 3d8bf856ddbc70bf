// The page at a commission's door: scan, see who may come in and for whom, note it. Once opened it works without a network.

import { check, isHolder, keysOf, revokedOf } from "../../portal/assets/check/certificate.mjs";
import { Lists } from "../../portal/assets/check/lists.mjs";
import { Camera, fromFile } from "../../portal/assets/check/scanning.mjs";
import { NUMBER, against, insideNow, ofSameSender, peopleOf, stranger } from "./door.mjs";
import { Kept } from "./keeping.mjs";
import { Server, SignedOutError } from "./talking.mjs";

const AGAIN = 60 * 1000; // ms after which the server is asked again while the page stays open
const MOST = 500; // passages in one sending
const root = document.querySelector("[data-door]");
const words = JSON.parse(document.getElementById("door-words").textContent);
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const commission = { code: root.dataset.commission, precinct: root.dataset.precinct };
const lists = new Lists({ keys: root.dataset.keys, revoked: root.dataset.revoked }, root.dataset.key);
const server = new Server({ people: root.dataset.people, state: root.dataset.state, sync: root.dataset.sync });
const camera = new Camera(part("video"));
const language = document.documentElement.lang;

let kept; // IndexedDB
let people = new Map();
let senders = {};
let known = []; // who was inside when the server last said so
let waiting = []; // passages of this device that are not with the server
let shift = 0; // ms by which the election's clock is ahead of this device's
let shown = null; // {comer, claims, verdict, against}

const now = () => Date.now() + shift;
const inside = () => insideNow(known, waiting.filter((each) => !each.refused));
const nameOf = (key) => senders[key]?.[language] ?? words.unknown_sender;

// ---------------------------------------------------------------------------------------------- looking

async function look(text) {
  const typed = NUMBER.exec(text);
  if (typed) return show(byNumber(typed[1].toUpperCase()));
  if (!lists.complete) return show({ verdict: "no_lists" });
  const { keys, revoked } = lists.held;
  const { verdict, claims } = await check(text, { keys: keysOf(keys), revoked: revokedOf(revoked), now: now() });
  const of = claims?.election && claims.election !== root.dataset.election;
  if (of && verdict === "valid") return show({ verdict: "another_election", claims });
  return show({ verdict, claims, comer: claims && (people.get(claims.number) ?? stranger(claims, commission)) });
}

// Only the number was given: the list of this device knows it or not, and the person shows the rest.
function byNumber(number) {
  const comer = people.get(number);
  if (!comer) return { verdict: "unknown_number", number };
  const revoked = lists.held.revoked && revokedOf(lists.held.revoked).has(number);
  return { verdict: revoked ? "revoked" : "listed", comer };
}

function show({ verdict, claims = null, comer = null, number = "" }) {
  const good = verdict === "valid" || verdict === "listed";
  const wrong = comer && good ? against(comer, inside(), people, root.dataset.voting === "yes") : [];
  shown = { verdict, claims, comer, good, against: wrong };
  const result = part("result");
  result.hidden = false;
  result.dataset.verdict = verdict;
  result.classList.toggle("checked--good", good && !wrong.length);
  const [title, advice] = words.verdicts[wrong.length ? "warned" : verdict];
  part("verdict").textContent = title;
  part("advice").textContent = advice;
  facts(comer, claims, number);
  warnings(comer, wrong);
  powers(comer);
  buttons(comer, good);
  part("holder").hidden = !claims;
  part("name").value = part("match").textContent = "";
  part("verdict").focus();
}

function facts(comer, claims, number) {
  part("facts").hidden = !comer && !claims && !number;
  const row = (name, value) => {
    part(name).textContent = value ?? "";
    part(name).closest("div").hidden = !value;
  };
  row("kind", comer && words.who[comer.who]);
  row("number", comer?.number ?? claims?.number ?? number);
  row("holder-name", comer?.name);
  row("sender", comer && nameOf(comer.sender));
  row("validity", claims && `${local(claims.since * 60000)} – ${local(claims.until * 60000)}`);
  row("observer", comer?.observer && [comer.observer, people.get(comer.observer)?.name].filter(Boolean).join(" "));
}

function warnings(comer, codes) {
  const others = comer ? ofSameSender(comer, inside(), people) : [];
  const said = codes.map((code) => words.findings[code]);
  for (const other of others) said.push(words.inside_for.replace("{name}", other.name || other.number).replace("{sender}", nameOf(other.sender)));
  items(part("warnings"), said);
  part("warned").hidden = !codes.length;
  part("confirm").checked = false;
}

function powers(comer) {
  const of = comer && words.powers[comer.who];
  part("powers").hidden = !of;
  for (const name of ["rights", "bans"]) {
    const rows = of?.[name] ?? [];
    part(name).closest("details").hidden = !rows.length;
    part(name).replaceChildren(...rows.map(power));
  }
  part("no-rights").hidden = !of || comer.who !== "interpreter";
}

function power([text, href, citation, only]) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = href;
  link.textContent = citation;
  line.append(only ? `${text} (${words.only_if} ${only}) ` : `${text} `, link);
  return line;
}

function buttons(comer, good) {
  const is = comer && inside().has(comer.number);
  part("in").hidden = !good || !comer || is;
  part("out").hidden = !comer || !is;
  part("turned_away").hidden = !comer || is;
  part("acts").hidden = !comer;
}

// ---------------------------------------------------------------------------------------------- noting

async function note(way) {
  const { comer, verdict, against: codes } = shown;
  const stops = way === "in" && codes.length > 0;
  if (stops && !part("confirm").checked) {
    part("confirm-error").hidden = false;
    part("confirm").focus();
    return;
  }
  part("confirm-error").hidden = true;
  const confirmed = stops ? codes : [];
  const passage = {
    uid: crypto.randomUUID(), commission: commission.code, number: comer.number, way, verdict, confirmed,
    at: new Date(now()).toISOString(),
  };
  await kept.keep(passage);
  waiting.push(passage);
  part("result").hidden = true;
  part("done").textContent = words.noted[way].replace("{name}", comer.name || comer.number);
  part("code").value = "";
  tell();
  part("done").focus();
  await talk();
}

// ---------------------------------------------------------------------------------------------- the state of this device

function tell() {
  tellInside();
  tellLists();
  const due = waiting.filter((each) => !each.refused);
  part("waiting").textContent = due.length ? words.waiting.replace("{number}", String(due.length)) : words.all_sent;
  root.dataset.waiting = String(due.length);
  const refused = waiting.filter((each) => each.refused);
  part("refused-part").hidden = !refused.length;
  items(part("refused"), refused.map((each) => `${each.number}, ${local(Date.parse(each.at))}: ${each.refused}`));
  part("forget").disabled = due.length > 0;
}

// Who is inside, for whom: senders with their people, by the time of coming.
function tellInside() {
  const groups = new Map();
  for (const [number, since] of inside()) {
    const found = people.get(number);
    const sender = found?.sender ?? "";
    if (!groups.has(sender)) groups.set(sender, []);
    groups.get(sender).push(`${found?.name || number} · ${words.who[found?.who] ?? ""} · ${clock(Date.parse(since))}`);
  }
  part("nobody").hidden = groups.size > 0;
  part("inside").replaceChildren(...[...groups].flatMap(([sender, lines]) => group(nameOf(sender), lines)));
  root.dataset.inside = String(inside().size);
}

function group(name, lines) {
  const title = document.createElement("h3");
  title.className = "govuk-heading-s";
  title.textContent = name;
  const list = document.createElement("ul");
  list.className = "govuk-list";
  items(list, lines);
  return [title, list];
}

function items(list, texts) {
  list.replaceChildren(
    ...texts.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }),
  );
}

function tellLists() {
  const { revoked, keys } = lists.held;
  const status = part("lists");
  if (!keys || !revoked || !people.size) {
    status.textContent = words.no_lists;
    status.dataset.state = "none";
    return;
  }
  const hours = Math.max(0, Math.floor((Date.now() - Date.parse(revoked.made_at)) / 3600000));
  status.textContent = words.lists
    .replace("{people}", String(people.size))
    .replace("{revoked}", String(revoked.number))
    .replace("{made}", local(Date.parse(revoked.made_at)))
    .replace("{hours}", String(hours));
  const late = Date.now() > Date.parse(revoked.next_update);
  status.dataset.state = late ? "late" : "fresh";
  part("warning").hidden = !late;
}

// ---------------------------------------------------------------------------------------------- talking

let talking = null;

function talk() {
  talking = (talking ?? Promise.resolve()).then(exchange).then(tell);
  return talking;
}

async function exchange() {
  try {
    const before = Date.now();
    const state = await server.state();
    shift = Date.parse(state.now) - (before + Date.now()) / 2;
    known = state.inside;
    await kept.keepFact(commission.code, "state", { known, shift });
    await newPeople();
    await sendAll(state.token);
    await lists.refresh();
    part("signed-out").hidden = true;
    root.dataset.talked = "yes";
    root.dataset.line = "up";
  } catch (error) {
    part("signed-out").hidden = !(error instanceof SignedOutError);
    root.dataset.line = "down";
  }
}

async function newPeople() {
  const held = await kept.fact(commission.code, "people");
  const found = await server.people(held?.tag);
  if (!found) return;
  await kept.keepFact(commission.code, "people", found);
  take(found.list);
}

async function sendAll(token) {
  const due = waiting.filter((each) => !each.refused);
  for (let at = 0; at < due.length; at += MOST) {
    const answer = await server.send(due.slice(at, at + MOST), new Date(now()).toISOString(), token);
    for (const told of answer.told) await settle(told);
    known = answer.inside;
    await kept.keepFact(commission.code, "state", { known, shift });
  }
}

// A passage that the server keeps is its own; one that it refused stays here with the reason.
async function settle({ uid, kept: outcome, findings }) {
  const passage = waiting.find((each) => each.uid === uid);
  if (!passage) return;
  if (findings.length) told(`${passage.number}: ${findings.join(" ")}`);
  if (outcome === "refused") {
    passage.refused = findings.join(" ");
    await kept.keep(passage);
    return;
  }
  waiting = waiting.filter((each) => each.uid !== uid);
  await kept.drop(uid);
}

function told(text) {
  const line = document.createElement("li");
  line.textContent = text;
  part("told").prepend(line);
  part("told-part").hidden = false;
}

// ---------------------------------------------------------------------------------------------- the page

function take(list) {
  people = peopleOf(list);
  senders = list.senders;
}

// A moment in local time of Bishkek, as the site writes it in figures.
function local(moment) {
  const found = parts(moment, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  return `${found.day}.${found.month}.${found.year} ${found.hour}:${found.minute}`;
}

function clock(moment) {
  const found = parts(moment, { hour: "2-digit", minute: "2-digit" });
  return `${found.hour}:${found.minute}`;
}

function parts(moment, form) {
  const written = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Bishkek", hourCycle: "h23", ...form });
  return Object.fromEntries(written.formatToParts(moment).map(({ type, value }) => [type, value]));
}

function refuse(message) {
  part("scan-error").textContent = message;
  part("scan-error").hidden = !message;
}

async function scan() {
  refuse("");
  part("camera").hidden = false;
  try {
    await camera.start((text) => {
      stop();
      look(text);
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
  if (text) await look(text);
  else refuse(words.no_code_in_picture);
}

async function compare(event) {
  event.preventDefault();
  const same = shown?.claims && (await isHolder(part("name").value, shown.claims));
  part("match").dataset.same = same ? "yes" : "no";
  part("match").textContent = same ? words.same_name : words.other_name;
}

function listen() {
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    look(part("code").value);
  });
  part("name-form").addEventListener("submit", compare);
  part("scan").addEventListener("click", scan);
  part("stop").addEventListener("click", stop);
  part("picture").addEventListener("change", picture);
  part("scan").hidden = !navigator.mediaDevices?.getUserMedia;
  part("acts").addEventListener("submit", (event) => {
    event.preventDefault();
    note(event.submitter.value);
  });
  part("send").addEventListener("click", talk);
  part("forget").addEventListener("click", forget);
  window.addEventListener("online", talk);
  setInterval(talk, AGAIN);
}

async function forget() {
  await kept.forget();
  for (const each of await navigator.serviceWorker.getRegistrations()) {
    if (JSON.parse(root.dataset.scopes).includes(new URL(each.scope).pathname)) await each.unregister();
  }
  location.assign(root.dataset.leave);
}

async function begin() {
  for (const each of root.querySelectorAll("[data-needs-script]")) each.hidden = false;
  for (const each of root.querySelectorAll("[data-plain]")) each.hidden = true;
  kept = await Kept.open();
  const [held, state] = [await kept.fact(commission.code, "people"), await kept.fact(commission.code, "state")];
  if (held) take(held.list);
  if (state) ({ known, shift } = state);
  waiting = await kept.passages(commission.code);
  await lists.recall();
  listen();
  tell();
  if (!held) await talk();
  root.dataset.ready = "yes";
  if (held) await talk();
}

// Every language of the page is kept for the time without a network.
async function keep() {
  const scopes = JSON.parse(root.dataset.scopes);
  const workers = await Promise.all(
    scopes.map((scope) => navigator.serviceWorker.register(`${scope}worker.js`, { scope })),
  );
  await Promise.all(workers.map(atWork));
  part("kept").hidden = false;
  root.dataset.kept = "yes";
}

function atWork({ active, waiting: next, installing }) {
  const worker = next ?? installing;
  if (active || !worker) return null;
  return new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed(new Error("the page could not be kept"));
    });
  });
}

// Without a secure context there is neither cryptography nor a worker: the plain form asks the server instead.
if (window.isSecureContext && "indexedDB" in window) {
  begin();
  if ("serviceWorker" in navigator) keep().catch(() => undefined);
}
