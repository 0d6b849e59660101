/** Two capital letters: also those that no edition has yet. */
export const VR_NAMES: Record<number, string> = {};
for (let a = 65; a <= 90; a++)
  for (let b = 65; b <= 90; b++) VR_NAMES[(a << 8) | b] = String.fromCharCode(a, b);

/** Names are shared: a million elements have a few hundred tags. */
const names = new Map<number, string>();
export function tagName(tag: number): string {
  let name = names.get(tag);
  if (name === undefined) {
    name = `x${tag.toString(16).padStart(8, '0')}`;
    if (names.size < 20_000) names.set(tag, name);
  }
  return name;
}

/** `(gggg,eeee)`, for people. */
export const named = (tag: number): string => {
  const name = tag.toString(16).padStart(8, '0').toUpperCase();
  return `(${name.slice(0, 4)},${name.slice(4)})`;
};
