const tensorLibraries = 'node_modules/(@tensorflow/|webgpu/|onnxruntime)';

/** Which folder may know which; tests/unit/architecture.test.ts shows that each rule fires. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Code that goes in a circle cannot be read in an order.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-imports-shared-only',
      comment: 'shared runs in the page, in the hosts and in the engine: zod and itself are all it may need.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '(^|/)node_modules/zod/', tensorLibraries] },
    },
    {
      name: 'shared-tensor-types-only',
      comment: 'shared knows tensor libraries by their types, never by their code.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: tensorLibraries, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-not-main',
      comment: 'The page talks to the host by protocol.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/' },
    },
    {
      name: 'main-not-renderer',
      comment: 'The hosts know the page only as built files.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'tensor-library-in-engine-only',
      comment: 'A tensor library lives in the engine process and nowhere else.',
      severity: 'error',
      from: { path: '^(main|renderer)/', pathNot: '^main/engine/' },
      to: { path: tensorLibraries },
    },
    {
      name: 'electron-in-app-only',
      comment: 'Engine and services run headless; electron is for main/app and main/preload.',
      severity: 'error',
      from: { path: '^(main|shared|renderer)/', pathNot: '^main/(app|preload)/' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'engine-not-hosts',
      comment: 'The engine process is started by hosts and knows none of them.',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: { path: '^main/(app|preload|server|cli|engineHost)/' },
    },
    {
      name: 'services-not-front-doors',
      comment: 'What the front doors share must not know them.',
      severity: 'error',
      from: { path: '^main/(services|engineHost)/' },
      to: { path: '^main/(app|preload|server|cli)/' },
    },
    {
      name: 'node-files-stand-alone',
      comment: 'One node type, one file: a node is read and changed without another.',
      severity: 'error',
      from: { path: '^shared/nodes/([^/]+)/([^/]+)$' },
      to: { path: '^shared/nodes/[^/]+/' },
    },
    {
      name: 'not-to-tests',
      comment: 'The product does not need its tests.',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/' },
      to: { path: '^(tests|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|release)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    cache: false,
  },
};
