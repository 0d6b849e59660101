import {
  cache,
  getRenderingCapabilities,
  init as initCore,
  RenderingEngine,
  setUseCPURendering,
} from '@cornerstonejs/core';
import { init as initLoader, wadors } from '@cornerstonejs/dicom-image-loader';
import {
  addTool,
  init as initTools,
  PanTool,
  StackScrollTool,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { giveBack } from '../data/frame-memory.ts';
import { registerFrameLoader } from './native-frames.ts';
import { painting } from './painting.ts';

/** Decoded images of one browser tab, in bytes: two whole-body CT and PET with room to spare. */
const CACHE_BYTES = 1.5 * 1024 ** 3;

let started = false;
let engines = 0;

/**
 * Starts Cornerstone once per page. Where WebGL is drawn by software (thin clients, remote desktops, no graphics
 * card) plain stacks are quicker on its CPU path.
 */
export function startCornerstone(): void {
  if (started) return;
  started = true;
  initCore();
  const forced = new URLSearchParams(window.location.search).get('render');
  const { webgl, softwareRasterizer } = getRenderingCapabilities();
  painting.bySoftware = forced === 'cpu' || (forced !== 'gpu' && (!webgl || softwareRasterizer === true));
  setUseCPURendering(painting.bySoftware);
  initLoader({
    maxWebWorkers: Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency || 2) / 2))),
  });
  registerFrameLoader();
  initTools();
  for (const tool of [WindowLevelTool, PanTool, ZoomTool, StackScrollTool]) addTool(tool);
  cache.setMaxCacheSize(CACHE_BYTES);
}

export function makeEngine(): RenderingEngine {
  engines += 1;
  return new RenderingEngine(`consilium-${engines}`);
}

/** Gives the loader the headers of images before they are asked for. */
export function registerHeaders(headers: readonly { imageId: string; header: JsonDataSet }[]): void {
  for (const { imageId, header } of headers) wadors.metaDataManager.add(imageId, header as never);
}

/** Frees the decoded images of a case that is closed: the next case's will lie in their memory. */
export function releaseImages(imageIds: readonly string[]): void {
  const buffers = imageIds.map((imageId) => cache.getImage(imageId)?.getPixelData().buffer);
  cache.purgeCache();
  wadors.metaDataManager.purge();
  giveBack(buffers.filter((buffer) => buffer instanceof ArrayBuffer));
}
