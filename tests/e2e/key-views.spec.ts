import { execFileSync } from 'node:child_process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn, shown, waitUntilPainted } from './support.ts';

/** A view is saved, everything is changed, and it is opened as it was; it leaves as DICOM and as a picture. */
test.describe.configure({ mode: 'serial' });

let page: Page;
let caseId: string;

async function openAlone(browser: Browser): Promise<{ page: Page; caseId: string }> {
  const person = await personIn(browser, 'chair@igr.demo');
  const { cases } = await (await person.context.request.get('/api/cases')).json();
  const found = cases.find((one: { patient: { givenName: string } }) => one.patient.givenName === 'Hodgkine');
  await show(person.page, found.id);
  return { page: person.page, caseId: found.id };
}
async function show(on: Page, id: string): Promise<void> {
  await on.goto(`/cases/${id}/view`);
  await waitUntilPainted(on);
  await expect(on.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
}

const section = () => page.getByRole('region', { name: 'Key views' });
const layout = () => page.getByRole('combobox', { name: 'Layout' });
/** What all viewports show, by their attributes. */
const everything = async (on: Page) =>
  Promise.all((await on.locator('[data-viewport]').all()).map((view) => shown(view)));
const settled = (on: Page, expected: unknown) =>
  expect.poll(() => everything(on), { message: 'what the viewports show' }).toEqual(expected);

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  ({ page, caseId } = await openAlone(browser));
});
test.afterAll(() => page.context().close());

let saved: unknown;

test('what is shown is saved with a title, by the key k', async () => {
  const view = page.locator('[data-viewport]').first();
  await view.hover();
  for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, 100);
  await page.keyboard.press('2');
  await page.keyboard.press('+');
  await page.getByRole('checkbox', { name: 'Liver', exact: true }).uncheck();
  await expect(view).toHaveAttribute('data-voi', '-600.0,1500.0');
  await expect(view).toHaveAttribute('data-zoom', '1.200');
  saved = await everything(page);
  await page.keyboard.press('k');
  const dialog = page.getByRole('dialog', { name: 'Save as a key view' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Nœud 7R');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Largest one');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(section().getByRole('button', { name: 'Open Nœud 7R' })).toBeVisible();
});

test('after everything was changed it is opened exactly as it was', async () => {
  const view = page.locator('[data-viewport]').first();
  await layout().selectOption({ label: 'One view' });
  await view.hover();
  await page.mouse.wheel(0, -100);
  await page.keyboard.press('4');
  await page.keyboard.press('-');
  await page.getByRole('checkbox', { name: 'Liver', exact: true }).check();
  await expect.poll(() => everything(page)).not.toEqual(saved);
  await section().getByRole('button', { name: 'Open Nœud 7R' }).click();
  await settled(page, saved);
});

