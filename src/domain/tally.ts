// The loops in which figures spend their time: rows chosen, counted, added up and ranked by columns of numbers. Pure; knows no figure and no table.

/** The rows for which it holds; `narrow` is faster. */
export function where(rows: Uint32Array, holds: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    if (holds(row)) found[count++] = row;
  }
  return found.slice(0, count);
}

/** The rows whose code in a column passes. */
export function narrow(rows: Uint32Array, column: Uint16Array, passes: Uint16Array): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  // Without a branch: which row passes cannot be guessed.
  for (let at = 0; at < rows.length; at++) {
    found[count] = rows[at]!;
    count += passes[column[rows[at]!]!]!;
  }
  return found.slice(0, count);
}

/** The rows with at least so much in a column; "never" is less than anything. */
export function atLeast(rows: Uint32Array, column: Float64Array, least: number): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    found[count] = row;
    if (column[row]! >= least) count++;
  }
  return found.slice(0, count);
}

/** How many of the rows have each code of a column. */
export function countCodes(rows: Uint32Array, column: Uint16Array, codes: number): Uint32Array {
  const counts = new Uint32Array(codes);
  for (let at = 0; at < rows.length; at++) counts[column[rows[at]!]!]! += 1;
  return counts;
}

/** A way to divide rows: the code of a row in `column` says in `cells` which of the `ids` it belongs to. */
export type Split = { ids: readonly string[]; column: Uint16Array; cells: Uint16Array };

/** What `tally` found per cell. `seen` has `width` words of 32 bits per cell, one bit for each person. */
export type Tally = { values: Float64Array; rows: Uint32Array; people: Uint32Array; seen: Int32Array; width: number };

/**
 * Per cell how many rows, or how much of `amounts` they add up to, and how many different people; person 0 is nobody.
 * Rows without an amount are left out. One loop without a call in it: this is where figures spend their time.
 */
export function tally(
  rows: Uint32Array,
  { ids, column, cells }: Split,
  people: { of: Uint32Array; most: number },
  amounts?: Int32Array,
): Tally {
  const width = (people.most >>> 5) + 1;
  const seen = new Int32Array(ids.length * width);
  const values = new Float64Array(ids.length);
  const counted = new Uint32Array(ids.length);
  const distinct = new Uint32Array(ids.length);
  const personOf = people.of;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const cell = cells[column[row]!]!;
    if (amounts !== undefined) {
      const amount = amounts[row]!;
      if (amount === 0) continue;
      values[cell]! += amount;
    }
    counted[cell]! += 1;
    const person = personOf[row]!;
    const place = cell * width + (person >>> 5);
    const before = seen[place]!;
    seen[place] = before | (1 << (person & 31));
    // 1 of a bit that was not there: which it is cannot be guessed, so without a branch.
    distinct[cell]! += 1 & ~(before >>> (person & 31));
  }
  for (let cell = 0; cell < ids.length; cell++) if ((seen[cell * width]! & 1) !== 0) distinct[cell]! -= 1;
  return { values: amounts ? values : Float64Array.from(counted), rows: counted, people: distinct, seen, width };
}

/** The same of larger cells, each made of whole ones: `into` says of each cell in which of `count` larger ones it is. */
export function joined({ values, rows, seen, width }: Tally, into: readonly number[], count: number): Tally {
  const larger = { values: new Float64Array(count), rows: new Uint32Array(count), people: new Uint32Array(count) };
  const all = new Int32Array(count * width);
  for (const [cell, whole] of into.entries()) {
    larger.values[whole]! += values[cell]!;
    larger.rows[whole]! += rows[cell]!;
    for (let word = 0; word < width; word++) all[whole * width + word]! |= seen[cell * width + word]!;
  }
  for (let whole = 0; whole < count; whole++) {
    for (let word = 0; word < width; word++) {
      // Nobody is the first bit of the first word.
      let bits = all[whole * width + word]! & (word === 0 ? ~1 : ~0);
      for (; bits !== 0; bits &= bits - 1) larger.people[whole]! += 1;
    }
  }
  return { ...larger, seen: all, width };
}

/** The value that would be at this place if they were sorted, from 0; moves them about. Hoare's selection: no full sort. */
export function ranked(values: Float64Array, place: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >>> 1]!;
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const value = values[left]!;
      values[left++] = values[right]!;
      values[right--] = value;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place]!;
}

/** What the amounts of the rows add up to. */
export function sum(rows: Uint32Array, amounts: Int32Array | Uint16Array | Uint8Array): number {
  let total = 0;
  for (let at = 0; at < rows.length; at++) total += amounts[rows[at]!]!;
  return total;
}
