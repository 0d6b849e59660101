/**
 * `npm run rt`: the command as one bundle, made when its sources have changed and kept beside the packages: to bundle it,
 * or to translate it file by file, takes longer than most of its answers.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'node_modules', '.cache', 'consilium-rt');
const bundle = path.join(folder, 'rt.mjs');
const inputs = path.join(folder, 'inputs.json');

const stamp = (file) => {
  const { mtimeMs, size } = fs.statSync(path.join(root, file));
  return `${mtimeMs}:${size}`;
};

function isFresh() {
  try {
    const known = Object.entries(JSON.parse(fs.readFileSync(inputs, 'utf8')));
    return fs.existsSync(bundle) && known.every(([file, was]) => stamp(file) === was);
  } catch {
    return false;
  }
}

/** Of dcmjs the command needs the dictionary alone; the package takes longer to load than a structure set to read. */
const dictionaryOnly = {
  name: 'dictionary-only',
  setup(build) {
    build.onResolve({ filter: /^dcmjs$/ }, () => ({ path: 'dcmjs', namespace: 'dictionary' }));
    build.onLoad({ filter: /.*/, namespace: 'dictionary' }, async () => {
      const { default: dcmjs } = await import('dcmjs');
      const entries = Object.values(dcmjs.data.DicomMetaDictionary.nameMap).map(({ tag, vr, name }) => [
        tag,
        { vr, name },
      ]);
      const text = JSON.stringify(JSON.stringify(Object.fromEntries(entries)));
      return {
        contents: `let made; export default { data: { DicomMetaDictionary: { get dictionary() { return (made ??= JSON.parse(${text})); } } } };`,
      };
    });
  },
};

async function make() {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [path.join(root, 'lib/rt/rt-cli.ts')],
    absWorkingDir: root,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@cornerstonejs/dicom-codec'],
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
    plugins: [dictionaryOnly],
    metafile: true,
    write: false,
    logLevel: 'warning',
    alias: { '@': root },
  });
  const files = Object.keys(metafile.inputs).filter((file) => !file.startsWith('dictionary:'));
  files.push('tools/rt.mjs', 'package-lock.json');
  // Two that start at once must not read half of what the other writes.
  const put = (file, contents) => {
    fs.writeFileSync(`${file}.${process.pid}`, contents);
    fs.renameSync(`${file}.${process.pid}`, file);
  };
  fs.mkdirSync(folder, { recursive: true });
  put(bundle, outputFiles[0].contents);
  put(inputs, JSON.stringify(Object.fromEntries(files.map((file) => [file, stamp(file)]))));
}

if (!isFresh()) await make();
await import(pathToFileURL(bundle));
