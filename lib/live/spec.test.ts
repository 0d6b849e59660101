import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const here = import.meta.dirname;
const folders = ['.', 'record', '../../tests/live', '../../components/viewer/engine'].map((one) =>
  path.join(here, one),
);

/** Rule numbers at the start of test names, e.g. `D2, D3: …`. */
const quoted = /['"`]([A-Z]\d+(?:, [A-Z]\d+)*): /g;

async function quotedRules(): Promise<Set<string>> {
  const rules = new Set<string>();
  for (const folder of folders) {
    for (const name of (await fs.readdir(folder)).filter((one) => one.endsWith('.test.ts'))) {
      const source = await fs.readFile(path.join(folder, name), 'utf8');
      for (const [, list = ''] of source.matchAll(quoted))
        for (const rule of list.split(', ')) rules.add(rule);
    }
  }
  return rules;
}

describe('SPEC.md', () => {
  let rules: string[];
  let tested: Set<string>;
  beforeAll(async () => {
    const source = await fs.readFile(path.join(here, 'SPEC.md'), 'utf8');
    rules = [...source.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, rule]) => rule ?? '');
    tested = await quotedRules();
  });

  test('has each number once', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(new Set(rules).size).toBe(rules.length);
  });

  test('has a test for every rule', () => {
    expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
  });

  test('has a rule for every number that a test quotes', () => {
    expect([...tested].filter((rule) => !rules.includes(rule))).toEqual([]);
  });
});
