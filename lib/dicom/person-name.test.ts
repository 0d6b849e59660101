import { expect, test } from 'vitest';
import { nameParts, renamed } from './person-name.ts';

test.each([
  ['DURAND^Zoe^^Dr', 'DURAND', 'Zoé', 'DURAND^Zoé^^Dr'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada', 'Tarou', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Suzuki', 'Tarou', 'Suzuki^Tarou'],
  ['', 'DURAND', '', 'DURAND'],
])(
  '%s with %s %s is %s: other components stay, other scripts go with the name they wrote',
  (before, family, given, after) => {
    expect(renamed(before, { family, given })).toBe(after);
    expect(nameParts(after)).toEqual({ family, given });
  },
);
