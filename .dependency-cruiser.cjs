/**
 * Who may import whom; docs/ARCHITECTURE.md draws it. Each rule says why. Two kinds of file stand outside of their
 * room's rule: tests, which set up what they need, and `cli.ts` or `*-cli.ts`, each the composition root of one command.
 */
const tests = '\\.test\\.tsx?$|^tests/';
const roots = `${tests}|(-|/)cli\\.ts$`;
/** Everything of ours, as against packages and Node's own modules. */
const ours = '^(app|components|lib|prisma|tests|tools|messages)/|^server\\.ts$';

/** A room that may import only `allowed` of ours and, being pure, nothing of Node's but what `node` names. */
function pure(name, comment, from, allowed, node = '^$') {
  return [
    {
      name,
      comment,
      severity: 'error',
      from: { path: from, pathNot: roots },
      to: { path: ours, pathNot: [from, ...allowed] },
    },
    {
      name: `${name}-no-io`,
      comment: 'Pure code does no I/O; it runs in the browser, on the server and in a test alike.',
      severity: 'error',
      from: { path: from, pathNot: roots },
      to: { dependencyTypes: ['core'], pathNot: node },
    },
  ];
}

/** A rule that forbids; `from` and `to` as dependency-cruiser has them. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const domains = '(boards|cases|key-views|decisions|polls|notes|network|people|audit)';
const livePure =
  '^lib/live/(protocol|reducer|view-state|measurement-state|annotations|case-clock|hands|poll|mark-state|shapes|record/[a-z-]+)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid('no-circles', 'A circle is one module that pretends to be two.', {}, { circular: true }),
    forbid('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'listed-packages',
      'A package that package.json does not list may vanish with the next upgrade.',
      { path: '^(app|components|lib|prisma|tests|tools|server\\.ts)' },
      // use-intl is next-intl's own core, pinned with it; next-intl's entry does not load in plain Node.
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/use-intl/' },
    ),
    forbid(
      'no-tools-at-run-time',
      'What serves a hospital does not need what builds and tests it.',
      { path: '^(app|components|lib|prisma|server\\.ts)', pathNot: tests },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'composition-root',
      'server.ts composes everything; nobody imports it.',
      {},
      { path: '^server\\.ts$' },
    ),
    forbid(
      'no-tests-in-the-product',
      'Only tests import tests, and the script that photographs what they drive.',
      { pathNot: `${tests}|^tools/screenshots` },
      { path: tests },
    ),
    forbid(
      'seeds-for-start-and-tests',
      'Demonstration data comes in when the server starts and in tests, nowhere else.',
      { pathNot: `${tests}|^prisma/|^server\\.ts$` },
      { path: '^prisma/' },
    ),

    ...pure('dicom-is-pure', 'lib/dicom imports nothing of ours.', '^lib/dicom/', []),
    ...pure('planes-is-pure', 'Volumes and the planes that cut them are geometry.', '^lib/planes/', [
      '^lib/dicom/',
    ]),
    ...pure('rt-is-pure', 'lib/rt knows lib/dicom and the planes that it is drawn on.', '^lib/rt/', [
      '^lib/(dicom|planes)/',
    ]),
    ...pure('measure-is-pure', 'What is read from images by hand: arithmetic.', '^lib/measure/', [
      '^lib/(dicom|planes|rt)/',
      livePure,
    ]),
    // Its UIDs are hashes of the seed.
    ...pure(
      'phantom-is-pure',
      'The synthetic patient is arithmetic.',
      '^lib/phantom/',
      ['^lib/(dicom|planes|rt)/'],
      '^(node:)?crypto$',
    ),
    // Its pseudonyms are keyed hashes.
    ...pure(
      'deidentify-is-pure',
      'What of an object identifies whom is decided from the object alone; lib/dicom knows how to write it.',
      '^lib/deidentify/',
      ['^lib/dicom/'],
      '^(node:)?crypto$',
    ),
    ...pure('live-protocol-is-pure', 'Both ends of the room share it: zod and DICOM types.', livePure, [
      '^lib/dicom/',
    ]),
    ...pure('rules-are-pure', 'Rules know their schema and pure rooms.', '^lib/[^/]+/(rules|policy)\\.ts$', [
      '^lib/[^/]+/schema\\.ts$',
      '^lib/(dicom|rt)/',
      '^lib/errors\\.ts$',
      // Facts and roles: pure, and what a rule about people speaks of.
      '^lib/auth/policy\\.ts$',
    ]),
    forbid(
      'schemas-are-shared',
      'A schema is read by the browser too: other schemas and pure rooms.',
      { path: '^lib/[^/]+/schema\\.ts$' },
      {
        path: ours,
        pathNot: ['^lib/[^/]+/schema\\.ts$', '^lib/(dicom|rt)/', livePure, '^lib/auth/policy\\.ts$'],
      },
    ),

    forbid(
      'no-server-code-in-the-browser',
      'Components get data by props and by lib/http/api-client.ts; types that both ends need stand in a schema.ts.',
      { path: '^components/' },
      { path: ['\\.server\\.tsx?$', '^lib/db/'] },
    ),
    {
      ...forbid(
        'no-server-code-reaches-the-browser',
        'Not by a detour either.',
        { path: '^components/', pathNot: tests },
        { path: '\\.server\\.tsx?$|^lib/db/' },
      ),
      to: { path: '\\.server\\.tsx?$|^lib/db/', reachable: true },
    },
    forbid(
      'components-do-not-know-pages',
      'Props in, callbacks out.',
      { path: '^components/' },
      { path: '^app/' },
    ),
    forbid(
      'design-system-has-no-domain',
      'components/ui has no domain words.',
      { path: '^components/ui/' },
      { path: ours, pathNot: '^components/ui/' },
    ),
    forbid(
      'one-viewer',
      'Cornerstone and OHIF stay behind components/viewer. The codecs are decoders without a viewer: thumbnails use them.',
      { pathNot: '^components/viewer/' },
      { path: 'node_modules/(@cornerstonejs/(core|tools|metadata|adapters|dicom-image-loader)|@ohif/core)/' },
    ),
    forbid(
      'viewer-is-a-component',
      'The viewer knows pure rooms, the room’s types and what a key view is; not the room, and no API.',
      { path: '^components/viewer/', pathNot: tests },
      {
        path: '^(components|lib)/',
        pathNot: [
          '^components/(viewer|ui)/',
          '^lib/(dicom|planes|rt|measure)/',
          '^lib/key-views/schema\\.ts$',
          '^lib/csv\\.ts$',
          livePure,
        ],
      },
    ),

    forbid(
      'pages-have-no-database',
      'Pages and routes call use cases; they hold no query.',
      { path: '^app/' },
      { path: ['^lib/db/', 'node_modules/(@prisma|pg)/'] },
    ),
    forbid(
      'pages-have-no-rules',
      'Rules are asked by use cases. A page shows what they answer.',
      { path: '^app/' },
      { path: '^lib/[^/]+/rules\\.ts$' },
    ),
    forbid(
      'domains-meet-at-use-cases',
      'A domain reaches another through its use cases, its schema and its pure rules (a quorum is one rule, whoever asks).',
      { path: `^lib/${domains}/`, pathNot: tests },
      { path: `^lib/${domains}/`, pathNot: ['^lib/$1/', '(\\.server\\.tsx?|/schema\\.ts|/rules\\.ts)$'] },
    ),
    forbid(
      'domains-do-not-know-doors',
      'A use case does not know by which door it was asked. It tells the room by lib/live/notify only, and knows what a view is.',
      { path: `^lib/${domains}/`, pathNot: `${roots}|^lib/network/` },
      {
        path: '^(app|components)/|^lib/(dicomweb|dimse|live|jobs|store/ingest)',
        pathNot: ['^lib/live/notify', livePure],
      },
    ),
    forbid(
      'network-calls-out',
      'lib/network calls other nodes and brings in what they send; the door for those who call is not its business.',
      { path: '^lib/network/', pathNot: roots },
      {
        path: '^(app|components)/|^lib/(dicomweb|live|jobs)|^lib/dimse/(listener|serve|session|negotiate)',
        pathNot: '^lib/live/notify',
      },
    ),
    forbid(
      'doors-know-the-store-only',
      'DICOMweb and DIMSE are two doors to lib/store.',
      { path: '^lib/(dicomweb|dimse)/', pathNot: roots },
      {
        path: ours,
        pathNot: [
          '^lib/(dicomweb|dimse|store|dicom|auth|http)/',
          '^lib/(errors|env)\\.ts$',
          '^lib/log\\.server\\.ts$',
        ],
      },
    ),
    forbid(
      'store-knows-no-door',
      'One way in for every object, whichever door it came by.',
      { path: '^lib/store/', pathNot: roots },
      { path: '^(app|components)/|^lib/(dicomweb|dimse|live)/' },
    ),
    forbid(
      'generated-client-in-one-place',
      'The database client is made in lib/db; elsewhere only its types are named.',
      { pathNot: '^lib/db/' },
      { path: '^lib/db/generated/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports count: a room that names another's types knows that room.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
