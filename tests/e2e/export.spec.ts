import fs from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn } from './support.ts';

test('a study leaves de-identified by a few clicks, and the choices say what they do', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { page, context } = await personIn(browser, 'chair@igr.demo');
  const { studies } = await (await context.request.get('/api/studies')).json();
  const study = studies.find((one: { modalities: string[] }) => one.modalities.includes('PT'));
  await page.goto(`/studies/${study.id}`);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the study as a zip file' });
  await expect(dialog.getByRole('radio', { name: 'De-identified' })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'Shifted' })).toBeChecked();
  await expect(dialog.getByText('Without the weight, SUV cannot be calculated for this PET.')).toBeVisible();
  await expectAxeFindsNothing(page);

  await dialog.getByRole('checkbox', { name: 'Age, sex, weight and height' }).check();
  await dialog.getByRole('button', { name: 'Check the contents' }).click();
  await expect(dialog.getByText(/\d+ objects, .* with a DICOMDIR/)).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('dicom-deidentified.zip');
  const bytes = await fs.readFile(await file.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect(bytes.includes('SYNTHETIQUE')).toBe(false);
  await context.close();
});
