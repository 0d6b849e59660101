import { defineConfig } from '@playwright/test';
import config from '../../playwright.config.ts';

/** `npm run meeting`: eight browsers at once take minutes of two cores, so they are run by hand. They start a server of their own. */
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: ['*.spec.ts'],
  outputDir: '../../test-results/meeting',
  globalSetup: undefined,
});
