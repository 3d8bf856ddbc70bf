// What a certificate's code says and whether it is good, worked out here and nowhere else: no request is made.
//
// The same form and the same verdicts as shailoo/documents/certificates/code.py and checking.py; a test holds them together.

import { verifyAsync } from "@noble/ed25519";

import { normalized } from "./names.mjs";

const PURPOSE = "shailoo certificate\0";
const LIST_PURPOSE = "shailoo list\0";
const NAME_PURPOSE = "shailoo name\0";
const [VERSION, FIXED, SIGNATURE, SHORTEST, LONGEST] = [1, 28, 64, 94, 149];
const [MOST_DIGITS, LONGEST_TEXT] = [360, 1000];
const LAST_MINUTE = Date.UTC(2400, 0, 1) / 60000;
const PREFIXES = ["", "OB", "CO", "IO", "IP", "MM", "RC", "AR", "FR", "PR", "CA", "CM", "CS"];
const TEXT = /^\s*(?:https?:\/\/[^\s#]{1,300}#)?([1-9][0-9]*)\s*$/;
const ELECTION = /^[a-z0-9_-]{0,40}$/;
const PLACE = /^[A-Za-z0-9._:-]{0,40}$/;

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const whole = (bytes) => bytes.reduce((value, byte) => value * 256 + byte, 0);

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

class CodeError extends Error {}

// The bytes behind what was scanned or typed; throws CodeError with its reason.
function bytesOf(text) {
  const found = text.length <= LONGEST_TEXT && TEXT.exec(text);
  if (!found || found[1].length > MOST_DIGITS) throw new CodeError("not_a_code");
  const digits = BigInt(found[1]).toString(16);
  return unhex(digits.length % 2 ? `0${digits}` : digits);
}

function decode(code) {
  if (code[0] !== VERSION) throw new CodeError("version");
  const written = code.subarray(0, code.length - SIGNATURE);
  if (code.length < SHORTEST || code.length > LONGEST) throw new CodeError("damaged");
  const lengthOfElection = written[FIXED];
  const atPlace = FIXED + 1 + lengthOfElection;
  if (atPlace >= written.length || atPlace + 1 + written[atPlace] !== written.length) throw new CodeError("damaged");
  const ascii = (from, to) => String.fromCharCode(...written.subarray(from, to));
  const claims = {
    kind: written[5],
    year: whole(written.subarray(6, 8)),
    sequence: whole(written.subarray(8, 11)),
    holder: hex(written.subarray(11, 19)),
    since: whole(written.subarray(19, 23)),
    until: whole(written.subarray(23, 27)),
    reach: written[27],
    election: ascii(FIXED + 1, atPlace),
    place: ascii(atPlace + 1, written.length),
  };
  if (!sound(claims)) throw new CodeError("damaged");
  claims.number = `${PREFIXES[claims.kind]}-${claims.year}-${String(claims.sequence).padStart(5, "0")}`;
  return { claims, key: hex(written.subarray(1, 5)), written, signature: code.subarray(code.length - SIGNATURE) };
}

function sound({ kind, year, sequence, since, until, reach, election, place }) {
  return (
    kind >= 1 && kind < PREFIXES.length && year >= 2000 && year <= 2199 && sequence >= 1 &&
    since < until && until <= LAST_MINUTE && reach <= 3 &&
    ELECTION.test(election) && PLACE.test(place) && (place === "") === (reach === 0)
  );
}

async function holds(signature, message, key) {
  try {
    return await verifyAsync(signature, message, unhex(key), { zip215: false });
  } catch {
    return false; // not a signature or not a key at all
  }
}

// {verdict, claims}: `keys` maps ids to public halves, `revoked` is a set of numbers, `now` in milliseconds.
// Claims are null unless the signature holds: before that a code says nothing.
export async function check(text, { keys, revoked, now }) {
  let signed;
  try {
    signed = decode(bytesOf(text));
  } catch (error) {
    if (error instanceof CodeError) return { verdict: error.message, claims: null };
    throw error;
  }
  const key = keys.get(signed.key);
  if (!key) return { verdict: "unknown_key", claims: null };
  const good = await holds(signed.signature, joined(utf8(PURPOSE), signed.written), key);
  if (!good) return { verdict: "forged", claims: null };
  return { verdict: standing(signed.claims, revoked, now), claims: signed.claims };
}

function standing(claims, revoked, now) {
  if (revoked.has(claims.number)) return "revoked";
  if (now < claims.since * 60000) return "not_yet";
  return now < claims.until * 60000 ? "valid" : "expired";
}

// Whether a typed name is the holder's.
export async function isHolder(name, claims) {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`${NAME_PURPOSE}${claims.number}\0${normalized(name)}`));
  return hex(new Uint8Array(digest).subarray(0, 8)) === claims.holder;
}

// The list in a signed envelope, or null where it is none of ours: a page of a hotel's network, a damaged or foreign one.
export async function opened(text, format, key) {
  try {
    const envelope = JSON.parse(text);
    const signature = Uint8Array.from(atob(envelope.signature), (sign) => sign.charCodeAt(0));
    if (!(await holds(signature, utf8(`${LIST_PURPOSE}${envelope.list}`), key))) return null;
    const list = JSON.parse(envelope.list);
    return list.format === format ? list : null;
  } catch {
    return null;
  }
}

export function keysOf(list) {
  return new Map(list.keys.map((row) => [row.id, row.public]));
}

// The numbers of a list of revocations, in which each stands as its distance from the one before.
export function revokedOf(list) {
  const numbers = new Set();
  for (const [series, distances] of Object.entries(list.revoked)) {
    let sequence = 0;
    for (const distance of distances) {
      sequence += distance;
      numbers.add(`${series}-${String(sequence).padStart(5, "0")}`);
    }
  }
  return numbers;
}
