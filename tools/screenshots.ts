import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { writePhantom } from '../tests/e2e/phantom-files.ts';
import { demonstrationSession, expectAllSame, type InRoom, join, openCase } from '../tests/e2e/room.ts';
import { type Account, personIn } from '../tests/e2e/support.ts';

/** The pictures of README.md and docs/guides, from the demonstration as it runs; in the order of the story they tell. */
test.describe.configure({ mode: 'serial' });

const folder = path.join(import.meta.dirname, '../docs/images');
const window = { viewport: { width: 1440, height: 900 } };
const HODGKIN = 'SYNTHETIQUE Hodgkine';
/** The plane of the node that only PET shows, counted from the head. */
const NODE_IMAGE = 38;

/** A palette is enough for grey images and flat pages, and a third of the size. */
async function keep(name: string, png: Buffer): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  await sharp(png)
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(path.join(folder, `${name}.png`));
}

/** The window as it is; a page that ends above its lower edge is cut below its last words. */
async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const { width, height } = window.viewport;
  const end = await page.locator('main').evaluate((main) => {
    const parts = [...main.querySelectorAll('*')];
    return Math.max(...parts.map((part) => part.getBoundingClientRect().bottom));
  });
  const clip = { x: 0, y: 0, width, height: Math.min(height, Math.ceil(end) + 32) };
  await keep(name, await page.screenshot({ animations: 'disabled', clip }));
}

/** One page as one person sees it. */
async function photographPage(browser: Browser, email: Account, address: string, name: string) {
  const { context, page } = await personIn(browser, email, window);
  await page.goto(address);
  await expect(page.locator('h1').first()).toBeVisible();
  await photograph(page, name);
  await context.close();
}

let sessionId: string;
let itemId: string;
let caseId: string;

test('where the day begins', async ({ browser }) => {
  sessionId = await demonstrationSession(browser);
  const { context, page } = await personIn(browser, 'secretary@igr.demo', window);
  const session = await (await context.request.get(`/api/sessions/${sessionId}`)).json();
  ({ id: itemId, caseId } = session.agenda.find(
    (one: { patientName: string }) => one.patientName === HODGKIN,
  ));
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Join' })).toBeVisible();
  await photograph(page, 'start');
  await context.close();
  await photographPage(browser, 'secretary@igr.demo', `/sessions/${sessionId}`, 'agenda');
  await photographPage(browser, 'referrer@city.demo', `/cases/${caseId}`, 'case');
});

test('images come in, and what is none is said', async ({ browser }) => {
  const dicom = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-screenshots-'));
  const files = await writePhantom(dicom);
  const cut = path.join(dicom, 'cut-short.dcm');
  await fs.writeFile(cut, (await fs.readFile(files[0] ?? '')).subarray(0, 5000));
  const letter = path.join(dicom, 'letter.pdf');
  await fs.writeFile(letter, '%PDF-1.7 not an image');
  const { context, page } = await personIn(browser, 'secretary@igr.demo', window);
  await page.goto('/studies');
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles([...files, cut, letter]);
  await expect(page.getByText('All files sent')).toBeVisible({ timeout: 120_000 });
  await photograph(page, 'upload');
  await context.close();
  await fs.rm(dicom, { recursive: true });
});

/** Zooms both views on the neck, at the plane of the node that only PET shows. */
async function goToTheNode(page: Page): Promise<void> {
  for (const view of await page.locator('[data-viewport]').all()) {
    await view.click();
    await page.keyboard.press('Home');
    for (let image = 1; image < NODE_IMAGE; image += image + 10 <= NODE_IMAGE ? 10 : 1)
      await page.keyboard.press(image + 10 <= NODE_IMAGE ? 'PageDown' : 'ArrowDown');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('+');
  }
  await expect(page.getByText(`Image ${NODE_IMAGE} of`, { exact: false }).first()).toBeVisible();
}

/** The place of the node in the view of the PET, as parts of the view's width and height. */
async function pointAtTheNode(page: Page): Promise<void> {
  const box = await page.locator('[data-viewport]').nth(1).boundingBox();
  if (!box) throw new Error('There is no second view');
  const at = { x: box.x + box.width * 0.35, y: box.y + box.height * 0.528 };
  await page.mouse.move(at.x - 8, at.y);
  await page.mouse.move(at.x, at.y);
}

test('two centres look at one patient', async ({ browser }) => {
  test.setTimeout(300_000);
  const chair = await join(browser, 'chair@igr.demo', sessionId, window);
  const others = [
    await join(browser, 'nuclear@clb.demo', sessionId, { ...window, language: 'fr' }),
    await join(browser, 'oncologist@igr.demo', sessionId, window),
  ] satisfies InRoom[];
  const nuclear = others[0] as InRoom;
  await openCase(chair.page, HODGKIN);
  await goToTheNode(chair.page);
  await chair.page
    .getByRole('textbox', { name: 'Proposal' })
    .fill(
      'Inclure le ganglion cervical droit, fixant en TEP, dans le volume cible. Reprendre les contours avant la première séance, puis 30 Gy en 15 séances.',
    );
  await expect(chair.page.getByText('Saved', { exact: true })).toBeVisible();
  await expectAllSame(
    chair.page,
    others.map(({ page }) => page),
  );
  await pointAtTheNode(nuclear.page);
  await expect(chair.page.locator(`[data-pointer="${nuclear.personId}"]`).first()).toBeVisible();
  await photograph(chair.page, 'room');
  await pointAtTheNode(chair.page);
  await expect(nuclear.page.locator(`[data-pointer="${chair.personId}"]`).first()).toBeVisible();
  await photograph(nuclear.page, 'room-fr');

  await chair.page.getByRole('button', { name: 'Validate' }).click();
  await expect(chair.page.getByRole('button', { name: 'Amend' })).toBeVisible();
  const pdf = await chair.page.request.get(`/api/decisions/items/${itemId}/pdf?locale=en`);
  await keep('record', firstPage(await pdf.body()));
  for (const { page } of [chair, ...others]) await page.context().close();
});

/** Page 1 of a PDF as PNG, 110 dots per inch. */
function firstPage(pdf: Buffer): Buffer {
  return execFileSync('pdftoppm', ['-png', '-r', '110', '-f', '1', '-l', '1', '-singlefile', '-'], {
    input: pdf,
    maxBuffer: 64 * 1024 * 1024,
  });
}

test('what was decided, and who saw what', async ({ browser }) => {
  await photographPage(browser, 'chair@igr.demo', `/decisions/${itemId}`, 'decision');
  await photographPage(browser, 'admin@igr.demo', '/audit', 'audit');
});
