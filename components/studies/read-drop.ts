import type { QueuedFile } from './upload-queue.ts';

/** A file of the browser's, with its path in the folder that was dropped or chosen. */
export type DroppedFile = QueuedFile & { file: File; modified: number };

const dropped = (file: File, path: string): DroppedFile => ({
  file,
  path,
  size: file.size,
  modified: file.lastModified,
});

/** Files of an `<input type="file">`; a chosen folder gives each its path. */
export const readChosen = (files: Iterable<File>): DroppedFile[] =>
  [...files].map((file) => dropped(file, file.webkitRelativePath || file.name));

/**
 * Everything in a drop, folders with all that is below them. Must be called within the drop event: afterwards the
 * browser has forgotten what was dropped. `onFound` tells how many there are so far.
 */
export async function readDrop(
  transfer: DataTransfer,
  onFound: (count: number) => void,
): Promise<DroppedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return readChosen(transfer.files);
  const found: DroppedFile[] = [];
  for (const entry of entries) await walk(entry, found, onFound);
  return found;
}

async function walk(
  entry: FileSystemEntry,
  found: DroppedFile[],
  onFound: (count: number) => void,
): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push(dropped(file, entry.fullPath.replace(/^\//, '')));
    if (found.length % 100 === 0) onFound(found.length);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives at most 100 entries at a time, and an empty list when there are no more.
  for (;;) {
    const children = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (children.length === 0) return;
    for (const child of children) await walk(child, found, onFound);
  }
}

/** What to call a drop: its one folder or file, or its first and how many others. */
export function dropName(files: readonly QueuedFile[]): string {
  const tops = new Set(files.map(({ path }) => path.split('/')[0] ?? path));
  const [first = ''] = tops;
  return tops.size > 1 ? `${first} +${tops.size - 1}` : first;
}
