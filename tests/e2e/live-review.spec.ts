import { expect, test } from '@playwright/test';
import { demonstrationSession, expectAllSame, type InRoom, join, openCase, room, scroll } from './room.ts';
import { pixelDifference, viewport, waitUntilPainted } from './support.ts';

/** Three people of three centres look at one patient: attributes and pixels say that they see the same. */
test.describe.configure({ mode: 'serial' });

let sessionId: string;
let chair: InRoom;
let nuclear: InRoom;
let physicist: InRoom;
const followers = () => [nuclear.page, physicist.page];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  sessionId = await demonstrationSession(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  nuclear = await join(browser, 'nuclear@clb.demo', sessionId);
  physicist = await join(browser, 'physicist@clb.demo', sessionId, { language: 'fr' });
  await openCase(chair.page, 'SYNTHETIQUE Hodgkine');
  for (const page of followers()) await waitUntilPainted(page);
  for (const page of followers())
    await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true');
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear, physicist]) await page.context().close();
});

async function expectSamePixels(): Promise<void> {
  for (const page of followers()) {
    await expect
      .poll(() => pixelDifference(chair.page, page), { message: 'mean difference of the pixels' })
      .toBeLessThan(0.5);
  }
}

test('the case opens for everybody on the same slice, with the same contours', async () => {
  await expectAllSame(chair.page, followers());
  await expect(viewport(nuclear.page)).toHaveAttribute('data-rois', /^1,2,3/);
  await expectSamePixels();
});

test('the dose lies over the images for everybody, its plan is told beside them; nothing is left out in silence', async () => {
  for (const { page } of [chair, nuclear, physicist])
    await expect(viewport(page)).toHaveAttribute('data-isodoses', /^6,9,15,21,24,27,28.5,30,31.5,32.1$/);
  await expect(chair.page.getByRole('region', { name: 'Dose', exact: true })).toContainText('Whole plan');
  await expect(chair.page.getByRole('region', { name: 'Plan ISRT_30Gy' })).toContainText('15 fractions');
  await expect(chair.page.getByRole('region', { name: 'Attached, not shown here' })).toHaveCount(0);
});

test('the histograms of the dose are seen by everybody as the presenter has them', async () => {
  await viewport(chair.page).hover();
  await chair.page.keyboard.press('d');
  const panel = nuclear.page.getByRole('region', { name: 'Dose-volume histogram' });
  await expect(panel).toBeVisible();
  await chair.page.getByRole('combobox', { name: 'Volume in' }).selectOption('cc');
  await expect(panel.getByRole('combobox', { name: 'Volume in' })).toHaveValue('cc');
  await expectAllSame(chair.page, followers());
  await chair.page.getByRole('combobox', { name: 'Volume in' }).selectOption('percent');
  await viewport(chair.page).hover();
  await chair.page.keyboard.press('d');
  await expect(panel).toHaveCount(0);
  await expectAllSame(chair.page, followers());
});

test('scrolling arrives, by patient position', async () => {
  await scroll(chair.page, 6);
  await expectAllSame(chair.page, followers());
  await expectSamePixels();
});

test('window and level arrive', async () => {
  await chair.page.keyboard.press('2');
  await expect(viewport(chair.page)).toHaveAttribute('data-voi', '-600.0,1500.0');
  await expectAllSame(chair.page, followers());
  await expectSamePixels();
  await chair.page.keyboard.press('1');
  await expectAllSame(chair.page, followers());
});

test('a hidden structure disappears for everybody', async () => {
  const before = await viewport(nuclear.page).getAttribute('data-rois');
  await chair.page.getByRole('checkbox', { name: 'Liver', exact: true }).uncheck();
  await expect(viewport(chair.page)).not.toHaveAttribute('data-rois', before ?? '');
  await expectAllSame(chair.page, followers());
  await expectSamePixels();
  await chair.page.getByRole('checkbox', { name: 'Liver', exact: true }).check();
  await expect(viewport(nuclear.page)).toHaveAttribute('data-rois', before ?? '');
});

test('zoom and pan arrive', async () => {
  const view = viewport(chair.page);
  await view.hover();
  await chair.page.keyboard.press('+');
  await chair.page.keyboard.press('+');
  await chair.page.mouse.down({ button: 'middle' });
  const box = await view.boundingBox();
  await chair.page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 150, { steps: 4 });
  await chair.page.mouse.up({ button: 'middle' });
  await expect(view).not.toHaveAttribute('data-zoom', '1.000');
  await expectAllSame(chair.page, followers());
  await expectSamePixels();
});

test('another layout arrives', async () => {
  await chair.page.getByRole('combobox', { name: 'Layout' }).selectOption('single');
  for (const page of followers()) await expect(page.locator('[data-viewport]')).toHaveCount(1);
  await expectAllSame(chair.page, followers());
});

test('a follower whose window changes its size while images come has moved nothing', async () => {
  const size = nuclear.page.viewportSize() ?? { width: 1280, height: 760 };
  for (const less of [40, 9, 120, 0]) {
    await nuclear.page.setViewportSize({ width: size.width - less, height: size.height - less });
    await scroll(chair.page, less % 2 === 0 ? 1 : -1);
  }
  await expectAllSame(chair.page, followers());
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
});

