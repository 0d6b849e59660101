/**
 * `npm run rt`: the command as one bundle, made when its sources have changed and kept beside the packages: to bundle it,
 * or to translate it file by file, takes longer than most of its answers. Beside the bundle V8's own code of it is kept,
 * which another version of V8 refuses by itself.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'node_modules', '.cache', 'consilium-rt');
const bundle = path.join(folder, 'rt.cjs');
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

/** Two that start at once must not read half of what the other writes. */
function put(file, contents) {
  fs.writeFileSync(`${file}.${process.pid}`, contents);
  fs.renameSync(`${file}.${process.pid}`, file);
}

async function make() {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [path.join(root, 'lib/rt/rt-cli.ts')],
    absWorkingDir: root,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@cornerstonejs/dicom-codec'],
    banner: { js: '(function (require, bundleUrl) {' },
    footer: { js: '})' },
    define: { 'import.meta.url': 'bundleUrl' },
    plugins: [dictionaryOnly],
    metafile: true,
    write: false,
    logLevel: 'warning',
    alias: { '@': root },
  });
  const files = Object.keys(metafile.inputs).filter((file) => !file.startsWith('dictionary:'));
  files.push('tools/rt.mjs', 'package-lock.json');
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder))
    if (name.endsWith('.code')) fs.rmSync(path.join(folder, name), { force: true });
  put(bundle, outputFiles[0].contents);
  put(inputs, JSON.stringify(Object.fromEntries(files.map((file) => [file, stamp(file)]))));
}

if (!isFresh()) await make();
const source = fs.readFileSync(bundle, 'utf8');
// V8 tells a bundle from another by its length alone.
const code = path.join(folder, `${createHash('sha256').update(source).digest('hex').slice(0, 16)}.code`);
const cachedData = (() => {
  try {
    return fs.readFileSync(code);
  } catch {
    return undefined;
  }
})();
const script = new vm.Script(source, { filename: bundle, cachedData });
if (!cachedData || script.cachedDataRejected)
  process.once('exit', () => {
    // With what was compiled on the way. Where it cannot be kept the next start takes a little longer.
    try {
      put(code, script.createCachedData());
    } catch {}
  });
script.runInThisContext()(createRequire(bundle), pathToFileURL(bundle).href);
