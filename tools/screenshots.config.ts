import { defineConfig } from '@playwright/test';
import tests from '../playwright.config.ts';

/** `npm run screenshots`: the browser and the running demonstration of the browser tests, with another aim. */
export default defineConfig(tests, {
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../test-results/screenshots',
  globalSetup: '../tests/setup/shared-server.ts',
});
