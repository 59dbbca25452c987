// QR codes (ISO/IEC 18004) in byte mode, level L, versions 1 to 10: enough for a sign-in link.

/** Per version: code words for data, for the correction of one block, and blocks. */
const CAPACITY = [
  [19, 7, 1],
  [34, 10, 1],
  [55, 15, 1],
  [80, 20, 1],
  [108, 26, 1],
  [136, 18, 2],
  [156, 20, 2],
  [194, 24, 2],
  [232, 30, 2],
  [274, 18, 4],
];
/** Centres of the alignment marks per version. */
const ALIGNMENT = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
/** @type {((row: number, column: number) => boolean)[]} */
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => (r * c) % 2 + (r * c) % 3 === 0,
  (r, c) => ((r * c) % 2 + (r * c) % 3) % 2 === 0,
  (r, c) => ((r + c) % 2 + (r * c) % 3) % 2 === 0,
];

/**
 * The modules of a text's code, dark ones true; null where the text is too long.
 * @param {string} text @returns {boolean[][] | null}
 */
export function qrModules(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version =
    CAPACITY.findIndex(([data], index) => bytes.length + (index + 1 < 10 ? 2 : 3) <= data) + 1;
  if (version === 0) return null;
  const words = interleaved(dataWords(bytes, version), version);
  const { modules, fixed } = frame(version);
  place(words, modules, fixed);
  let best = /** @type {boolean[][] | null} */ (null);
  let least = Infinity;
  for (let mask = 0; mask < MASKS.length; mask += 1) {
    const masked = modules.map((row, r) =>
      row.map((dark, c) => fixed[r][c] ? dark : dark !== MASKS[mask](r, c))
    );
    writeFormat(masked, mask);
    const penalty = penaltyOf(masked);
    if (penalty < least) [best, least] = [masked, penalty];
  }
  return best;
}

/** @param {number[]} bytes @param {number} version */
function dataWords(bytes, version) {
  const [capacity] = CAPACITY[version - 1];
  let bits = "0100" + bytes.length.toString(2).padStart(version < 10 ? 8 : 16, "0");
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  bits += "0".repeat(Math.min(4, capacity * 8 - bits.length));
  bits += "0".repeat((8 - bits.length % 8) % 8);
  const words = (bits.match(/.{8}/g) ?? []).map((word) => Number.parseInt(word, 2));
  for (let pad = 0; words.length < capacity; pad += 1) words.push(pad % 2 === 0 ? 0xec : 0x11);
  return words;
}

/** @param {number[]} words @param {number} version */
function interleaved(words, version) {
  const [capacity, correction, count] = CAPACITY[version - 1];
  const short = Math.floor(capacity / count);
  const shorts = count - capacity % count;
  /** @type {number[][]} */
  const blocks = [];
  let start = 0;
  for (let block = 0; block < count; block += 1) {
    const length = short + (block < shorts ? 0 : 1);
    blocks.push(words.slice(start, start + length));
    start += length;
  }
  const corrections = blocks.map((block) => remainder(block, generator(correction)));
  /** @type {number[]} */
  const all = [];
  for (let at = 0; at <= short; at += 1) {
    for (const block of blocks) if (at < block.length) all.push(block[at]);
  }
  for (let at = 0; at < correction; at += 1) for (const block of corrections) all.push(block[at]);
  return all;
}

/** Product in the field of 256 elements with 0x11d. @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product;
}

/** @param {number} degree @returns {number[]} */
function generator(degree) {
  const result = Array(degree - 1).fill(0);
  result.push(1);
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    for (let at = 0; at < degree; at += 1) {
      result[at] = times(result[at], root) ^ (at + 1 < degree ? result[at + 1] : 0);
    }
    root = times(root, 2);
  }
  return result;
}

/** @param {number[]} block @param {number[]} divisor */
function remainder(block, divisor) {
  const result = divisor.map(() => 0);
  for (const word of block) {
    const factor = word ^ /** @type {number} */ (result.shift());
    result.push(0);
    divisor.forEach((value, at) => {
      result[at] ^= times(value, factor);
    });
  }
  return result;
}

