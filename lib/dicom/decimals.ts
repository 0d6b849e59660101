const [BACKSLASH, SPACE, MINUS, POINT, ZERO, NINE] = [0x5c, 0x20, 0x2d, 0x2e, 0x30, 0x39];
/** Up to here powers of ten, and whole numbers of fifteen digits, are exact: so is the nearest to their quotient. */
const POWERS = Array.from({ length: 23 }, (_, digits) => 10 ** digits);
const DIGITS = 15;

/**
 * The values of a DS or IS element (PS3.5 6.2), null for each that is empty or no number; none where all are empty.
 * Contours are millions of these, so plain ones are read from their digits, to the same number as `Number` gives: one
 * division of two exact numbers is rounded once (Clinger 1990). Any other is left to `Number`.
 */
export function decimals(bytes: Uint8Array): (number | null)[] {
  const values: (number | null)[] = [];
  const nul = bytes.indexOf(0);
  const length = nul < 0 ? bytes.length : nul;
  let some = false;
  for (let at = 0; at <= length; ) {
    let next = at;
    let whole = 0;
    let digits = 0;
    let decimalsFrom = -1;
    let code = bytes[next] ?? 0;
    const negative = code === MINUS;
    if (negative) next += 1;
    for (; next < length; next += 1) {
      code = bytes[next] ?? 0;
      if (code >= ZERO && code <= NINE) {
        whole = whole * 10 + code - ZERO;
        digits += 1;
      } else if (code === POINT && decimalsFrom < 0) decimalsFrom = digits;
      else break;
    }
    let end = next;
    while (end < length && bytes[end] === SPACE) end += 1;
    if (digits > 0 && digits <= DIGITS && (end === length || bytes[end] === BACKSLASH)) {
      const value = decimalsFrom < 0 ? whole : whole / (POWERS[digits - decimalsFrom] ?? 1);
      values.push(negative ? -value : value);
      some = true;
    } else {
      while (end < length && bytes[end] !== BACKSLASH) end += 1;
      const text = LATIN.decode(bytes.subarray(at, end));
      const value = Number(text);
      const blank = value === 0 && text.trim() === '';
      if (!blank) some = true;
      values.push(blank || Number.isNaN(value) ? null : value);
    }
    at = end + 1;
  }
  return some ? values : [];
}

const LATIN = new TextDecoder('latin1');
