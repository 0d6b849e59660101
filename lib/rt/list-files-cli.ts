/** Files and folders as they are named on a command line. */
import fs from 'node:fs';
import path from 'node:path';

/**
 * A path as whoever typed it means it: npm runs a script in the package's folder (`--prefix`), and keeps in INIT_CWD
 * where it was started.
 */
export function asTyped(target: string): string {
  const { INIT_CWD: start, npm_lifecycle_event: script } = process.env;
  if (!start || !script || path.isAbsolute(target)) return target;
  const there = path.resolve(start, target);
  const isHere = there === path.resolve(target) || !fs.existsSync(there);
  return isHere ? target : there;
}

/** All files below a folder, those that links lead to as well, each folder once. Throws an Error for what is not there. */
export function listFiles(target: string): string[] {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) throw new Error(`There is no ${target}`);
  if (!stat.isDirectory()) return [target];
  const files: string[] = [];
  // By their real paths: a link may lead back to where it lies.
  const seen = new Set<string>();
  const folders = [target];
  const linked: string[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop() ?? linked.pop()) {
    const real = fs.realpathSync(folder);
    if (seen.has(real)) continue;
    seen.add(real);
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      const isLink = entry.isSymbolicLink();
      const kind = isLink ? fs.statSync(place, { throwIfNoEntry: false }) : entry;
      if (kind?.isFile()) files.push(place);
      // What lies here is named by where it lies, and not by a link to it.
      else if (kind?.isDirectory()) (isLink ? linked : folders).push(place);
    }
  }
  return files.sort();
}
