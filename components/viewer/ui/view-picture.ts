import type { Stage } from '../engine/stage.ts';
import { drawWords } from './picture-words.ts';

/** What stands above the pictures: whose they are, what they are, and what they are not for. */
export type PictureBanner = { title: string; lines: readonly string[]; warning: string };

const PADDING = 10;
const LINE = 18;
const FONT = 'ui-sans-serif, system-ui, sans-serif';

/**
 * What all viewports show, and the document beside them, at the screen's own pixels, under a banner. Null where the browser gives no canvas.
 * Cornerstone's pictures, the layers over them and the words around them are copied as they are seen.
 */
export async function viewPicture(stage: Stage, banner: PictureBanner): Promise<Blob | null> {
  const places = stage.panes().flatMap((pane) => pane.element.parentElement ?? []);
  const page = document.querySelector<HTMLElement>('[data-document] [data-page]');
  if (page) places.push(page);
  const boxes = places.map((place) => place.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  const head = 2 * PADDING + LINE * (banner.lines.length + 1);
  const ratio = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round((height + head) * ratio);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.scale(ratio, ratio);
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height + head);
  drawBanner(context, banner, width, head);
  const origin = { left, top: top - head };
  for (const place of places) drawPlace(context, place, origin);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function drawBanner(
  context: CanvasRenderingContext2D,
  { title, lines, warning }: PictureBanner,
  width: number,
  height: number,
): void {
  context.fillStyle = '#171717';
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.fillStyle = '#fcd34d';
  context.font = `600 13px ${FONT}`;
  const aside = context.measureText(warning).width;
  context.fillText(warning, width - PADDING - aside, PADDING + LINE / 2);
  context.fillStyle = '#fff';
  context.font = `600 15px ${FONT}`;
  context.fillText(title, PADDING, PADDING + LINE / 2, width - aside - 3 * PADDING);
  context.font = `13px ${FONT}`;
  lines.forEach((line, index) => {
    context.fillText(line, PADDING, PADDING + LINE * (index + 1.5), width - 2 * PADDING);
  });
}

/** One viewport: its canvases from the picture upwards, without other people's pointers, then its words. */
function drawPlace(
  context: CanvasRenderingContext2D,
  place: HTMLElement,
  origin: { left: number; top: number },
): void {
  const box = place.getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(box.left - origin.left, box.top - origin.top, box.width, box.height);
  context.clip();
  for (const canvas of place.querySelectorAll('canvas')) {
    if (canvas.dataset.layer === 'pointers' || canvas.width === 0 || canvas.height === 0) continue;
    const at = canvas.getBoundingClientRect();
    context.drawImage(canvas, at.left - origin.left, at.top - origin.top, at.width, at.height);
  }
  drawWords(context, place, origin);
  context.restore();
  context.strokeStyle = '#404040';
  context.strokeRect(box.left - origin.left + 0.5, box.top - origin.top + 0.5, box.width - 1, box.height - 1);
}
