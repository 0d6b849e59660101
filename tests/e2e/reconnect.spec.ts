import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startServer } from '../setup/server-process.ts';
import { demonstrationSession, expectAllSame, join, openCase, room, scroll } from './room.ts';
import { waitUntilPainted } from './support.ts';

test('after the server was killed and started again, everybody is back on the present view', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-reconnect-'));
  const first = await startServer({ dataDir });
  const base = first.origin;
  const sessionId = await demonstrationSession(browser, base);
  const chair = await join(browser, 'chair@igr.demo', sessionId, { base });
  const follower = await join(browser, 'radiologist@clb.demo', sessionId, { base });
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  await waitUntilPainted(follower.page);
  await scroll(chair.page, 5);
  await expectAllSame(chair.page, [follower.page]);

  // A server that hangs: no connection is lost yet, and nobody is to believe that they see what is shared.
  process.kill(-first.pid, 'SIGSTOP');
  await expect(room(follower.page)).toHaveAttribute('data-standing', 'loading');
  await expect(follower.page.getByText(/No response from the server/)).toBeVisible();
  await expect(room(follower.page)).toHaveAttribute('data-connection', 'live');
  process.kill(-first.pid, 'SIGCONT');
  await expectAllSame(chair.page, [follower.page]);

  await first.kill();
  for (const { page } of [chair, follower]) {
    await expect(room(page)).toHaveAttribute('data-connection', /reconnecting|offline/);
  }
  // Looking goes on with what is loaded; it is shared as soon as there is somebody to share it with.
  await scroll(chair.page, 3);
  const second = await startServer({ dataDir, port: first.port });
  try {
    for (const { page } of [chair, follower]) {
      await expect(room(page)).toHaveAttribute('data-connection', 'live', { timeout: 60_000 });
    }
    await expectAllSame(chair.page, [follower.page]);
    await scroll(chair.page, 2);
    await expectAllSame(chair.page, [follower.page]);
  } finally {
    await chair.page.context().close();
    await follower.page.context().close();
    await second.stop();
    await fs.rm(dataDir, { recursive: true, force: true });
  }
});
