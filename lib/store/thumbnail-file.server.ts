import path from 'node:path';
import { storePaths } from './paths.server.ts';

export const thumbnailFile = (seriesId: string): string =>
  path.join(storePaths().derived, 'thumbnails', `${seriesId}.webp`);
