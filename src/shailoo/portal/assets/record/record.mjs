// Checks in the visitor's browser that an act stands in the signed record: its hash, the path to the root, the signature.
//
// The same arithmetic as check_proof.py and verify_ledger.py; without this file the page offers those.

import { verifyAsync } from "@noble/ed25519";

import { blake2b } from "./blake2b.mjs";

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const unbase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// A part of what is hashed: its length in bytes, a colon, its UTF-8 and a comma.
function part(text) {
  const bytes = utf8(String(text));
  return joined(utf8(`${bytes.length}:`), bytes, utf8(","));
}

// The hash that the act must have; null where it cannot be told, for its content is withheld and it is of an early form.
async function hashOf(act) {
  const office = act.office === null ? "" : String(act.office);
  if (act.form === 2) {
    const content = "payload" in act ? hex(await sha256(utf8(act.payload))) : act.payload_sha256;
    const grounds = new TextDecoder().decode(joined(...act.grounds.map(part)));
    const told = ["shailoo-act/2", act.chain, act.sequence, act.name, act.subject, office, act.at, grounds, content, act.previous];
    return hex(await sha256(joined(...told.map(part))));
  }
  if (!("payload" in act)) return null;
  const fields = [act.chain, act.sequence, act.name, act.subject, office || "-", act.at, act.grounds.join(","), act.payload, act.previous];
  return hex(await sha256(utf8(fields.join("\u001f"))));
}

const nodeOf = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

// RFC 9162, 2.1.3.2, in arithmetic that holds beyond 2 ** 31 acts.
async function leads(leaf, index, size, path, root) {
  if (!(index >= 0 && index < size)) return false;
  let [place, last, found] = [index, size - 1, leaf];
  for (const each of path.map(unhex)) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      found = await nodeOf(each, found);
      while (place && place % 2 === 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else {
      found = await nodeOf(found, each);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && hex(found) === root;
}

// Canonical JSON of a head: texts and whole numbers only, its members in the order of their names.
const noteOf = (head) => JSON.stringify(Object.fromEntries(Object.entries(head).sort(([one], [other]) => (one < other ? -1 : 1))));

async function signed(head, signature, line) {
  const lines = signature.split("\n");
  const [key, first, whole] = [unbase64(line), unbase64(lines[1]), unbase64(lines[3])];
  if (key.length !== 42 || first.length !== 74 || hex(first.subarray(2, 10)) !== hex(key.subarray(2, 10))) return false;
  const comment = utf8(lines[2].replace(/^trusted comment: /, ""));
  const [own, raw] = [key.subarray(10), first.subarray(10)];
  return (await verifyAsync(raw, blake2b(utf8(noteOf(head))), own)) && (await verifyAsync(whole, joined(raw, comment), own));
}

async function check(act, proof, key) {
  const computed = await hashOf(act);
  const right = proof.act.hash === act.hash && (!("payload" in act) || hex(await sha256(utf8(act.payload))) === act.payload_sha256);
  const leaf = await sha256(joined(Uint8Array.of(0), unhex(act.hash)));
  return [
    ["act", computed === null && right ? "Unknown" : right && computed === act.hash ? "Holds" : "Fails"],
    ["path", (await leads(leaf, proof.index, proof.head.size, proof.path, proof.head.root)) ? "Holds" : "Fails"],
    ["signature", (await signed(proof.head, proof.signature, key).catch(() => false)) ? "Holds" : "Fails"],
  ];
}

async function fetched(address) {
  const sent = await fetch(address, { cache: "no-store" });
  if (!sent.ok) throw new Error(String(sent.status));
  return sent.json();
}

function say(out, headline, results, words) {
  const strong = document.createElement("strong");
  strong.textContent = headline;
  const list = document.createElement("ul");
  list.className = "govuk-list";
  for (const [what, verdict] of results) {
    const line = document.createElement("li");
    line.textContent = `${{ Holds: "✓", Fails: "✗", Unknown: "–" }[verdict]} ${words[`${what}${verdict}`]}`;
    list.append(line);
  }
  out.replaceChildren(strong, list);
}

async function answer(place) {
  const words = place.dataset;
  const out = place.querySelector("[data-record-answer]");
  if (!globalThis.crypto?.subtle) {
    out.textContent = words.insecure;
    return;
  }
  try {
    const [act, proof] = await Promise.all([fetched(words.act), fetched(words.proof)]);
    const results = await check(act, proof, words.key);
    const fine = results.every(([, verdict]) => verdict !== "Fails");
    out.dataset.verdict = fine ? "yes" : "no";
    say(out, fine ? `✓ ${words.holds}` : `✗ ${words.fails}`, results, words);
  } catch {
    out.dataset.verdict = "no";
    out.textContent = words.unreachable;
  }
}

for (const place of document.querySelectorAll("[data-record-check]")) {
  const act = place.querySelector("[data-record-act]");
  act.hidden = false;
  act.querySelector("button").addEventListener("click", () => answer(place));
}
