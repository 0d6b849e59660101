import type { Locator, Page } from '@playwright/test';
import { viewport } from './support.ts';

/** Picks a dose of a comparison's list by its label and by what its name holds. */
export async function chooseDose(section: Locator, label: string, dose: RegExp): Promise<void> {
  const field = section.getByLabel(label, { exact: true });
  const option = field.locator('option', { hasText: dose }).first();
  await field.selectOption((await option.getAttribute('value')) ?? '');
}

/** How many pixels of the overlay have a colour, as thick as it may be. */
export const inked = (page: Page, colour: readonly number[]): Promise<number> =>
  viewport(page).evaluate((element, wanted) => {
    const canvas = element.querySelector<HTMLCanvasElement>('canvas[data-layer=overlay]');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const near = wanted.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) < 12);
      if (near && (data[at + 3] ?? 0) > 60) count += 1;
    }
    return count;
  }, colour as number[]);
