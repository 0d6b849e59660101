import { type BrowserContext, expect, test } from '@playwright/test';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn } from './support.ts';

/** Brings objects by the API as an outside tool would; returns the id of the study of that UID. */
async function bring(context: BrowserContext, studyUid: string, files: readonly Buffer[]): Promise<string> {
  const begun = await context.request.post('/api/uploads', { data: { label: studyUid } });
  const { id } = (await begun.json()) as { id: string };
  for (const [index, data] of files.entries()) {
    const answer = await context.request.put(
      `/api/uploads/${id}/files?${new URLSearchParams({ path: `${index}.dcm`, size: String(data.length) })}`,
      { data, headers: { 'content-type': 'application/octet-stream' } },
    );
    expect(answer.ok()).toBe(true);
  }
  const listed = await context.request.get(`/api/uploads/${id}/studies`);
  const { studies } = (await listed.json()) as { studies: { id: string; studyInstanceUid: string }[] };
  const found = studies.find((study) => study.studyInstanceUid === studyUid);
  if (!found) throw new Error('The study is not listed');
  return found.id;
}

test('an identity is corrected by the keyboard, shown on a new study, and taken back', async ({
  browser,
}) => {
  const { context, page } = await personIn(browser, 'secretary@igr.demo');
  const studyUid = newUid();
  const seriesUid = newUid();
  const patientName = `FALSCH^${studyUid.slice(-6)}`;
  const files = [0, 3, 6].map((z) => makeCt({ studyUid, seriesUid, z, patientName }));
  const id = await bring(context, studyUid, files);

  await page.goto(`/studies/${id}`);
  await page.getByRole('button', { name: 'Correct identity…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Correct the identity' });
  await expect(dialog.getByLabel('Family name')).toHaveValue('FALSCH');
  await expectAxeFindsNothing(page, 'the correction');
  await dialog.getByLabel('Family name').fill('ŁUKASIK');
  await dialog.getByLabel('Patient ID').fill('IGR-4711');
  await dialog.getByLabel('Reason').fill('Wrong worklist entry');
  await dialog.getByRole('button', { name: 'Correct', exact: true }).press('Enter');

  await expect(page.getByText('The study is corrected; the originals are kept.')).toBeVisible({
    timeout: 30_000,
  });
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(page.getByText(/ŁUKASIK/).first()).toBeVisible();
  expect((await context.request.get(`/api/studies/${id}`)).status()).toBe(404);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The correction has been undone')).toBeVisible();
  expect((await context.request.get(`/api/studies/${id}`)).ok()).toBe(true);
  await page.goto('/studies/hidden');
  await expect(page.getByText('undone').first()).toBeVisible();
  await context.close();
});

test('a study is deleted with a reason and restored, from the toast and from the list', async ({
  browser,
}) => {
  const { context, page } = await personIn(browser, 'admin@igr.demo');
  const studyUid = newUid();
  const id = await bring(context, studyUid, [makeCt({ studyUid, patientName: 'DELETE^Me' })]);
  const remove = async () => {
    await page.goto(`/studies/${id}`);
    await page.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete…' });
    await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
    await dialog.getByLabel('Reason').fill('Imported twice');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText(/The study is deleted/)).toBeVisible();
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('The study has been restored.')).toBeVisible();
  await remove();
  await page.goto('/studies/hidden');
  const row = page.getByRole('listitem').filter({ hasText: 'DELETE Me' }).first();
  await expect(row).toContainText('30 days left');
  await expectAxeFindsNothing(page, 'deleted and corrected');
  await row.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('The study has been restored.')).toBeVisible();
  expect((await context.request.get(`/api/studies/${id}`)).ok()).toBe(true);
  await context.close();
});

test('the administrator sees what differs and takes the new object, then takes that back', async ({
  browser,
}) => {
  const { context, page } = await personIn(browser, 'admin@igr.demo');
  const uids = { studyUid: newUid(), seriesUid: newUid(), sopUid: newUid(), frameOfReferenceUid: newUid() };
  await bring(context, uids.studyUid, [
    makeCt({ ...uids, value: 1, patientName: 'FIRST^One' }),
    makeCt({ ...uids, value: 2, patientName: 'SECOND^One' }),
  ]);
  await page.goto('/quarantine');
  const item = page.getByRole('listitem').filter({ hasText: uids.sopUid });
  await item.getByRole('button', { name: 'What differs?' }).click();
  await expect(item.getByText('Other pixels')).toBeVisible();
  await expect(item.getByRole('rowheader', { name: /Patient Name/ })).toBeVisible();
  await expectAxeFindsNothing(page, 'the quarantine');
  await item.getByRole('button', { name: 'Take the new one' }).click();
  await expect(item.getByText('replaced by the new one')).toBeVisible();
  await item.getByRole('button', { name: 'Undo the decision' }).click();
  await expect(item.getByRole('button', { name: 'Take the new one' })).toBeVisible();
  await context.close();
});
