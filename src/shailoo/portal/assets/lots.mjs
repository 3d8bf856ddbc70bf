// Computes a public lot anew in the visitor's browser, from its published file: the same arithmetic as lots/drawing.py.
// Without this file the page names two short checkers that do the same.

const SEED = /^[1-6]{20,200}$/;
const hash = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

function read(text) {
  let lot;
  try {
    lot = JSON.parse(text);
  } catch {
    return null;
  }
  const texts = (list) => Array.isArray(list) && list.length > 1 && list.every((each) => typeof each === "string" && each);
  if (!lot || lot.format !== "shailoo-lot/1" || !texts(lot.items) || !Array.isArray(lot.rounds)) return null;
  if (typeof lot.purpose !== "string" || !["once", "anew"].includes(lot.taking)) return null;
  const sound = (round) => round && Array.isArray(round.order) && (round.drawn === null || (Number.isInteger(round.drawn) && round.drawn > 0));
  return lot.rounds.every(sound) ? lot : null;
}

async function orderOf(lot, hashed, number, round, left) {
  const rows = await Promise.all(left.map(async (item) => ({ item, ticket: await hash([lot.purpose, hashed, number, round.seed, item].join("|")) })));
  rows.sort((one, other) => (one.ticket < other.ticket ? -1 : 1));
  const most = round.drawn ?? rows.length;
  return rows.map((row, place) => ({ ...row, drawn: place < most }));
}

// Every fault as [code, round, place]; `seen(round, place, right)` is told of each place that was computed.
async function check(lot, seen) {
  const hashed = await hash(lot.items.map((label, place) => `${place + 1}. ${label}\n`).join(""));
  const faults = [];
  if (lot.list_hash !== hashed) faults.push(["another_list", 0, 0]);
  if (new Set(lot.items).size < lot.items.length) faults.push(["entry_twice", 0, 0]);
  let left = lot.items.map((_label, place) => place + 1);
  const seeds = new Set();
  for (const [place, round] of lot.rounds.entries()) {
    const number = place + 1;
    if (round.round !== number) faults.push(["rounds_not_in_turn", number, 0]);
    if (!SEED.test(round.seed)) faults.push(["not_a_seed", number, 0]);
    if (seeds.has(round.seed)) faults.push(["seed_used_before", number, 0]);
    seeds.add(round.seed);
    if ((round.drawn ?? 1) > left.length) {
      faults.push(["more_drawn_than_listed", number, 0]);
      continue;
    }
    const due = await orderOf(lot, hashed, number, round, left);
    if (due.length !== round.order.length) faults.push(["another_number_of_places", number, 0]);
    const wrong = due.map((row, at) => {
      const said = round.order[at];
      const right = said && said.item === row.item && said.ticket === row.ticket && said.drawn === row.drawn && said.place === at + 1;
      seen(number, at + 1, Boolean(right));
      return right ? 0 : at + 1;
    });
    const first = wrong.find(Boolean);
    if (first) faults.push(["another_order", number, first]);
    const drawn = new Set(due.filter((row) => row.drawn).map((row) => row.item));
    if (lot.taking === "once") left = left.filter((item) => !drawn.has(item));
  }
  return faults;
}

async function answer(part, text) {
  const words = part.dataset;
  const out = part.querySelector("[data-lot-answer]");
  if (!globalThis.crypto?.subtle) {
    out.textContent = words.insecure;
    return;
  }
  const lot = text === null ? null : read(text);
  const mark = (round, place, right) => {
    const cell = words.file && document.querySelector(`[data-lot-place="${round}-${place}"]`);
    if (cell) cell.textContent = right ? `✓ ${words.right}` : `✗ ${words.wrong}`;
  };
  const faults = text === null ? [["unreachable", 0, 0]] : lot ? await check(lot, mark) : [["not_a_lot", 0, 0]];
  out.replaceChildren();
  out.dataset.holds = faults.length ? "no" : "yes";
  const said = document.createElement("strong");
  said.textContent = faults.length ? words.fails : `✓ ${words.holds}`;
  out.append(said);
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const [code, round, place] of faults) {
    const line = document.createElement("li");
    line.textContent = [round ? `${words.round} ${round}:` : "", words[code], place || ""].filter(Boolean).join(" ");
    list.append(line);
  }
  if (faults.length) out.append(list);
}

for (const part of document.querySelectorAll("[data-lot-check]")) {
  const act = part.querySelector("[data-lot-act]");
  act.hidden = false;
  const input = act.querySelector("input");
  if (input) {
    input.addEventListener("change", async () => input.files[0] && answer(part, await input.files[0].text()));
  } else {
    act.querySelector("button").addEventListener("click", async () => {
      const sent = await fetch(part.dataset.file, { cache: "no-store" }).catch(() => null);
      answer(part, sent?.ok ? await sent.text() : null);
    });
  }
}
