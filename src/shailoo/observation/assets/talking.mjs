// Talking with the commission's server: the list of people, who is inside, and the passages of this device.

const PATIENCE = 10000; // ms: on a bad line what is kept is used meanwhile
export class SignedOutError extends Error {}
export class SilentError extends Error {}

export class Server {
  constructor(addresses) {
    this.addresses = addresses;
  }

  // {now, token, inside}: the server's clock, what a form must carry, and who is inside.
  async state() {
    const answer = await this.asked(this.addresses.state);
    return answer.json();
  }

  // The list of people with the name of its state, or null where the one that is kept still holds.
  async people(tag) {
    const answer = await this.asked(this.addresses.people, { headers: tag ? { "If-None-Match": tag } : {} });
    return answer.status === 304 ? null : { tag: answer.headers.get("ETag"), list: await answer.json() };
  }

  async send(passages, sentAt, token) {
    const rows = passages.map(({ uid, number, way, at, verdict, confirmed }) => ({ uid, number, way, at, verdict, confirmed }));
    const answer = await this.asked(this.addresses.sync, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ sent_at: sentAt, passages: rows }),
    });
    return answer.json();
  }

  async asked(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, {
        cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
      });
    } catch {
      throw new SilentError("no network");
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOutError("signed out");
    if (!answer.ok && answer.status !== 304) throw new SilentError(`answered ${answer.status}`);
    return answer;
  }
}
