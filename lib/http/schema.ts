import { z } from 'zod';

/** Half of a surrogate pair: no character, and no JSON that PostgreSQL takes. */
const loneSurrogate = /\p{Surrogate}/u;

/** Whether PostgreSQL keeps a text: it has no U+0000, and none of its JSON has half a character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !loneSurrogate.test(text);

/** Words to look for, in an address as much as in a request. */
export const searchWords = (max: number) => z.string().max(max).refine(isStorable, 'unstorable_character');

/** In JSON as text: whether there may be something in it that `isStorable` refuses. Seldom, and quickly told. */
export const mayBeUnstorable = (json: string): boolean => /\\u(?:0000|d[89a-f])/i.test(json);

/**
 * Where in parsed JSON a text or a name stands that cannot be kept, as a dotted path; null when there is none. Looked for
 * at the doors, whatever is done with the text behind them.
 */
export function unstorablePath(value: unknown): string | null {
  // Not by recursion: whoever sends it decides how deep it is.
  const open: { path: string; value: unknown }[] = [{ path: '', value }];
  for (let one = open.pop(); one; one = open.pop()) {
    if (typeof one.value === 'string' && !isStorable(one.value)) return one.path;
    if (typeof one.value !== 'object' || one.value === null) continue;
    for (const [key, inner] of Object.entries(one.value)) {
      if (!isStorable(key)) return one.path;
      open.push({ path: one.path === '' ? key : `${one.path}.${key}`, value: inner });
    }
  }
  return null;
}
