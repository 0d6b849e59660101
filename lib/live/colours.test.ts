import { describe, expect, test } from 'vitest';
import { colourOf, roomColours } from './colours.ts';

/** Relative luminance (WCAG 2.2) of an sRGB colour. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};

describe('the colours of a room', () => {
  test('A2: each has a contrast of at least 7:1 on near-black and under black letters', () => {
    for (const colour of roomColours) expect(contrast(colour, '#0b0e13'), colour).toBeGreaterThanOrEqual(7);
  });

  test('A2: are nobody else’s up to twelve persons, and then still one of the twelve', () => {
    const taken = new Set<string>();
    for (let person = 0; person < roomColours.length; person += 1) {
      const colour = colourOf(`person ${person}`, taken);
      expect(taken.has(colour)).toBe(false);
      taken.add(colour);
    }
    expect(roomColours).toContain(colourOf('one more', taken));
  });

  test('A2: are the same for the same person in another room', () => {
    expect(colourOf('person', new Set())).toBe(colourOf('person', new Set()));
  });
});
