import { expect, type Page, test } from '@playwright/test';
import { demonstrationSession, type InRoom, join, room } from './room.ts';
import { personIn } from './support.ts';

/** The waiting room: whoever was not invited stands before the door, is declined, asks again, and is let in. */
test.describe.configure({ mode: 'serial' });

const NAME = 'Philippe Grand';
let sessionId: string;
let chair: InRoom;
let physicist: Page;

const door = () => physicist.locator('[data-door]');
const list = () => chair.page.getByRole('region', { name: '1 person waiting' });

test.beforeAll(async ({ browser }) => {
  sessionId = await demonstrationSession(browser);
  const secretary = await personIn(browser, 'secretary@igr.demo');
  const { participants } = (await (
    await secretary.context.request.get(`/api/sessions/${sessionId}`)
  ).json()) as { participants: { personId: string; displayName: string }[] };
  const invited = participants.find(({ displayName }) => displayName === NAME);
  if (invited)
    await secretary.context.request.delete(`/api/sessions/${sessionId}/participants/${invited.personId}`);
  await secretary.context.close();
  chair = await join(browser, 'chair@igr.demo', sessionId);
  ({ page: physicist } = await personIn(browser, 'physicist@clb.demo', { language: 'fr' }));
});
test.afterAll(async () => {
  for (const page of [chair.page, physicist]) await page.context().close();
});

test('whoever is not invited waits at the door and sees no patient', async () => {
  await physicist.goto(`/sessions/${sessionId}`);
  await expect(door()).toHaveAttribute('data-door', 'waiting');
  await expect(physicist).toHaveURL(new RegExp(`/sessions/${sessionId}/room$`));
  await expect(physicist.getByRole('status')).toContainText('Dr Claire Présidente');
  expect(await physicist.content()).not.toContain('SYNTHETIQUE');
});

test('the chair is told, in words too, and finds who it is', async () => {
  await expect(list()).toContainText(NAME);
  await expect(list()).toContainText('Medical physics · CLB');
  await expect(chair.page.locator('[data-waiting-news]')).toHaveText(`${NAME} is waiting to be let in.`);
  await chair.page.getByRole('button', { name: 'People and decision' }).click();
  await expect(list()).toBeHidden();
  await chair.page.getByRole('button', { name: '1 person waiting' }).click();
  await expect(list()).toBeVisible();
});

test('a page that is closed leaves the list', async () => {
  await physicist.goto('/');
  await expect(list()).toHaveCount(0);
  await physicist.goto(`/sessions/${sessionId}/room`);
  await expect(list()).toBeVisible();
});

test('let in by the keyboard alone, the page becomes the room; shown out, one may wait again', async () => {
  await list()
    .getByRole('button', { name: `Let in: ${NAME}`, exact: true })
    .focus();
  await chair.page.keyboard.press('Enter');
  await expect(room(physicist)).toHaveAttribute('data-connection', 'live');
  const personId = await room(physicist).getAttribute('data-me');
  await expect(chair.page.locator(`[data-person="${personId}"]`)).toContainText(NAME);
  await chair.page.context().request.delete(`/api/sessions/${sessionId}/participants/${personId}`);
  await expect(physicist.getByRole('alert').first()).toBeVisible();
  await physicist.reload();
  await expect(door()).toHaveAttribute('data-door', 'waiting');
});

test('declined is said in words; asking again is for later', async () => {
  await list()
    .getByRole('button', { name: `Decline ${NAME}` })
    .click();
  await expect(door()).toHaveAttribute('data-door', 'declined');
  await expect(physicist.getByRole('status')).toContainText('refusée');
  await expect(physicist.getByRole('button', { name: 'Redemander' })).toHaveCount(0);
  await expect(list()).toHaveCount(0);
});
