import { expect, test } from '@playwright/test';
import { personIn, waitUntilPainted } from './support.ts';

declare global {
  interface Window {
    /** The image before a notch of the wheel, and when the page's first task of that frame after it runs. */
    notch: Promise<(string | undefined)[]>;
  }
}

test('a notch of the wheel is painted within the frame that it comes in', async ({ browser }) => {
  const { context, page } = await personIn(browser, 'chair@igr.demo', { language: 'en' });
  const { studies } = await (await page.context().request.get('/api/studies')).json();
  const { id } = studies.find(({ patientName }: { patientName: string }) => patientName.includes('Thorace'));
  await page.goto(`/studies/${id}/view`);
  const view = await waitUntilPainted(page);
  // With every image at hand.
  await expect(page.locator('[data-viewer] progress')).toHaveCount(0, { timeout: 90_000 });
  await view.hover();
  for (const notch of [100, 100, -100]) {
    await page.evaluate(() => {
      const image = () => document.querySelector<HTMLElement>('[data-viewport]')?.dataset.sopUid;
      window.notch = new Promise((resolve) => {
        const wheel = () => {
          const before = image();
          // Asked for before the viewer hears of the wheel, so it runs before whatever the viewer asks for.
          requestAnimationFrame(() => resolve([before, image()]));
        };
        window.addEventListener('wheel', wheel, { capture: true, once: true, passive: true });
      });
    });
    await page.mouse.wheel(0, notch);
    const [before, after] = await page.evaluate(() => window.notch);
    expect(before).toMatch(/^[\d.]+$/);
    expect(after).toMatch(/^[\d.]+$/);
    expect(after).not.toBe(before);
  }
  await context.close();
});
