// Which pattern of squares leads a phone to an address?  A QR code (ISO/IEC 18004) of bytes, with the least correction (level L)
// and the mask 0, as small as holds it.
//
// The browser makes it when the page is printed. On the server it would take 10 ms of every press, for a print that few ask for.

// By version, 25 of the 40: 117 squares a side, as many as paper shows and a phone reads. How many bytes check a block, and the blocks.
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12];
const LEVEL_AND_MASK = 0b111011111000100, BYTES = 0b0100, PADS = [0b11101100, 0b00010001];

// Rows of squares, true where one is dark; null for a text that is too long.
function qrCode(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = CHECKS.findIndex((_, at) => bytes.length + 2 + (at + 1 >= 10) <= room(at + 1)) + 1;
  if (!version) return null;
  const grid = emptyGrid(17 + 4 * version);
  drawFixed(grid, version);
  drawBytes(grid, interleaved(filled(bytes, version), version));
  return grid.dark;
}

// --- the bytes

// How many bytes stand in a version beside the fixed patterns, checks among them.
function wholeRoom(version) {
  const places = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = places ? (25 * places - 10) * places - 55 : 0;
  return Math.floor(((16 * version + 128) * version + 64 - patterns - (version >= 7 ? 36 : 0)) / 8);
}

function room(version) {
  return wholeRoom(version) - CHECKS[version - 1] * BLOCKS[version - 1];
}

// The text with its kind and length before it, up to the end of the room.
function filled(bytes, version) {
  const length = bits(bytes.length, version >= 10 ? 16 : 8), text = bytes.flatMap(byte => bits(byte, 8));
  const all = [...bits(BYTES, 4), ...length, ...text, 0, 0, 0, 0];
  const found = Array.from({ length: all.length / 8 }, (_, at) => number(all.slice(8 * at, 8 * at + 8)));
  const left = room(version) - found.length;
  return [...found, ...Array.from({ length: left }, (_, at) => PADS[at % 2])];
}

function bits(value, count) {
  return Array.from({ length: count }, (_, at) => (value >>> (count - 1 - at)) & 1);
}

function number(bits) {
  return bits.reduce((value, bit) => 2 * value + bit, 0);
}

// In blocks with their checks, a byte of each block in turn; the last blocks may be a byte longer.
function interleaved(bytes, version) {
  const count = BLOCKS[version - 1], checks = CHECKS[version - 1], short = Math.floor(bytes.length / count);
  const shorter = count - (bytes.length % count), divisor = divisorOf(checks);
  const blocks = Array.from({ length: count }, (_, at) => {
    const begin = at * short + Math.max(0, at - shorter);
    return bytes.slice(begin, begin + short + (at >= shorter));
  });
  const inTurn = (lists, length) => Array.from({ length }, (_, at) => lists.map(list => list[at])).flat();
  const data = inTurn(blocks, short + 1).filter(byte => byte !== undefined);
  return [...data, ...inTurn(blocks.map(block => remainder(block, divisor)), checks)];
}

// Reed and Solomon's checks: the remainder of a polynomial over the field of 256 numbers.
function remainder(block, divisor) {
  return block.reduce((rest, byte) => {
    const factor = byte ^ rest[0];
    return divisor.map((part, at) => (rest[at + 1] ?? 0) ^ times(part, factor));
  }, divisor.map(() => 0));
}

function divisorOf(degree) {
  let product = [...Array(degree - 1).fill(0), 1];
  for (let at = 0, root = 1; at < degree; at++, root = times(root, 2)) {
    product = product.map((part, place) => times(part, root) ^ (product[place + 1] ?? 0));
  }
  return product;
}

function times(a, b) {
  let product = 0;
  for (let at = 7; at >= 0; at--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> at) & 1) * a);
  return product;
}

// --- the squares

function emptyGrid(size) {
  const rows = () => Array.from({ length: size }, () => Array(size).fill(false));
  return { size, dark: rows(), isFixed: rows() };
}

function set({ size, dark, isFixed }, x, y, isDark) {
  if (x < 0 || y < 0 || x >= size || y >= size) return;
  dark[y][x] = Boolean(isDark);
  isFixed[y][x] = true;
}

function drawFixed(grid, version) {
  const end = grid.size - 1;
  for (let at = 0; at <= end; at++) [[at, 6], [6, at]].forEach(([x, y]) => set(grid, x, y, at % 2 === 0));
  for (const [x, y] of alignments(grid.size, version)) drawRings(grid, x, y, 2, [0, 2]);
  for (const [x, y] of [[3, 3], [end - 3, 3], [3, end - 3]]) drawRings(grid, x, y, 4, [0, 1, 3]);
  drawLevelAndMask(grid);
  if (version >= 7) drawVersion(grid, version);
}

// Square rings around a place, dark at these distances from it.
function drawRings(grid, x, y, reach, dark) {
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      set(grid, x + across, y + down, dark.includes(Math.max(Math.abs(across), Math.abs(down))));
    }
  }
}

function alignments(size, version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2, step = 2 * Math.ceil((size - 13) / (2 * count - 2));
  const places = [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - step * (count - 2 - at))];
  const isCorner = (x, y) => [[6, 6], [6, size - 7], [size - 7, 6]].some(([a, b]) => a === x && b === y);
  return places.flatMap(x => places.map(y => [x, y])).filter(([x, y]) => !isCorner(x, y));
}

function drawLevelAndMask(grid) {
  const end = grid.size - 1, beside = [0, 1, 2, 3, 4, 5, 7, 8], bit = at => (LEVEL_AND_MASK >>> at) & 1;
  for (let at = 0; at < 8; at++) {
    set(grid, 8, beside[at], bit(at));
    set(grid, end - at, 8, bit(at));
  }
  for (let at = 8; at < 15; at++) {
    set(grid, at === 8 ? 7 : 14 - at, 8, bit(at));
    set(grid, 8, end - 14 + at, bit(at));
  }
  set(grid, 8, end - 7, true);
}

function drawVersion(grid, version) {
  let rest = version;
  for (let at = 0; at < 12; at++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const code = (version << 12) | rest;
  for (let at = 0; at < 18; at++) {
    const long = grid.size - 11 + (at % 3), short = Math.floor(at / 3), isDark = (code >>> at) & 1;
    set(grid, long, short, isDark);
    set(grid, short, long, isDark);
  }
}

// Up and down in columns of two, from the right; every second square is turned over, which is the mask.
function drawBytes({ size, dark, isFixed }, bytes) {
  const free = [];
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2) {
    const isUp = ((right + 1) & 2) === 0;
    for (let at = 0; at < size; at++) {
      for (const x of [right, right - 1]) {
        const y = isUp ? size - 1 - at : at;
        if (!isFixed[y][x]) free.push([x, y]);
      }
    }
  }
  const all = bytes.flatMap(byte => bits(byte, 8));
  free.forEach(([x, y], at) => { dark[y][x] = Boolean(all[at]) !== ((x + y) % 2 === 0); });
}
