import { AppError } from '@/lib/errors.ts';
import type { Viewport } from '@/lib/store/render.server.ts';
import type { Window } from '@/lib/store/render-values.ts';

export type RenderedParameters = {
  window?: Window;
  quality?: number;
  viewport?: Viewport;
  warnings: string[];
};

const MOST_SIDE = 8192;

/**
 * Reads the query of a rendered resource (PS3.18 8.3.5). Annotations and ICC profiles are not drawn, which the
 * warnings say. Throws `dicomweb_bad_value` for a value that cannot be used, `dicomweb_unknown_parameter` for others.
 */
export function readRendered(search: URLSearchParams): RenderedParameters {
  const parameters: RenderedParameters = { warnings: [] };
  for (const [name, value] of search) {
    switch (name) {
      case 'window':
        parameters.window = readWindow(value);
        break;
      case 'viewport':
        parameters.viewport = readViewport(value);
        break;
      case 'quality': {
        const quality = Number(value);
        if (!Number.isInteger(quality) || quality < 1 || quality > 100) throw bad(name);
        parameters.quality = quality;
        break;
      }
      case 'annotation':
      case 'iccprofile':
        parameters.warnings.push(name);
        break;
      case 'accept':
        break;
      default:
        throw new AppError('dicomweb_unknown_parameter', { params: { name: name.slice(0, 64) } });
    }
  }
  return parameters;
}

function readWindow(value: string): Window {
  const [center, width, shape = 'linear', ...more] = value.split(',');
  const window = { center: Number(center || Number.NaN), width: Number(width || Number.NaN), shape };
  const usable = Number.isFinite(window.center) && window.width >= 1 && Number.isFinite(window.width);
  if (!usable || more.length > 0 || !/^(linear|linear-exact|sigmoid)$/.test(shape)) throw bad('window');
  return window as Window;
}

function readViewport(value: string): Viewport {
  const numbers = value.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  const [
    width = 0,
    height = 0,
    left = Number.NaN,
    top = Number.NaN,
    partWidth = Number.NaN,
    partHeight = Number.NaN,
  ] = numbers;
  const side = (one: number) => Number.isInteger(one) && one >= 1 && one <= MOST_SIDE;
  if (!side(width) || !side(height) || ![2, 6].includes(numbers.length)) throw bad('viewport');
  if (numbers.length === 2) return { width, height };
  const whole = [left, top, partWidth, partHeight].map(Math.round);
  const [x = 0, y = 0, w = 0, h = 0] = whole;
  if (!whole.every(Number.isFinite) || x < 0 || y < 0 || w < 1 || h < 1) throw bad('viewport');
  return { width, height, source: { left: x, top: y, width: w, height: h } };
}

const bad = (name: string) => new AppError('dicomweb_bad_value', { params: { name } });