test('it is renamed, deleted, and brought back', async () => {
  await section().getByRole('button', { name: 'Rename Nœud 7R' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename Nœud 7R' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Node 7R');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await section().getByRole('button', { name: 'Delete Node 7R' }).click();
  await expect(section().getByRole('button', { name: 'Open Node 7R' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(section().getByRole('button', { name: 'Open Node 7R' })).toBeVisible();
});

async function download(name: string): Promise<string> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const file = await (await coming).path();
  return file;
}

test('it leaves as DICOM, which DCMTK reads, and as a picture that says whose it is', async () => {
  await section().getByRole('button', { name: 'Export Node 7R' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export Node 7R' });
  await expect(dialog).toBeVisible();
  const dump = (file: string) => execFileSync('dcmdump', ['-q', '+U8', file], { encoding: 'utf8' });
  // PET lies over the CT of the first viewport: DICOM has no state for a fusion. The second shows the CT itself.
  await expect(dialog.getByRole('button', { name: 'View 1', exact: true })).toBeDisabled();
  await expect(dialog).toContainText('DICOM has no such state, export a picture');
  const state = dump(await download('View 2'));
  expect(state).toContain('GrayscaleSoftcopyPresentationStateStorage');
  expect(state).toContain('[Node 7R]');
  expect(state).toContain((saved as { 'sop-uid': string }[])[1]?.['sop-uid'] ?? '?');
  expect(dump(await download('Key object selection'))).toContain('[Of Interest]');

  const picture = sharp(await download('Picture (PNG)'));
  const { width = 0, height = 0 } = await picture.metadata();
  expect(width).toBeGreaterThan(900);
  const greys = await picture
    .clone()
    .extract({ left: 0, top: 0, width, height: 30 })
    .greyscale()
    .raw()
    .toBuffer();
  expect(greys.filter((grey) => grey > 200).length, 'letters of the banner').toBeGreaterThan(300);
  const body = await picture
    .clone()
    .extract({ left: 0, top: 80, width, height: height - 80 })
    .greyscale()
    .stats();
  expect(body.channels[0]?.stdev ?? 0, 'the pictures below it').toBeGreaterThan(20);

  const capture = dump(await download('Picture as DICOM (Secondary Capture)'));
  expect(capture).toContain('SecondaryCaptureImageStorage');
  expect(capture).toContain(`US ${width} `);
  await page.keyboard.press('Escape');
});

test('the images open as they were left', async () => {
  const left = page.waitForResponse(
    (answer) => answer.url().endsWith('/kept-view') && answer.request().method() === 'PUT',
  );
  await layout().selectOption({ label: 'Two views' });
  await page.locator('[data-viewport]').first().hover();
  await page.mouse.wheel(0, 100);
  await left;
  const before = await everything(page);
  await show(page, caseId);
  await settled(page, before);
});

test('the sheet lists every key, by what it is for', async () => {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys and mouse' });
  for (const group of ['Moving', 'The picture', 'The screen', 'Measuring', 'And also'])
    await expect(sheet.getByRole('region', { name: group })).toBeVisible();
  for (const words of [
    'Play the images in a loop, and stop',
    'Save as a key view',
    'Full screen',
    'Next layout',
  ])
    await expect(sheet.getByText(words)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a double click makes one view large, and another one brings all back', async () => {
  const [first, second] = [page.locator('[data-viewport=v1]'), page.locator('[data-viewport=v2]')];
  const width = async () => (await first.boundingBox())?.width ?? 0;
  const before = await width();
  await first.dblclick();
  await expect.poll(width).toBeGreaterThan(before * 1.8);
  await expect(second.locator('xpath=..')).toHaveAttribute('inert', '');
  await first.dblclick();
  await expect.poll(width).toBe(before);
});

test('the space bar runs through the images, and a turn of the wheel ends it', async () => {
  const view = page.locator('[data-viewport=v1]');
  await view.hover();
  await view.focus();
  const place = () => view.getAttribute('data-focal-mm');
  const from = await place();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
  await expect.poll(place).not.toBe(from);
  await page.mouse.wheel(0, 300);
  await expect(page.getByRole('button', { name: 'Play the images' })).toBeVisible();
});

test('a second window goes where the first one is, in a layout of its own', async () => {
  const opening = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Second window' }).click();
  const other = await opening;
  await waitUntilPainted(other);
  await expect(other.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 90_000 });
  await other.getByRole('combobox', { name: 'Layout' }).selectOption({ label: 'One view' });
  await page.locator('[data-viewport=v1]').hover();
  await page.mouse.wheel(0, 100);
  const height = async (on: Page) =>
    Number((await on.locator('[data-viewport=v1]').getAttribute('data-focal-mm'))?.split(',')[2]);
  await expect.poll(async () => Math.abs((await height(other)) - (await height(page)))).toBeLessThan(0.2);
  await page.getByRole('checkbox', { name: 'Liver', exact: true }).uncheck();
  await expect(other.getByRole('checkbox', { name: 'Liver', exact: true })).not.toBeChecked();
  await other.close();
});

for (const language of ['en', 'fr'] as const)
  test(`axe finds nothing, in ${language}`, async ({ browser }) => {
    const person = await personIn(browser, 'oncologist@igr.demo', { language });
    await show(person.page, caseId);
    await expectAxeFindsNothing(person.page);
    const name = language === 'en' ? 'Export Node 7R' : 'Exporter Node 7R';
    await person.page.getByRole('button', { name }).click();
    await expect(person.page.getByRole('dialog', { name })).toBeVisible();
    await expectAxeFindsNothing(person.page);
    await person.page.screenshot({ path: `test-results/key-views-${language}.png` });
    await person.context.close();
  });
