import { expect, test } from '@playwright/test';
import { demonstrationSession, type InRoom, join, openCase } from './room.ts';
import { origin } from './support.ts';

/** What stands around the discussion: hands, the time of the case, who comes and goes, a straw poll. */
test.describe.configure({ mode: 'serial' });

let sessionId: string;
let chair: InRoom;
let nuclear: InRoom;
/** What the chair’s page has fetched of images. */
const fetched = new Set<string>();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  sessionId = await demonstrationSession(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  chair.page.on('response', (response) => fetched.add(new URL(response.url()).pathname));
  nuclear = await join(browser, 'nuclear@clb.demo', sessionId, { language: 'fr' });
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear]) await page.context().close();
});

test('a hand goes up for everybody, and the chair lowers it', async () => {
  await nuclear.page.getByRole('button', { name: 'Lever la main' }).click();
  const raised = chair.page.locator(`[data-person="${nuclear.personId}"] [data-hand]`);
  await expect(raised).toHaveAttribute('data-hand', '1');
  await expect(chair.page.locator('[data-announcement]')).toContainText('raises a hand');
  await raised.getByRole('button').click();
  await expect(nuclear.page.getByRole('button', { name: 'Lever la main' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});

test('the time of the case runs for both, over a reload', async () => {
  await expect(chair.page.getByRole('timer')).toContainText('planned');
  await nuclear.page.reload();
  await expect(nuclear.page.getByRole('timer')).toContainText(/minutes? sur/);
});

test('a poll is asked, answered and closed; its result stays hidden until then and stands beside the decision', async () => {
  const page = chair.page;
  await page.getByRole('button', { name: 'Ask the room' }).click();
  await page
    .getByRole('textbox', { name: 'Question to the room' })
    .fill('Biopsy of the right cervical node?');
  await page.getByRole('button', { name: 'Ask now' }).click();
  const theirs = nuclear.page.getByRole('article', { name: 'Biopsy of the right cervical node?' });
  await theirs.getByRole('button', { name: 'Yes' }).click();
  await expect(theirs.getByRole('button', { name: 'Yes' })).toHaveAttribute('aria-pressed', 'true');
  const ours = page.getByRole('article', { name: 'Biopsy of the right cervical node?' });
  await expect(ours).toContainText('1 answer');
  await expect(ours.locator('[data-votes]')).toHaveCount(0);
  await ours.getByRole('button', { name: 'Close the poll' }).click();
  await expect(theirs).toContainText('clos');
  await expect(theirs).toContainText('Médecine nucléaire 1');
  await expect(ours).toContainText('Nuclear medicine 1');
});

test('what the next case shows first is fetched while the first one is open', async () => {
  const { agenda } = await (await chair.page.request.get(`${origin()}/api/sessions/${sessionId}`)).json();
  const next = `/dicomweb/cases/${agenda[1].caseId}/`;
  const isFrame = (url: string) => url.startsWith(next) && url.includes('/frames/');
  await expect.poll(() => [...fetched].filter(isFrame).length).toBeGreaterThan(0);
  await openCase(chair.page, 'SYNTHETIQUE Thorace');
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
});

test('who comes is said once, in words, heard and seen also beside a closed panel', async ({ browser }) => {
  const { page } = chair;
  const heard = page.locator('[data-crossings]');
  const seen = page.locator('[data-crossings-seen]:visible');
  await page.getByRole('button', { name: 'People and decision' }).click();
  await expect(page.locator('[data-person]').first()).toBeHidden();
  const surgeon = await join(browser, 'surgeon@igr.demo', sessionId);
  await expect(seen).toHaveText('Dr Sophie Chirac-Laval has joined.');
  await page.screenshot({ path: 'test-results/crossings-wide.png' });
  // A live region that is not rendered is silent.
  await expect(heard).toHaveCount(1);
  await expect(heard).toContainText('Dr Sophie Chirac-Laval has joined.');
  expect(await heard.evaluate((element) => element.getClientRects().length)).toBe(1);
  await expect(seen).toHaveCount(0);
  await page.setViewportSize({ width: 800, height: 760 });
  await surgeon.page.context().close();
  await expect(seen).toHaveText('Dr Sophie Chirac-Laval has left.');
  await page.screenshot({ path: 'test-results/crossings-narrow.png' });
  await expect(heard).toContainText('Dr Sophie Chirac-Laval has left.');
  expect(await heard.evaluate((element) => element.getClientRects().length)).toBe(1);
  await page.setViewportSize({ width: 1280, height: 760 });
  await page.getByRole('button', { name: 'People and decision' }).click();
});

test('a note that is written without a network is kept, stored when it is back, and shared with its author', async () => {
  const { page } = nuclear;
  await page.locator('[data-notes] summary').click();
  await page.context().setOffline(true);
  await page.getByLabel('Partagées avec la séance').fill('Ganglion à biopsier');
  await page.getByLabel('Personnelles').fill('Rappeler le radiologue');
  await expect(page.locator('[data-notes]')).toHaveAttribute('data-notes', 'kept');
  await page.context().setOffline(false);
  await expect(page.locator('[data-notes]')).toHaveAttribute('data-notes', 'saved');
  await page.reload();
  await page.locator('[data-notes] summary').click();
  await expect(page.getByLabel('Personnelles')).toHaveValue('Rappeler le radiologue');
  await chair.page.locator('[data-notes] summary').click();
  await expect(chair.page.locator('[data-notes]')).toContainText('Ganglion à biopsier');
  await expect(chair.page.locator('[data-notes]')).not.toContainText('Rappeler');
});
