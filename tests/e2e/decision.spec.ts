import { expect, test } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { demonstrationSession, join, openCase } from './room.ts';
import { personIn } from './support.ts';

/** The board's decision: typed before everybody's eyes, validated by the chair, amended, printed. */
test('a decision is seen while it is typed, validated, amended and printed', async ({ browser }) => {
  const sessionId = await demonstrationSession(browser);
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const other = await join(browser, 'nuclear@clb.demo', sessionId);
  await openCase(chair.page, 'SYNTHETIQUE Thorace');

  const proposal = chair.page.getByRole('textbox', { name: 'Proposal' });
  await proposal.fill('Biopsie sous scanner, puis nouvelle présentation.');
  await expect(other.page.getByText('Biopsie sous scanner, puis nouvelle présentation.')).toBeVisible();
  await expect(other.page.getByRole('button', { name: 'Validate' })).toHaveCount(0);

  await chair.page.getByRole('button', { name: 'Validate' }).click();
  await expect(chair.page.getByRole('button', { name: 'Amend' })).toBeVisible();
  await expect(chair.page.getByRole('textbox', { name: 'Proposal' })).toHaveCount(0);

  await chair.page.getByRole('button', { name: 'Amend' }).click();
  await chair.page.getByRole('textbox', { name: 'Proposal' }).fill('Chirurgie d’emblée, lobectomie.');
  await chair.page.getByRole('button', { name: 'Validate' }).click();
  await expect(chair.page.getByText('Enter the reason for the amendment.')).toBeVisible();
  await chair.page.getByRole('textbox', { name: 'Reason for the amendment' }).fill('Refus de la biopsie');
  await chair.page.getByRole('button', { name: 'Validate' }).click();
  await expect(chair.page.getByRole('button', { name: 'Amend' })).toBeVisible();

  const session = await (await chair.page.request.get(`/api/sessions/${sessionId}`)).json();
  const item = session.agenda.find((one: { patientName: string }) => one.patientName.includes('Thorace'));
  expect(item.decision).toMatchObject({ state: 'validated', versions: 2 });
  for (const [language, words] of [
    ['fr', ['Fiche', 'Médecine nucléaire', 'Version 2']],
    ['en', ['Board record', 'Nuclear medicine', 'Version 2']],
  ] as const) {
    const answer = await chair.page.request.get(`/api/decisions/items/${item.id}/pdf?locale=${language}`);
    expect(answer.headers()['content-type']).toContain('application/pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.body())), {
      mergePages: true,
    });
    const flat = text.replace(/\s+/g, ' ');
    for (const word of [
      'SYNTHETIQUE',
      'RCP Hodgkin et lymphomes',
      'Dr Claire Présidente',
      'Dr Nadia Benali',
      'TEP-TDM puis biopsie',
      'Chirurgie d’emblée, lobectomie.',
      'Refus de la biopsie',
      ...words,
    ]) {
      expect(flat, `${word} in the record in ${language}`).toContain(word);
    }
  }
  await chair.page.context().close();
  await other.page.context().close();
});

test('a sign-in that ends in mid-meeting is renewed in place, and nothing typed is lost', async ({
  browser,
}) => {
  const sessionId = await demonstrationSession(browser);
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const context = chair.page.context();
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  // An image that is refused in mid-loading asks for the sign-in too, and takes the focus from what is typed here.
  await expect(chair.page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', {
    timeout: 90_000,
  });
  await expect(chair.page.locator('[data-viewport] ~ progress')).toHaveCount(0, { timeout: 90_000 });
  const cookies = await context.cookies();
  await context.clearCookies({ name: /session-token/ });
  await chair.page.getByRole('textbox', { name: 'Proposal' }).fill('Irradier les aires envahies.');
  const dialog = chair.page.getByRole('dialog', { name: 'Please sign in again' });
  await dialog.getByLabel('Password').fill('consilium');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(chair.page.getByRole('textbox', { name: 'Proposal' })).toHaveValue(
    'Irradier les aires envahies.',
  );
  await expect(chair.page.getByText('Saved', { exact: true })).toBeVisible();
  expect((await context.cookies()).length).toBe(cookies.length);
  await context.close();
});

test('the case that is being discussed stays on the agenda, and the message says why', async ({
  browser,
}) => {
  const sessionId = await demonstrationSession(browser);
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const open = chair.page.getByRole('button', { name: 'Open case: SYNTHETIQUE Hodgkine' });
  if (await open.isVisible()) await open.click();
  const { context, page } = await personIn(browser, 'secretary@igr.demo');
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole('button', { name: 'Remove from the agenda: SYNTHETIQUE Hodgkine' }).click();
  await expect(page.getByText('This case is being discussed.')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Remove from the agenda: SYNTHETIQUE Hodgkine' }),
  ).toBeVisible();
  await context.close();
  await chair.page.context().close();
});
