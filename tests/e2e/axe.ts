import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

type Violation = { id: string; nodes: { html: string }[] };

/**
 * What axe finds on the page as it stands. The pages hold no frames, so that axe runs in one go inside of the page,
 * and stays there: at another width it is only asked again.
 */
async function violationsOn(page: Page): Promise<Violation[]> {
  const again = await page.evaluate(async () => {
    const { axe } = window as { axe?: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    return (await axe?.run({ resultTypes: ['violations'] }))?.violations;
  });
  if (again) return again;
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true);
  return (await axe.analyze()).violations;
}

/** Axe finds nothing on the page as it stands; `what` names the page, or its state, where a test has several. */
export async function expectAxeFindsNothing(page: Page, what = page.url()): Promise<void> {
  // A notice that is half faded in has half its contrast: it is judged as it stands.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const found = (await violationsOn(page)).map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
  expect(found, `axe on ${what}`).toEqual([]);
}
