// What a device keeps for the time without a network: the list of people, who was inside, and passages not yet sent.

const NAME = "shailoo-door";
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Kept {
  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts"); // by commission and name
      request.result.createObjectStore("passages", { keyPath: "uid" });
    };
    return new Kept(await done(request));
  }

  constructor(database) {
    this.database = database;
  }

  store(name, mode = "readonly") {
    return this.database.transaction(name, mode).objectStore(name);
  }

  fact(commission, name) {
    return done(this.store("facts").get(`${commission} ${name}`));
  }

  keepFact(commission, name, value) {
    return done(this.store("facts", "readwrite").put(value, `${commission} ${name}`));
  }

  // Passages of one commission that are not yet with the server, and those that it refused.
  async passages(commission) {
    const all = await done(this.store("passages").getAll());
    return all.filter((each) => each.commission === commission);
  }

  keep(passage) {
    return done(this.store("passages", "readwrite").put(passage));
  }

  drop(uid) {
    return done(this.store("passages", "readwrite").delete(uid));
  }

  // Take everything away from this device.
  async forget() {
    this.database.close();
    await done(indexedDB.deleteDatabase(NAME));
    for (const name of await caches.keys()) if (name.startsWith("shailoo-door-")) await caches.delete(name);
  }
}
