import { expect, test } from 'vitest';
import { nameOf, withNames } from './names.ts';

const named = (personId: string, displayName: string) => ({ personId, displayName });

test('who is there without an invitation of their own has a name, also once they have left', () => {
  const invited = [named('ann', 'Dr Ann')];
  let seen = withNames(new Map(), [named('sec', 'Lucie Secretary')]);
  expect(nameOf('sec', seen, invited)).toBe('Lucie Secretary');
  seen = withNames(seen, [named('ann', 'Prof Ann')]);
  expect(nameOf('sec', seen, invited)).toBe('Lucie Secretary');
  // As they are called now, and else as they were invited.
  expect(nameOf('ann', seen, invited)).toBe('Prof Ann');
  expect(nameOf('ann', new Map(), invited)).toBe('Dr Ann');
});

test('nobody that is known is nobody, not an empty name', () => {
  expect(nameOf('eve', new Map(), [])).toBeNull();
  expect(nameOf(undefined, new Map(), [])).toBeNull();
});