/** The marks that every code of a version has, and where they stand. @param {number} version */
function frame(version) {
  const size = version * 4 + 17;
  const modules = Array.from({ length: size }, () => Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => Array(size).fill(false));
  /** @param {number} row @param {number} column @param {boolean} dark */
  const set = (row, column, dark) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    modules[row][column] = dark;
    fixed[row][column] = true;
  };
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
    for (let r = -4; r <= 4; r += 1) {
      for (let c = -4; c <= 4; c += 1) {
        const ring = Math.max(Math.abs(r), Math.abs(c));
        set(row + r, column + c, ring !== 2 && ring !== 4);
      }
    }
  }
  const centres = ALIGNMENT[version - 1];
  const last = centres.length - 1;
  centres.forEach((row, i) =>
    centres.forEach((column, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let r = -2; r <= 2; r += 1) {
        for (let c = -2; c <= 2; c += 1) {
          set(row + r, column + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
        }
      }
    })
  );
  for (let at = 0; at < 9; at += 1) {
    set(8, at, modules[8][at]);
    set(at, 8, modules[at][8]);
  }
  for (let at = 1; at <= 8; at += 1) {
    set(8, size - at, false);
    set(size - at, 8, at === 8);
  }
  if (version >= 7) writeVersion(version, size, set);
  return { modules, fixed };
}

/** @param {number} version @param {number} size @param {(r: number, c: number, dark: boolean) => void} set */
function writeVersion(version, size, set) {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const dark = ((bits >>> at) & 1) === 1;
    set(Math.floor(at / 3), size - 11 + at % 3, dark);
    set(size - 11 + at % 3, Math.floor(at / 3), dark);
  }
}

/** Level and mask, twice. @param {boolean[][]} modules @param {number} mask */
function writeFormat(modules, mask) {
  const size = modules.length;
  const value = (1 << 3) | mask; // Level L is 01.
  let rest = value;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((value << 10) | rest) ^ 0x5412;
  /** @param {number} at */
  const dark = (at) => ((bits >>> at) & 1) === 1;
  for (let at = 0; at <= 5; at += 1) modules[at][8] = dark(at);
  modules[7][8] = dark(6);
  modules[8][8] = dark(7);
  modules[8][7] = dark(8);
  for (let at = 9; at < 15; at += 1) modules[8][14 - at] = dark(at);
  for (let at = 0; at < 8; at += 1) modules[8][size - 1 - at] = dark(at);
  for (let at = 8; at < 15; at += 1) modules[size - 15 + at][8] = dark(at);
}

/** In columns of two, from the right, up and down. */
/** @param {number[]} words @param {boolean[][]} modules @param {boolean[][]} fixed */
function place(words, modules, fixed) {
  const size = modules.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      for (let side = 0; side < 2; side += 1) {
        const column = right - side;
        const row = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (fixed[row][column] || at >= words.length * 8) continue;
        modules[row][column] = ((words[at >>> 3] >>> (7 - (at & 7))) & 1) === 1;
        at += 1;
      }
    }
  }
}

/** How hard it is to read: runs, blocks, false marks, and too much of one colour. */
/** @param {boolean[][]} modules */
function penaltyOf(modules) {
  const size = modules.length;
  const columns = modules.map((_, c) => modules.map((row) => row[c]));
  let penalty = 0;
  for (const line of [...modules, ...columns]) {
    const text = line.map((dark) => dark ? "1" : "0").join("");
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    for (const mark of ["10111010000", "00001011101"]) {
      for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) penalty += 40;
    }
  }
  for (let r = 0; r + 1 < size; r += 1) {
    for (let c = 0; c + 1 < size; c += 1) {
      const dark = modules[r][c];
      if (
        dark === modules[r][c + 1] && dark === modules[r + 1][c] && dark === modules[r + 1][c + 1]
      ) {
        penalty += 3;
      }
    }
  }
  const share = modules.flat().filter(Boolean).length / (size * size);
  return penalty + Math.floor(Math.abs(share * 100 - 50) / 5) * 10;
}
