import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    // The runner's own default leaves one core idle, which on two is half of them.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'tools/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        // These share one real PostgreSQL, each file in a database of its own (tests/setup/database.ts).
        test: {
          name: 'integration',
          include: ['tests/{dicom,dicomweb,dimse,live,api,network,real}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/setup/postgres.global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
