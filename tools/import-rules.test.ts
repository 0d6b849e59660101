import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A planted tree under the real rules: what each file imports is wrong, or right where nothing is expected.
const planted: Record<string, { imports: string; breaks: string[] }> = {
  'lib/dicom/tags.ts': { imports: '../errors.ts', breaks: ['dicom-is-pure'] },
  'lib/dicom/disk.ts': { imports: 'node:fs', breaks: ['dicom-is-pure-no-io'] },
  'lib/dicom/plain.ts': { imports: './tags.ts', breaks: [] },
  'lib/rt/dvh.ts': { imports: '../dicom/tags.ts', breaks: [] },
  'lib/rt/volume.ts': { imports: '../store/schema.ts', breaks: ['rt-is-pure'] },
  'lib/rt/rt-cli.ts': { imports: 'node:fs', breaks: [] },
  'lib/live/protocol.ts': { imports: '../store/schema.ts', breaks: ['live-protocol-is-pure'] },
  'lib/cases/rules.ts': { imports: '../db/client.server.ts', breaks: ['rules-are-pure'] },
  'lib/cases/read-case.server.ts': { imports: '../db/client.server.ts', breaks: [] },
  'lib/cases/edit-case.server.ts': {
    imports: '../live/room.server.ts',
    breaks: ['domains-do-not-know-doors'],
  },
  'lib/cases/schema.ts': { imports: '../errors.ts', breaks: ['schemas-are-shared'] },
  'lib/boards/agenda.server.ts': { imports: '../cases/words.ts', breaks: ['domains-meet-at-use-cases'] },
  'lib/boards/read-board.server.ts': { imports: '../cases/read-case.server.ts', breaks: [] },
  'lib/polls/ask-poll.server.ts': { imports: '../cases/words.ts', breaks: ['domains-meet-at-use-cases'] },
  'lib/dicomweb/stow.server.ts': { imports: '../db/client.server.ts', breaks: ['doors-know-the-store-only'] },
  'lib/store/ingest.server.ts': { imports: '../dicomweb/stow.server.ts', breaks: ['store-knows-no-door'] },
  'lib/people/a.ts': { imports: './b.ts', breaks: ['no-circles'] },
  // A circle is told once, at its first file.
  'lib/people/b.ts': { imports: './a.ts', breaks: [] },
  'lib/people/c.ts': { imports: '../../server.ts', breaks: ['composition-root'] },
  'lib/people/d.ts': { imports: './nowhere.ts', breaks: ['resolvable'] },
  'tests/live/unlisted.ts': { imports: 'unlisted', breaks: ['listed-packages'] },
  'components/cases/list.tsx': {
    imports: '../../lib/cases/read-case.server.ts',
    breaks: ['no-server-code-in-the-browser', 'no-server-code-reaches-the-browser'],
  },
  'components/cases/detour.tsx': {
    imports: '../../lib/cases/rules.ts',
    breaks: ['no-server-code-reaches-the-browser'],
  },
  'components/ui/button.tsx': { imports: '../live/badge.tsx', breaks: ['design-system-has-no-domain'] },
  'components/live/view.tsx': { imports: '@cornerstonejs/core', breaks: ['one-viewer'] },
  'components/viewer/view.tsx': { imports: '@cornerstonejs/core', breaks: [] },
  'app/page.tsx': { imports: '../lib/db/client.server.ts', breaks: ['pages-have-no-database'] },
  'app/other.tsx': { imports: '../lib/cases/rules.ts', breaks: ['pages-have-no-rules'] },
};
const others = [
  'components/live/badge.tsx',
  'lib/errors.ts',
  'lib/store/schema.ts',
  'lib/db/client.server.ts',
  'lib/live/room.server.ts',
  'lib/cases/words.ts',
  'server.ts',
  'node_modules/@cornerstonejs/core/index.js',
  'node_modules/unlisted/index.js',
];

let tree: string;
let broken: Map<string, Set<string>>;

beforeAll(async () => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-rules-'));
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.join(tree, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(tree, file), text);
  };
  for (const [file, { imports }] of Object.entries(planted)) write(file, `import '${imports}';\n`);
  for (const file of others) write(file, 'export const nothing = 0;\n');
  write('tsconfig.json', '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}');
  write('package.json', '{"name":"planted","type":"module","dependencies":{"@cornerstonejs/core":"1.0.0"}}');
  write(
    'node_modules/@cornerstonejs/core/package.json',
    '{"name":"@cornerstonejs/core","main":"index.js","version":"1.0.0"}',
  );
  broken = await cruise();
}, 60_000);
afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

/** The real command on the planted tree; rule names by the file that breaks them. */
function cruise(): Promise<Map<string, Set<string>>> {
  const command = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.resolve('.dependency-cruiser.cjs');
  const args = [
    command,
    '--config',
    config,
    '--output-type',
    'json',
    'app',
    'components',
    'lib',
    'tests',
    'server.ts',
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 50_000_000 }, (_exit, stdout, stderr) => {
      if (stdout === '') return reject(new Error(stderr));
      const found = new Map<string, Set<string>>();
      type Violation = { from: string; rule: { name: string } };
      for (const { from, rule } of JSON.parse(stdout).summary.violations as Violation[])
        found.set(from, (found.get(from) ?? new Set()).add(rule.name));
      resolve(found);
    });
  });
}

test.each(Object.entries(planted))('%s', (file, { breaks }) => {
  expect([...(broken.get(file) ?? [])].sort()).toEqual(breaks);
});
