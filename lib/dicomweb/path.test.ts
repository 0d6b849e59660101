import { expect, test } from 'vitest';
import { parsePath } from './path.ts';

const id = '00000000-0000-4000-8000-000000000000';

test.each([
  ['/dicomweb/studies', 'studies'],
  ['/dicomweb/series', 'series'],
  ['/dicomweb/instances', 'instances'],
  ['/dicomweb/studies/1.2', 'retrieve'],
  ['/dicomweb/studies/1.2/instances', 'instances'],
  ['/dicomweb/studies/1.2/series/1.3', 'retrieve'],
  ['/dicomweb/studies/1.2/series/1.3/instances', 'instances'],
  ['/dicomweb/studies/1.2/series/1.3/instances/1.4', 'retrieve'],
  ['/dicomweb/studies/1.2/series/1.3/thumbnail', 'thumbnail'],
  ['/dicomweb/studies/1.2/series/1.3/instances/1.4/frames/1,2', 'frames'],
  ['/dicomweb/studies/1.2/series/1.3/instances/1.4/frames/1/rendered', 'renderedFrames'],
  ['/dicomweb/studies/1.2/series/1.3/instances/1.4/bulkdata/00091010', 'bulkdata'],
  [`/dicomweb/cases/${id}/studies/1.2/metadata`, 'metadata'],
])('%s is %s', (path, service) => expect(parsePath(path)?.service).toBe(service));

test.each([
  '/dicomweb',
  '/dicomweb/studiesx',
  '/dicomweb/studies/../etc',
  '/dicomweb/studies/1.2/series/1.3/series',
  '/dicomweb/studies/1.2/series/1.3/frames/1',
  '/dicomweb/studies/1.2/series/1.3/instances/1.4/frames/x',
  `/dicomweb/studies/${'1'.repeat(65)}`,
  '/dicomweb/cases/x/studies',
  `/dicomweb/cases/${'-'.repeat(36)}/studies`,
  `/dicomweb/cases/${'0'.repeat(36)}/studies`,
])('%s is none of ours', (path) => expect(parsePath(path)).toBeUndefined());
