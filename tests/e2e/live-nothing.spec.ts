import { expect, test } from '@playwright/test';
import { demonstrationSession, join, room } from './room.ts';
import { personIn, waitUntilPainted } from './support.ts';

test('W11: while a presenter shares nothing nobody is said to see it', async ({ browser }) => {
  test.setTimeout(120_000);
  const sessionId = await demonstrationSession(browser);
  const nuclear = await join(browser, 'nuclear@clb.demo', sessionId);
  // A telephone has no images to share.
  const { page: phone } = await personIn(browser, 'chair@igr.demo', {
    viewport: { width: 390, height: 844 },
  });
  await phone.goto(`/sessions/${sessionId}/phone`);
  await expect(room(phone)).toHaveAttribute('data-connection', 'live');
  await phone.getByRole('button', { name: 'Open case: SYNTHETIQUE Thorace' }).click();
  await waitUntilPainted(nuclear.page);
  await expect(nuclear.page.getByText('Dr Claire Présidente is not showing anything yet')).toBeVisible();
  await expect(nuclear.page.getByText('Following Dr Claire Présidente')).toHaveCount(0);

  // Control to somebody who has images: they share what they see, and are told who sees it.
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  await expect(nuclear.page.getByText('Following Dr Claire Présidente')).toBeVisible();
  await expect(chair.page.locator(`[data-person="${nuclear.personId}"] [data-standing]`)).toHaveText(
    'sees this',
  );
  for (const page of [nuclear.page, phone, chair.page]) await page.context().close();
});
