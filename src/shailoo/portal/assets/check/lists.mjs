// The two signed lists, kept on this device: fetched when there is a network, believed only when their signature holds.

import { opened } from "./certificate.mjs";

const FORMATS = { keys: "shailoo-keys/1", revoked: "shailoo-revoked/1" };
const PATIENCE = 8000; // ms for a list: on a bad line the one that is kept is used meanwhile

export class Lists {
  // `addresses` of the lists by name, `key`: the public half of the installation's key, from the page itself.
  constructor(addresses, key) {
    this.addresses = addresses;
    this.key = key;
    this.held = {};
  }

  // Read what this device keeps from an earlier visit.
  async recall() {
    for (const name of Object.keys(FORMATS)) {
      const text = stored(name);
      const list = text && (await opened(text, FORMATS[name], this.key));
      if (list && newer(list, this.held[name])) this.held[name] = list;
    }
  }

  // Ask for the present lists; true where both came and are good. A list older than the one held is not taken.
  async refresh() {
    const came = await Promise.all(Object.keys(FORMATS).map((name) => this.fetched(name)));
    return came.every(Boolean);
  }

  async fetched(name) {
    try {
      const answer = await fetch(this.addresses[name], { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      const text = answer.ok ? await answer.text() : "";
      const list = await opened(text, FORMATS[name], this.key);
      if (!list) return false;
      if (newer(list, this.held[name])) {
        this.held[name] = list;
        store(name, text);
      }
      return true;
    } catch {
      return false; // no network
    }
  }

  get complete() {
    return Boolean(this.held.keys && this.held.revoked);
  }
}

function newer(list, held) {
  return !held || (list.made_at >= held.made_at && (list.number ?? 0) >= (held.number ?? 0));
}

function stored(name) {
  try {
    return localStorage.getItem(`shailoo-${name}`);
  } catch {
    return null; // storage switched off: the lists last as long as the page
  }
}

function store(name, text) {
  try {
    localStorage.setItem(`shailoo-${name}`, text);
  } catch {
    // full or switched off: as above
  }
}
