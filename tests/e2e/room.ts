import { type Browser, expect, type Page } from '@playwright/test';
import {
  type Account,
  expectSameView,
  personIn,
  todaysSession,
  viewport,
  waitUntilPainted,
} from './support.ts';

export type InRoom = { page: Page; personId: string };

/** The room's root element. */
export const room = (page: Page) => page.locator('[data-room]');

/** Signs in and joins a session's room; waits for the live connection. */
export async function join(
  browser: Browser,
  email: Account,
  sessionId: string,
  options: Parameters<typeof personIn>[2] = {},
): Promise<InRoom> {
  const { page } = await personIn(browser, email, { viewport: { width: 1280, height: 760 }, ...options });
  await page.goto(`/sessions/${sessionId}/room`);
  await expect(room(page)).toHaveAttribute('data-connection', 'live');
  return { page, personId: (await room(page).getAttribute('data-me')) ?? '' };
}

/** The demonstration's session of today, asked for by somebody who chairs it. */
export async function demonstrationSession(browser: Browser, base?: string): Promise<string> {
  const { context } = await personIn(browser, 'chair@igr.demo', { base });
  const { id } = await todaysSession(context, base);
  await context.close();
  return id;
}

/** The presenter opens a case of the agenda by its patient, unless it is open already. */
export async function openCase(page: Page, patient: string): Promise<void> {
  const button = page.getByRole('button', { name: `Open case: ${patient}` });
  const current = page.locator('[aria-current="step"]', { hasText: patient });
  await expect(button.or(current)).toBeVisible();
  if (await button.isVisible()) await button.click();
  await expect(current).toBeVisible();
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
}

/** Everybody shows what the presenter shows. */
export async function expectAllSame(presenter: Page, followers: readonly Page[]): Promise<void> {
  for (const follower of followers) await expectSameView(presenter, follower);
  // And they know it themselves, by what they have painted.
  for (const follower of followers) await expect(room(follower)).toHaveAttribute('data-standing', 'with');
}

/** Turns the wheel over the first viewport, one notch at a time, and waits for the image that this leads to. */
export async function scroll(page: Page, notches: number): Promise<void> {
  const words = page.getByText(/^Image \d+ (of|sur) \d+$/).first();
  const before = Number(/\d+/.exec((await words.textContent()) ?? '')?.[0]);
  await viewport(page).hover();
  for (let i = 0; i < Math.abs(notches); i += 1) await page.mouse.wheel(0, Math.sign(notches) * 100);
  await expect(words).toHaveText(new RegExp(`^Image ${before + notches} `));
}

/** The chair presents the Hodgkin case; the nuclear physician, in French, and the surgeon see it. */
export async function threeOnACase(
  browser: Browser,
): Promise<{ chair: InRoom; nuclear: InRoom; surgeon: InRoom }> {
  const sessionId = await demonstrationSession(browser);
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const nuclear = await join(browser, 'nuclear@clb.demo', sessionId, { language: 'fr' });
  const surgeon = await join(browser, 'surgeon@igr.demo', sessionId);
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  for (const { page } of [nuclear, surgeon]) await waitUntilPainted(page);
  return { chair, nuclear, surgeon };
}
