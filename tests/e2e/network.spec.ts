import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startStorescp } from '../network/dcmtk.ts';
import { freePort } from '../setup/server-process.ts';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn } from './support.ts';

/** A storescp stands for the archive; both people see only pages. */
test('an administrator adds a node and tests it; a clinician sends a study there and sees it done', async ({
  browser,
}) => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-archive-'));
  const port = await freePort();

  const admin = await personIn(browser, 'admin@igr.demo');
  await admin.page.goto('/network');
  await expect(admin.page.getByRole('heading', { level: 1, name: 'Network' })).toBeVisible();
  await admin.page.getByRole('button', { name: 'Add a node' }).first().click();
  await admin.page.getByLabel('Name', { exact: false }).first().fill('Archive of the test');
  await admin.page.getByLabel('AE title').fill('TOO_LONG_FOR_AN_AE');
  await admin.page.getByLabel('Address').fill('127.0.0.1');
  await admin.page.getByLabel('Port').fill(String(port));
  await admin.page.getByRole('button', { name: 'Save' }).first().click();
  await expect(admin.page.getByText('Enter an AE title: 1 to 16 characters')).toBeVisible();
  await expect(admin.page.getByLabel('AE title')).toBeFocused();
  await expectAxeFindsNothing(admin.page);
  await admin.page.getByLabel('AE title').fill('ARCHIVE');
  await admin.page.getByRole('button', { name: 'Save' }).first().click();
  await expect(admin.page.getByText('Archive of the test was saved.')).toBeVisible();

  const test = admin.page.getByRole('button', { name: 'Test Archive of the test' });
  await test.click();
  await expect(admin.page.getByText('Nothing is listening at its address and port.').first()).toBeVisible();
  const archive = await startStorescp(folder, { port });
  await test.click();
  await expect(admin.page.getByText('Archive of the test answers.')).toBeVisible();
  await expect(admin.page.getByText(/^answered /)).toBeVisible();
  await expectAxeFindsNothing(admin.page);
  await admin.context.close();

  const chair = await personIn(browser, 'chair@igr.demo', { language: 'fr' });
  await chair.page.goto('/studies');
  await chair.page.getByRole('link', { name: /SYNTH/i }).first().click();
  await chair.page.getByRole('button', { name: 'Envoyer vers…' }).click();
  await chair.page.getByLabel('Nœud').selectOption({ label: 'Archive of the test' });
  await chair.page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  const dialog = chair.page.getByRole('dialog');
  await expect(dialog.locator('[data-state=done]')).toBeVisible({ timeout: 120_000 });
  await expectAxeFindsNothing(chair.page);
  const sent = (await fs.readdir(folder)).length;
  expect(sent).toBeGreaterThan(10);
  await expect(dialog.getByText(`${sent} sur ${sent} objets`)).toBeVisible();
  await chair.page.getByRole('button', { name: 'Fermer' }).click();

  await chair.page.getByRole('navigation').getByRole('link', { name: 'Réseau' }).click();
  await expect(chair.page.getByRole('list', { name: 'Transferts' }).getByText('terminé')).toBeVisible();
  await chair.page.getByLabel('Nom du patient').fill('Dupont');
  await chair.page.getByRole('button', { name: 'Chercher' }).click();
  // storescp takes objects and answers no queries.
  await expect(chair.page.getByRole('alert').filter({ hasText: 'refuse de communiquer' })).toBeVisible();
  await expectAxeFindsNothing(chair.page);
  await chair.context.close();
  await archive.kill();
  await fs.rm(folder, { recursive: true, force: true });
});
