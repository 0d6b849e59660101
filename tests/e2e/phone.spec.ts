import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAxeFindsNothing } from './axe.ts';
import { demonstrationSession, type InRoom, join, openCase, room } from './room.ts';
import { type Language, personIn } from './support.ts';

/** The room in one narrow column, for whoever has no workstation: beside one that presents. */
test.describe.configure({ mode: 'serial' });

const NARROW = { width: 390, height: 844 };
let sessionId: string;
let chair: InRoom;
let phone: Page;
let phoneId: string;
const scripts: Promise<string>[] = [];

async function onPhone(browser: Browser, language: Language): Promise<Page> {
  const { page } = await personIn(browser, 'nuclear@clb.demo', { viewport: NARROW, language });
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') scripts.push(answer.text());
  });
  await page.goto(`/sessions/${sessionId}/phone`);
  await expect(room(page)).toHaveAttribute('data-connection', 'live');
  return page;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  sessionId = await demonstrationSession(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  phone = await onPhone(browser, 'en');
  phoneId = (await room(phone).getAttribute('data-me')) ?? '';
});
test.afterAll(async () => {
  for (const page of [chair.page, phone]) await page.context().close();
});

test('the presenter is told that this person sees no images, before and while something is shared', async () => {
  const mark = chair.page.locator(`[data-person="${phoneId}"] [data-standing]`);
  await expect(mark).toHaveText('cannot see the images here');
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  await expect(phone.getByRole('heading', { name: 'SYNTHETIQUE Hodgkine' })).toBeVisible();
  await expect(phone.locator('[aria-current=step]')).toContainText('SYNTHETIQUE Hodgkine');
  await expect(mark).toHaveText('cannot see the images here');
  await expect(mark).toHaveAttribute('data-standing', 'cannot');
  await expect(chair.page.locator('[data-seeing]')).toHaveAttribute('data-seeing', '0/1');
  await expect(room(phone)).toHaveAttribute('data-standing', 'cannot');
});

test('the decision is read while it is typed', async () => {
  await chair.page.getByRole('textbox', { name: 'Proposal' }).fill('PET after two cycles.');
  await expect(phone.locator('[data-field=proposal]')).toContainText('PET after two cycles.');
});

test('a poll is answered', async () => {
  await chair.page.getByRole('button', { name: 'Ask the room' }).click();
  await chair.page.getByRole('textbox', { name: 'Question to the room' }).fill('Two more cycles?');
  await chair.page.getByRole('button', { name: 'Ask now' }).click();
  const poll = phone.getByRole('article', { name: 'Two more cycles?' });
  await poll.getByRole('button', { name: 'Yes' }).click();
  await expect(poll.getByRole('button', { name: 'Yes' })).toHaveAttribute('aria-pressed', 'true');
  const theirs = chair.page.getByRole('article', { name: 'Two more cycles?' });
  await expect(theirs).toContainText('1 answer');
  await theirs.getByRole('button', { name: 'Close the poll' }).click();
  await expect(poll.locator('[data-votes]').first()).toHaveAttribute('data-votes', '1');
});

test('it is told that the session is recorded; a chair without a workstation switches it, and hands control on', async ({
  browser,
}) => {
  await expect(phone.locator('[data-recording="true"]')).toContainText('Recorded');
  await expect(phone.getByRole('button', { name: 'Stop recording' })).toHaveCount(0);
  const { page } = await personIn(browser, 'chair@igr.demo', { viewport: NARROW });
  await page.goto(`/sessions/${sessionId}/phone`);
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await expect(phone.locator('[data-recording="false"]')).toContainText('Not recorded');
  await page.getByRole('button', { name: 'Start recording' }).click();
  await expect(phone.locator('[data-recording="true"]')).toBeVisible();
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  await expect(page.getByRole('textbox', { name: 'Comment (optional)' })).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: 'test-results/phone-chair-mark.png' });
  await page.keyboard.press('Escape');

  const told = page.getByRole('region', { name: 'You are presenting without images' });
  await expect(told).toContainText('no one else here can');
  const surgeon = await join(browser, 'surgeon@igr.demo', sessionId);
  const give = told.getByRole('button', { name: 'Give control to Dr Sophie Chirac-Laval' });
  await expect(give).toBeVisible();
  await expectAxeFindsNothing(page);
  await page.screenshot({ path: 'test-results/phone-chair.png' });
  await give.click();
  await expect(room(chair.page)).toHaveAttribute('data-presenter', surgeon.personId);
  await expect(told).toHaveCount(0);
  await chair.page.getByRole('button', { name: 'Take control back' }).click();
  await expect(told).toBeVisible();
  for (const one of [page, surgeon.page]) await one.context().close();
});

test('a hand is raised, and seen on both', async () => {
  await phone.getByRole('button', { name: 'Raise hand' }).click();
  await expect(chair.page.locator(`[data-person="${phoneId}"] [data-hand]`)).toHaveAttribute(
    'data-hand',
    '1',
  );
  await expect(phone.locator('[data-hands]')).toBeVisible();
});

test('a key view is seen as the acquired image, with words for what is not drawn', async () => {
  await chair.page.locator('[data-viewport]').first().focus();
  await chair.page.keyboard.press('k');
  const dialog = chair.page.getByRole('dialog', { name: 'Save as a key view' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Node on the phone');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await phone.getByRole('button', { name: 'Look for new key views' }).click();
  await phone.getByText('Node on the phone').click();
  const image = phone.locator('img[data-picture]').first();
  await image.scrollIntoViewIfNeeded();
  await expect
    .poll(() => image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth))
    .toBeGreaterThan(100);
  await expect(phone.locator('figcaption').first()).toContainText('Not drawn on it:');
  await expect(phone.locator('figcaption').first()).toContainText('contours');
});

test('nothing of the viewer is loaded, and every control has the size of a thumb', async () => {
  const all = (await Promise.all(scripts)).join('\n');
  expect(all.length).toBeGreaterThan(10_000);
  expect(all).not.toMatch(/cornerstone|RenderingEngine|vtkWebGL/i);
  const small = await phone.evaluate(() =>
    [...document.querySelectorAll('button, a, summary, input, select, textarea')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ words: element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.height < 44 || box.width < 44))
      .map(({ words, box }) => `${words} ${box.width} × ${box.height}`),
  );
  expect(small).toEqual([]);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(NARROW.width);
});

test('it is offered on the session’s page, and in the room where that is narrow; the full room is one step away', async ({
  browser,
}) => {
  const { page } = await personIn(browser, 'oncologist@igr.demo', { viewport: NARROW });
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole('link', { name: 'Phone view' }).click();
  await expect(room(page)).toHaveAttribute('data-connection', 'live');
  await page.getByRole('link', { name: 'Full room' }).click();
  await page.getByRole('link', { name: 'Phone view' }).click();
  await expect(page.locator('[data-phone]')).toBeVisible();
  await page.context().close();
});

for (const language of ['en', 'fr'] as const)
  test(`axe finds nothing, in ${language}`, async ({ browser }) => {
    const page = await onPhone(browser, language);
    await expect(page.locator('[data-decision]')).toBeVisible();
    await page
      .locator('details', { has: page.locator('[data-person]') })
      .locator('summary')
      .click();
    await page.getByText('Node on the phone').click();
    await expect(page.locator('img[data-picture]').first()).toBeVisible();
    await expectAxeFindsNothing(page);
    await page.screenshot({ path: `test-results/phone-${language}.png` });
    await page.locator('[data-phone]').evaluate((element) => element.scrollTo(0, 700));
    await page.screenshot({ path: `test-results/phone-${language}-lower.png` });
    await page.context().close();
  });
