// Names as they are compared: the same in shailoo/documents/certificates/code.py, held together by a test.

const FOLDED = { "ң": "н", "ө": "о", "ү": "у" };

export function normalized(name) {
  return name
    .replace(/['’‘ʼʹ`´]/gu, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ңөү]/gu, (letter) => FOLDED[letter])
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
    .join(" ");
}
