import { defineConfig } from '@playwright/test';

/**
 * Browser tests run on the production build. One server with the demonstration is shared (tests/setup/shared-server.ts);
 * tests that kill or restart a server start their own.
 */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'real/**/*.spec.ts'],
  outputDir: 'test-results/browser',
  globalSetup: './tests/setup/shared-server.ts',
  // Software rendering on few cores: two browsers in one test are enough at a time.
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  use: {
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    screenshot: 'only-on-failure',
    trace: 'off',
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        // Pages are put together by the processor, as on a PC without a graphics card: an imitated card would take most
        // of the machine for itself. WebGL is there for whoever asks for it.
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
});
