/** The words and rulers that stand over the viewports, as the browser has laid them out, drawn on a canvas. */

type Box = { left: number; top: number };

/**
 * Draws every text below an element where it is seen, with its ground, and its borders (the ruler is one). What is
 * hidden from sight, and what is drawn already (canvases), is left out.
 * @param origin the canvas's corner on the page, CSS pixels; the context is scaled to CSS pixels
 */
export function drawWords(context: CanvasRenderingContext2D, root: Element, origin: Box): void {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (element instanceof HTMLCanvasElement || element instanceof HTMLProgressElement) continue;
    if (style.visibility === 'hidden' || box.width < 2 || box.height < 2) continue;
    const at = { left: box.left - origin.left, top: box.top - origin.top };
    const size = { width: box.width, height: box.height };
    if (element.querySelector('canvas') === null) drawGround(context, style, at, size);
    drawBorders(context, style, at, size);
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) drawText(context, node, style, box.width, origin);
  }
}

type Size = { width: number; height: number };

function drawGround(
  context: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  at: Box,
  size: Size,
): void {
  context.fillStyle = style.backgroundColor;
  context.fillRect(at.left, at.top, size.width, size.height);
}

function drawBorders(
  context: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  at: Box,
  size: Size,
): void {
  const [left, right, bottom] = [style.borderLeftWidth, style.borderRightWidth, style.borderBottomWidth].map(
    Number.parseFloat,
  ) as [number, number, number];
  context.fillStyle = style.borderBottomColor;
  context.fillRect(at.left, at.top, left, size.height);
  context.fillRect(at.left + size.width - right, at.top, right, size.height);
  context.fillRect(at.left, at.top + size.height - bottom, size.width, bottom);
}

/** Line by line, as the browser broke it. */
function drawText(
  context: CanvasRenderingContext2D,
  node: Node,
  style: CSSStyleDeclaration,
  room: number,
  origin: Box,
): void {
  const text = node.textContent ?? '';
  if (text.trim() === '') return;
  context.fillStyle = style.color;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textBaseline = 'middle';
  for (const { words, box } of linesOf(node, text))
    context.fillText(words, box.left - origin.left, (box.top + box.bottom) / 2 - origin.top, room);
}

function linesOf(node: Node, text: string): { words: string; box: DOMRect }[] {
  const lines: { words: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (let at = 0; at < text.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (box.width === 0) continue;
    if (last && box.top < last.box.bottom) last.words += text[at];
    else lines.push({ words: text[at] ?? '', box });
  }
  return lines;
}