test('a pointer is seen by the others, with its name', async () => {
  const box = await viewport(nuclear.page).boundingBox();
  await nuclear.page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 130);
  await nuclear.page.mouse.move((box?.x ?? 0) + 124, (box?.y ?? 0) + 130);
  const pointer = chair.page.locator(`[data-pointer="${nuclear.personId}"]`);
  await expect(pointer).toContainText('Dr Nadia Benali');
  const offset = async () => {
    const [seen, there] = await Promise.all([pointer.boundingBox(), viewport(chair.page).boundingBox()]);
    return Math.abs((seen?.x ?? 0) - (there?.x ?? 0) - 124);
  };
  await expect.poll(offset, { message: 'where it points, in CSS pixels' }).toBeLessThan(3);
});

test('who looks freely comes back with one key', async () => {
  await viewport(nuclear.page).hover();
  await nuclear.page.mouse.wheel(0, 100);
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'false');
  await scroll(chair.page, -3);
  await nuclear.page.keyboard.press('f');
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
  await expectAllSame(chair.page, followers());
});

test('control is asked for, given, and taken back by the chair', async () => {
  await nuclear.page.getByRole('button', { name: 'Ask for control' }).first().click();
  await chair.page.getByRole('button', { name: 'Give control to Dr Nadia Benali' }).first().click();
  for (const { page } of [chair, nuclear, physicist]) {
    await expect(room(page)).toHaveAttribute('data-presenter', nuclear.personId);
  }
  await scroll(nuclear.page, 4);
  await expectAllSame(nuclear.page, [chair.page, physicist.page]);
  await chair.page.getByRole('button', { name: 'Take control back' }).first().click();
  await expect(room(nuclear.page)).toHaveAttribute('data-presenter', chair.personId);
  await scroll(chair.page, -2);
  await expectAllSame(chair.page, followers());
});

test('those who lead see who sees what they show, and who does not sees it marked', async () => {
  const standing = (person: InRoom) =>
    chair.page.locator(`[data-person="${person.personId}"] [data-standing]`);
  await expect(chair.page.getByText('2 of 2 see this')).toBeVisible();
  await viewport(nuclear.page).hover();
  await nuclear.page.mouse.wheel(0, 100);
  await expect(standing(nuclear)).toHaveText('looks freely');
  await expect(chair.page.getByText('1 of 2 see this')).toBeVisible();
  await expect(standing(physicist)).toHaveText('sees this');
  await nuclear.page.keyboard.press('f');
  await expect(standing(nuclear)).toHaveText('sees this');
});

test('who comes late sees the present view at once', async ({ browser }) => {
  const late = await join(browser, 'surgeon@igr.demo', sessionId);
  await waitUntilPainted(late.page);
  await expectAllSame(chair.page, [late.page]);
  await late.page.context().close();
});

test('a key view that one of them saves is in everybody’s list, and leaves it again', async () => {
  const keyViews = ({ page }: InRoom, name: string) => page.getByRole('region', { name });
  await nuclear.page.keyboard.press('k');
  const dialog = nuclear.page.getByRole('dialog', { name: 'Save as a key view' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Nœud 2R');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(keyViews(chair, 'Key views').getByRole('button', { name: 'Open Nœud 2R' })).toBeVisible();
  await expect(keyViews(physicist, 'Vues clés')).toContainText('Nœud 2R');
  // Opened by the presenter it is marked for everybody, until something of it is changed.
  await keyViews(chair, 'Key views').getByRole('button', { name: 'Open Nœud 2R' }).click();
  for (const section of [keyViews(nuclear, 'Key views'), keyViews(physicist, 'Vues clés')])
    await expect(section.locator('[aria-current]')).toContainText('Nœud 2R');
  await expectAllSame(chair.page, followers());
  await scroll(chair.page, 1);
  for (const section of [keyViews(nuclear, 'Key views'), keyViews(physicist, 'Vues clés')])
    await expect(section.locator('[aria-current]')).toHaveCount(0);
  await keyViews(nuclear, 'Key views').getByRole('button', { name: 'Delete Nœud 2R' }).click();
  for (const section of [keyViews(chair, 'Key views'), keyViews(physicist, 'Vues clés')])
    await expect(section).not.toContainText('Nœud 2R');
});

test('another case opens for everybody', async () => {
  const before = await viewport(nuclear.page).getAttribute('data-series-uid');
  await chair.page.getByRole('button', { name: 'Open case: SYNTHETIQUE Thorace' }).click();
  for (const { page } of [chair, nuclear, physicist]) {
    await expect(viewport(page)).not.toHaveAttribute('data-series-uid', before ?? '');
    await waitUntilPainted(page);
  }
  await expectAllSame(chair.page, followers());
  await expectSamePixels();
  await chair.page.getByRole('button', { name: 'Open case: SYNTHETIQUE Hodgkine' }).click();
  await expect(viewport(nuclear.page)).toHaveAttribute('data-series-uid', before ?? '');
});
