import fs from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { DicomError } from '@/lib/dicom/errors.ts';
import { headerSteps, type ParsedHeader } from '@/lib/dicom/parse-header.ts';
import type { Received } from './receive.server.ts';

const MEGABYTE = 1024 * 1024;
/** How much of a file is looked at, first and next, until its header is all there. A larger one is not believed. */
const HEADS = [MEGABYTE / 4, 4 * MEGABYTE, 32 * MEGABYTE, 256 * MEGABYTE];
/** Of a file on the disk: an image's header is a few KiB, and what came in lately is in no cache. */
const FIRST_HEAD = 32 * 1024;
/** Deflate can hide a bomb: what it unpacks to is limited. */
const MAX_INFLATED_BYTES = 256 * MEGABYTE;
/** Above this, headers are read one at a time and in steps, so that neither memory nor other callers suffer. */
const LARGE_BYTES = 4 * MEGABYTE;
/** A step is some 5 ms. */
const ELEMENTS_PER_STEP = 20_000;

const turnToRead = turns();
const turnToInflate = turns();

/** The header of an object that has come in: from its head when that is enough, else from more of its file. */
export const readReceivedHeader = ({
  file,
  size,
  head,
}: Pick<Received, 'file' | 'size' | 'head'>): Promise<ParsedHeader> =>
  readHeader(size, head, (length) => readHead(file, length));

/** The header of a stored blob. */
export async function readBlobHeader(file: string): Promise<ParsedHeader & { size: number }> {
  const { size } = await fs.stat(file);
  const head = await readHead(file, Math.min(size, FIRST_HEAD));
  const parsed = await readHeader(size, head, (length) => readHead(file, length));
  return { ...parsed, size };
}

/** @throws DicomError */
async function readHeader(
  size: number,
  first: Uint8Array,
  read: (length: number) => Promise<Uint8Array>,
): Promise<ParsedHeader> {
  try {
    return await parse(first, size);
  } catch (error) {
    if (first.length >= size || !goesOn(error)) throw error;
  }
  for (const limit of HEADS.filter((one) => one > first.length)) {
    const length = Math.min(size, limit);
    try {
      const work = async () => parse(await read(length), size);
      return await (length < LARGE_BYTES ? work() : turnToRead(work));
    } catch (error) {
      if (length === size || !goesOn(error)) throw error;
    }
  }
  throw new DicomError('dicom_unreadable', 'a header of more than 256 MB');
}

const goesOn = (error: unknown): boolean => error instanceof DicomError && error.code === 'dicom_truncated';

async function parse(bytes: Uint8Array, size: number): Promise<ParsedHeader> {
  const steps = headerSteps(bytes, size, ELEMENTS_PER_STEP);
  let step = steps.next();
  while (!step.done) {
    const { value } = step;
    if (value) step = steps.next(await turnToInflate(() => inflateLater(value)));
    else {
      await nextTurn();
      step = steps.next();
    }
  }
  return step.value;
}

/** For whoever has bytes at hand and may wait for them. */
export const inflate = (bytes: Uint8Array): Uint8Array =>
  zlib.inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES });

const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

/** Throws `dicom_truncated` where the stream ends before its end, `dicom_unreadable` for anything else. */
async function inflateLater(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await inflateRaw(bytes, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new DicomError(
      code === 'Z_BUF_ERROR' ? 'dicom_truncated' : 'dicom_unreadable',
      `deflate: ${message}`,
    );
  }
}

async function readHead(file: string, length: number): Promise<Buffer> {
  const handle = await fs.open(file, 'r');
  try {
    const head = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await handle.read(head, done, length - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return head.subarray(0, done);
  } finally {
    await handle.close();
  }
}

type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other. Whoever inflates may be waiting for its turn to read, so each has turns of its own. */
function turns(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
