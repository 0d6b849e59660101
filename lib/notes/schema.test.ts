import { expect, test } from 'vitest';
import { bothTexts, noteMost } from './schema.ts';

test('what two tabs wrote stays, once', () => {
  expect(bothTexts('node', 'node, biopsy')).toBe('node, biopsy');
  expect(bothTexts('node, biopsy', 'node')).toBe('node, biopsy');
  expect(bothTexts('node', 'liver')).toBe('node\nliver');
  expect(bothTexts('a'.repeat(noteMost), 'b')).toHaveLength(noteMost);
});
