import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { writePhantom } from './phantom-files.ts';
import { expectAllSame, join, openCase, scroll } from './room.ts';
import { personIn, waitUntilPainted } from './support.ts';

async function choose(page: Page, field: string, words: string, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(words);
  await page.getByRole('option', { name: option }).first().click();
}

/** The whole day of a secretary, by the pages: a board, a date, a case, its images; then three centres meet over it. */
test('a secretary schedules, uploads and attaches; three centres join', async ({ browser }) => {
  test.setTimeout(300_000);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-upload-'));
  const files = await writePhantom(folder);
  const { context, page } = await personIn(browser, 'secretary@igr.demo');

  await page.goto('/boards');
  await page.getByRole('link', { name: 'New board' }).click();
  await page.getByLabel('Title').fill('RCP thorax 🫁');
  await choose(page, 'Add a member', 'Présidente', /Claire/);
  await choose(page, 'Add a member', 'Benali', /Nadia/);
  await choose(page, 'Add a member', 'Faure', /Régine/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'RCP thorax 🫁' })).toBeVisible();

  await page.getByRole('button', { name: 'Schedule a session' }).click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.locator('input[name=date]').fill('2020-01-01');
  await page.locator('input[name=time]').fill('18:30');
  await page.getByLabel('Place').fill('Salle 4');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This date is in the past.').first()).toBeVisible();
  await expect(page.getByLabel('Place'), 'what was typed is still there').toHaveValue('Salle 4');
  await page.locator('input[name=date]').fill(tomorrow);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  const sessionId = page.url().split('/').at(-1) ?? '';

  await page.getByRole('link', { name: 'New case for this session' }).click();
  await page.getByLabel('Family name').fill('SYNTHETIQUE');
  await page.getByLabel('Reason for presentation').fill('Nodule pulmonaire');
  await page.getByLabel('Question for the board').fill('Chirurgie ou surveillance ?');
  await page.getByRole('button', { name: 'Create and add to the agenda' }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${sessionId}$`));

  await page
    .getByRole('link', { name: /SYNTHETIQUE/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Attach images' }).click();
  await page.getByRole('radio', { name: 'From this computer' }).check();
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(files);
  await expect(page.getByText('All files sent')).toBeVisible({ timeout: 120_000 });
  await expect(
    page.getByText(`${files.length} imported, 0 already stored, 0 in quarantine, 0 refused`, { exact: true }),
  ).toBeVisible();
  const confirm = page.getByRole('button', { name: 'Same patient: attach' });
  await page.getByRole('button', { name: 'Done' }).click();
  if (await confirm.isVisible()) await confirm.click();
  await expect(page.getByRole('link', { name: 'Open images' })).toBeVisible();
  await context.close();

  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const nuclear = await join(browser, 'nuclear@clb.demo', sessionId);
  const referrer = await join(browser, 'referrer@city.demo', sessionId);
  await openCase(chair.page, 'SYNTHETIQUE');
  const others = [nuclear.page, referrer.page];
  for (const other of others) await waitUntilPainted(other);
  await scroll(chair.page, 3);
  await expectAllSame(chair.page, others);
  for (const one of [chair, nuclear, referrer]) await one.page.context().close();
  await fs.rm(folder, { recursive: true, force: true });
});
