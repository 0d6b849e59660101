/**
 * Colours of pointers and names. All are light: at least 7:1 (WCAG AAA) against the room's near-black and under black
 * letters, and far enough from the greys of an image. A name always stands beside the colour.
 */
export const roomColours = [
  '#ffd43b',
  '#4dd4f7',
  '#ff9ecb',
  '#8ce99a',
  '#c9a7ff',
  '#ffa94d',
  '#4fe3c1',
  '#ff9b91',
  '#a5c8ff',
  '#d9e650',
  '#e6b3ff',
  '#e0b589',
] as const;

/** A person's own colour by the id; the next free one when somebody in the room has it already. */
export function colourOf(personId: string, taken: ReadonlySet<string>): string {
  let hash = 2166136261;
  for (const letter of personId) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  for (let step = 0; step < roomColours.length; step += 1) {
    const colour = roomColours[(hash + step) % roomColours.length] ?? roomColours[0];
    if (!taken.has(colour)) return colour;
  }
  return roomColours[hash % roomColours.length] ?? roomColours[0];
}
