/**
 * `npm run rt`: the command as one bundle, made when its sources have changed and kept beside the packages: to bundle it,
 * or to translate it file by file, takes longer than most of its answers. Beside the bundle V8's own code of it is kept,
 * which another version of V8 refuses by itself.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'node_modules', '.cache', 'consilium-rt');
/** What the bundle was made of, and its name, which tells it from any other. */
const made = path.join(folder, 'made.json');

const stamp = (file) => {
  const { mtimeMs, size } = fs.statSync(path.join(root, file));
  return `${mtimeMs}:${size}`;
};

/** The bundle's name and text; undefined where its sources have changed or there is none. */
function known() {
  try {
    const { name, inputs } = JSON.parse(fs.readFileSync(made, 'utf8'));
    if (!Object.entries(inputs).every(([file, was]) => stamp(file) === was)) return undefined;
    return { name, source: fs.readFileSync(path.join(folder, `${name}.cjs`), 'utf8') };
  } catch {
    return undefined;
  }
}

/**
 * Of dcmjs the command needs the dictionary's VRs alone; the package takes longer to load than a structure set to read,
 * and names as long as all else of the bundle.
 */
const vrsOnly = {
  name: 'vrs-only',
  setup(build) {
    build.onResolve({ filter: /^dcmjs$/ }, () => ({ path: 'dcmjs', namespace: 'dictionary' }));
    build.onLoad({ filter: /.*/, namespace: 'dictionary' }, async () => {
      const { default: dcmjs } = await import('dcmjs');
      const entries = Object.values(dcmjs.data.DicomMetaDictionary.nameMap).map(({ tag, vr }) => [tag, vr]);
      const text = JSON.stringify(JSON.stringify(Object.fromEntries(entries)));
      return {
        contents: `
          let vrs;
          const entry = (_, tag) => {
            vrs ??= JSON.parse(${text});
            return vrs[tag] && { vr: vrs[tag] };
          };
          export default { data: { DicomMetaDictionary: { dictionary: new Proxy({}, { get: entry }) } } };`,
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
  const [{ build }, { createHash }] = await Promise.all([import('esbuild'), import('node:crypto')]);
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
    plugins: [vrsOnly],
    metafile: true,
    write: false,
    logLevel: 'warning',
    alias: { '@': root },
  });
  const files = Object.keys(metafile.inputs).filter((file) => !file.startsWith('dictionary:'));
  files.push('tools/rt.mjs', 'package-lock.json');
  const source = outputFiles[0].text;
  const name = createHash('sha256').update(source).digest('hex').slice(0, 16);
  // Where it cannot be kept (packages of another user, a full disk) it is made anew each time.
  try {
    keep(name, source, files);
  } catch {}
  return { name, source };
}

function keep(name, source, files) {
  fs.mkdirSync(folder, { recursive: true });
  for (const old of fs.readdirSync(folder))
    if (/\.(cjs|code)$/.test(old) && !old.startsWith(name))
      fs.rmSync(path.join(folder, old), { force: true });
  put(path.join(folder, `${name}.cjs`), source);
  put(made, JSON.stringify({ name, inputs: Object.fromEntries(files.map((file) => [file, stamp(file)])) }));
}

const { name, source } = known() ?? (await make());
const bundle = path.join(folder, `${name}.cjs`);
const code = path.join(folder, `${name}.code`);
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
