/** The arrows of the house: actions, cli, runner-setup -> reports -> src; inside src see each rule. */

/** Rooms of src that compute only. */
const pure =
  '^(src/(profiles|plans|results|statistics|comparison|benchmarks|history)/|src/(yaml-document|yaml-source|schema-words|nearest-name|show-text)\\.ts$|reports/)';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle hides who decides.', {}, { circular: true }),
    rule('no-unresolved', 'Every import must lead somewhere.', {}, { couldNotResolve: true }),
    rule(
      'src-points-to-no-face',
      'src knows no face.',
      { path: '^src/' },
      { path: '^(reports|actions|cli|runner-setup)/' },
    ),
    rule(
      'reports-point-to-src',
      'Reports know no face.',
      { path: '^reports/' },
      { path: '^(actions|cli|runner-setup)/' },
    ),
    rule(
      'faces-are-strangers',
      'What two faces need moves to src.',
      { path: '^(actions|cli|runner-setup)/' },
      { path: '^(actions|cli|runner-setup)/', pathNot: '^$1/' },
    ),
    rule(
      'statistics-stand-alone',
      'Statistics import nothing.',
      { path: '^src/statistics/' },
      { pathNot: '^src/statistics/' },
    ),
    rule(
      'pure-rooms-do-nothing',
      'Pure rooms have no files, no processes, no clock, no GitHub.',
      { path: pure, pathNot: '^src/(results/(read|write)-|history/folder-store)' },
      { path: '^(node:)?(fs|child_process|process|os|net|timers|path)(/|$)|execa|@actions/' },
    ),
    rule(
      'pure-rooms-import-pure-rooms',
      'Pure rooms rest on each other and on the words, units, errors and the reading of YAML.',
      { path: '^src/(profiles|plans|results|comparison)/' },
      {
        path: '^src/',
        pathNot:
          '^src/(profiles|plans|results|statistics|comparison)/|^src/(vocabulary|units|errors|yaml-document|yaml-source|schema-words|nearest-name|show-text)\\.ts$',
      },
    ),
    rule(
      'history-rests-on-comparisons',
      'What is judged of nights is computed from them, and no room below knows of nights.',
      { path: '^src/history/' },
      { path: '^src/(machines|hosts|guests|networks|images|kernels|benchmarks|measurement|github)/' },
    ),
    rule(
      'measuring-does-not-judge',
      'Measuring, comparing and showing are programs joined by files.',
      { path: '^src/(measurement|hosts|guests|networks|images|benchmarks|machines)/' },
      { path: '^src/(comparison|statistics)/' },
    ),
    rule(
      'machines-are-the-ground',
      'Everything that acts rests on machines; machines rest on nothing that acts.',
      { path: '^src/machines/' },
      { path: '^src/(measurement|hosts|guests|networks|images|benchmarks|results|profiles|plans)/' },
    ),
    rule(
      'parts-do-not-know-the-run',
      'Hosts, guests, networks, images and benchmarks are used by the measurement.',
      { path: '^src/(hosts|guests|networks|images|benchmarks)/' },
      { path: '^src/measurement/' },
    ),
    rule(
      'only-machines-run-programs',
      'One place starts processes.',
      { path: '^src/', pathNot: '^src/machines/' },
      { path: 'execa|^(node:)?child_process$' },
    ),
    rule(
      'only-the-github-room-talks-to-github',
      'One place makes requests and moves artifacts.',
      { pathNot: '^(src/github|test)/' },
      { path: '^@actions/(github|artifact)|^@octokit/|node_modules/(@actions/(github|artifact)|@octokit)/' },
    ),
    rule(
      'only-actions-know-the-runner',
      'Inputs, outputs and annotations belong to the faces for GitHub.',
      { pathNot: '^(src/github|actions)/' },
      { path: '^@actions/|node_modules/@actions/' },
    ),
    rule(
      'measuring-does-not-know-github',
      'The same run, started by a workflow or at a shell.',
      { path: '^src/(measurement|hosts|guests|networks|images|kernels|benchmarks|machines|results|profiles|plans)/' },
      { path: '^src/github/' },
    ),
    rule(
      'only-reports-draw',
      'Vega is loaded by reports alone.',
      { pathNot: '^reports/' },
      { path: 'node_modules/vega' },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^actions/dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
