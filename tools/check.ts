/**
 * Every check in order, quickest first, and one closing line. A step without counts of its own (lint, types) counts
 * as one test. Goes on after a failure, so that one run shows everything that is wrong.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

type Counts = { passed: number; failed: number; skipped: number };

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const results = 'test-results';
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });

function step(
  name: string,
  command: string,
  args: string[],
  counts?: () => Counts,
  env: Record<string, string> = {},
): void {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const counted = readCounts(counts, status);
  total.passed += counted.passed;
  total.failed += counted.failed;
  total.skipped += counted.skipped;
  console.log(
    `── ${name}: ${counted.failed === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}

/** A runner that failed without a failed test (it crashed, or found none) still counts as one failure. */
function readCounts(counts: (() => Counts) | undefined, status: number | null): Counts {
  const own: Counts = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  if (!counts) return own;
  try {
    const read = counts();
    return status === 0 || read.failed > 0 ? read : { ...read, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const json = (file: string) => JSON.parse(fs.readFileSync(`${results}/${file}`, 'utf8'));

function vitest(project: string): void {
  const file = `${project}.json`;
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}/${file}`,
  ];
  step(`${project} tests`, 'node_modules/.bin/vitest', args, () => {
    const report = json(file) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
    };
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

step('database client', 'npm', ['run', '-s', 'db:generate']);
step('types', 'npm', ['run', '-s', 'types']);
step('lint', 'npm', ['run', '-s', 'lint']);
step('messages', 'npm', ['run', '-s', 'messages']);
vitest('unit');
vitest('integration');
// Half of the minute always the same cases, half of it new ones; their seed is printed.
step('fuzz', 'npm', ['run', '-s', 'fuzz', '--', '--seconds', '60', '--seed', '1', '--seed', 'random']);
step('build', 'bash', ['-c', '. tools/setup.sh; build_if_changed']);
// Needs the build: the whole server is killed, with every door at work.
step('kill test', 'npm', ['run', '-s', 'crash', '--', '--rounds', '60']);
step(
  'browser tests',
  'node_modules/.bin/playwright',
  ['test', '--reporter=list,json'],
  () => {
    const { stats } = json('browser.json') as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  },
  { PLAYWRIGHT_JSON_OUTPUT_NAME: `${results}/browser.json`, NODE_ENV: 'test' },
);

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
