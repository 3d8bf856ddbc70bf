// What a device says of somebody at the door, from the list that it keeps: who comes, for whom, and what speaks against it.
//
// The same questions as shailoo/observation/checkin/door.py; the server asks them again when the passage comes in.

const WHO = {
  IO: "international_observer",
  CO: "citizen_observer",
  OB: "observer",
  IP: "interpreter",
  MM: "media_representative",
  RC: "commission_representative",
};
const OWN_PLACE = ["citizen_observer", "commission_representative"];
export const NUMBER = /^\s*([A-Za-z]{2}-\d{4}-\d{5,8})\s*$/;

// The people of a list by number: {number, who, sender, name, here, observer}.
export function peopleOf(list) {
  const people = new Map();
  for (const [sender, series, distances] of list.elsewhere) {
    let place = 0;
    for (const distance of distances) {
      place += distance;
      const number = `${series}-${String(place).padStart(5, "0")}`;
      people.set(number, { number, who: "observer", sender: String(sender), name: "", here: false });
    }
  }
  for (const [number, sender, name, who, here, observer] of list.people) {
    people.set(number, { number, who, sender: String(sender), name, here: Boolean(here), observer });
  }
  return people;
}

// Somebody whose code holds and who does not stand on the list: nobody knows for whom they come.
export function stranger(claims, commission) {
  const who = WHO[claims.number.slice(0, 2)];
  const here = claims.reach !== 0 && [commission.code, commission.precinct].includes(claims.place);
  return who ? { number: claims.number, who, sender: "", name: "", here } : null;
}

// Who is inside, by number: what the server knew, and after it what this device noted and has not sent.
export function insideNow(known, waiting) {
  const inside = new Map(known.map(([number, since]) => [number, since]));
  for (const { number, way, at } of [...waiting].sort((one, other) => (one.at < other.at ? -1 : 1))) {
    if (way === "in") inside.set(number, at);
    if (way === "out") inside.delete(number);
  }
  return inside;
}

// The codes of what speaks against letting the person in now.
export function against(comer, inside, people, voting) {
  const found = [];
  if (inside.has(comer.number)) found.push("passage_already_inside");
  if (voting && ofSameSender(comer, inside, people).length) found.push("observer_of_sender_already_in_premises");
  if (OWN_PLACE.includes(comer.who) && !comer.here) found.push("another_commission");
  if (comer.who === "interpreter" && !inside.has(comer.observer)) found.push("without_observer");
  if (comer.who === "observer" && !comer.sender) found.push("sender_unknown");
  return found;
}

// The other observers of the same candidate or party who are inside.
export function ofSameSender(comer, inside, people) {
  if (comer.who !== "observer" || !comer.sender) return [];
  return [...inside.keys()]
    .map((number) => people.get(number))
    .filter((other) => other?.who === "observer" && other.sender === comer.sender && other.number !== comer.number);
}
