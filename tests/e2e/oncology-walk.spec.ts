import { expect, type Page, test } from '@playwright/test';
import { lesions } from '../../lib/phantom/anatomy.ts';
import { personIn, waitUntilPainted } from './support.ts';

/**
 * A physician reads the synthetic PET/CT: finds the node that only PET shows, measures it, sees that it
 * lies outside the volumes that CT shows, sees its dose, and keeps the view.
 */
test.describe.configure({ mode: 'serial' });

const node = lesions.find((lesion) => !lesion.onCt);
if (!node) throw new Error('The synthetic patient has no node that only PET shows');
const { x, y, z } = node.shape;

let page: Page;
const view = (id: string) => page.locator(`[data-viewport=${id}]`);
const cursor = () => page.locator('[data-cursor]');
const numbers = async (id: string, name: string): Promise<number[]> =>
  ((await view(id).getAttribute(`data-${name}`)) ?? '').split(',').map(Number);

/** Where on the page a patient point lies on a view: so many mm to the right of and below its middle. */
async function onView(
  id: string,
  away: (focal: number[]) => readonly [number, number],
): Promise<[number, number]> {
  const box = await view(id).boundingBox();
  if (!box) throw new Error(`${id} is not on the page`);
  const perMm = await view(id).evaluate((element) => {
    const bar = element.parentElement?.querySelector<HTMLElement>('[data-scale-mm]');
    return Number(bar?.dataset.scalePx) / Number(bar?.dataset.scaleMm);
  });
  const [right, down] = away(await numbers(id, 'focal-mm'));
  return [box.x + box.width / 2 + right * perMm, box.y + box.height / 2 + down * perMm];
}
const onAxial = (id: string, px: number, py: number) => onView(id, ([fx = 0, fy = 0]) => [px - fx, py - fy]);

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const person = await personIn(browser, 'nuclear@clb.demo');
  const { cases } = await (await person.context.request.get('/api/cases')).json();
  const hodgkin = cases.find((one: object) => JSON.stringify(one).includes('Hodgkine'));
  page = person.page;
  await page.goto(`/cases/${hodgkin.id}/view`);
  await waitUntilPainted(page);
  await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
  await expect(page.locator('[data-viewport] ~ progress')).toHaveCount(0, { timeout: 90_000 });
});
test.afterAll(() => page.context().close());

test('a hot spot of the neck on the projection leads all views to it', async () => {
  await expect(view('v4')).toHaveAttribute('data-normal', '0.0000,1.0000,0.0000');
  await page.keyboard.press('c');
  // Seen from the front: x runs to the right, z upwards.
  await page.mouse.click(...(await onView('v4', ([fx = 0, , fz = 0]) => [x - fx, fz - z])));
  await expect
    .poll(async () => Math.abs(((await numbers('v1', 'focal-mm'))[2] ?? 0) - z), {
      message: 'mm from the node',
    })
    .toBeLessThanOrEqual(5);
});

test('HU and SUV are read there both at once: nothing on CT, hot on PET, outside of what CT shows, and with its dose', async () => {
  await page.mouse.move(...(await onAxial('v1', x, y)));
  await expect(cursor().locator('[data-value=SUV]')).toBeVisible();
  const value = async (name: string) =>
    Number(
      /-?[\d.]+$/.exec(((await cursor().locator(`[data-value="${name}"]`).textContent()) ?? '').trim())?.[0],
    );
  await expect.poll(() => value('SUV')).toBeGreaterThan(7);
  expect(Math.abs((await value('HU')) - 45)).toBeLessThan(60);
  // Contoured by PET alone: none of the volumes that CT shows holds it.
  for (const { name, onCt } of lesions) if (onCt) await expect(cursor()).not.toContainText(name);
  await expect(cursor()).toContainText('Gy');
});

test('it is measured: the lesion within 41 % of its maximum', async () => {
  await page.keyboard.press('t');
  const [cx, cy] = await onAxial('v1', x, y);
  const [ex] = await onAxial('v1', x + 14, y);
  await page.mouse.move(cx, cy);
  await page.mouse.down();
  await page.mouse.move(ex, cy, { steps: 4 });
  await page.mouse.up();
  const section = page.getByRole('region', { name: 'Measurements' });
  await expect(section).toContainText('SUVmax');
  const max = /SUVmax\D*([\d.]+)/.exec(((await section.textContent()) ?? '').replace(/\s+/g, ' '))?.[1];
  // Painted with SUV 12, seen through the scanner's blur.
  expect(Number(max)).toBeGreaterThan(7);
  expect(Number(max)).toBeLessThan(13);
});

test('the isodoses over it are seen, and the view is kept', async () => {
  await expect(view('v1')).not.toHaveAttribute('data-isodoses', '');
  await page.keyboard.press('k');
  const dialog = page.getByRole('dialog', { name: 'Save as a key view' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Right cervical node');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByRole('region', { name: 'Key views' }).getByRole('button', { name: 'Open Right cervical node' }),
  ).toBeVisible();
});
