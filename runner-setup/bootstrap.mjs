// The way in, before anything is installed: plain JavaScript for any Node from 20 on, without a dependency.
// Brings the npm packages up to date, and with them Node 24, which then sets the machine up and runs the command.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('..', import.meta.url));
const bin = `${home}node_modules/.bin`;
const node = `${bin}/node`;

/** What each command does once the machine is set up, one program after the other. */
const commands = {
  bench: (args) => [[node, 'cli/main.ts', 'bench', ...args]],
  test: (args) => [
    ['npm', 'run', '--silent', 'check'],
    [node, 'node_modules/vitest/vitest.mjs', 'run', ...args],
  ],
  'test:e2e': (args) => [
    [node, 'runner-setup/build-actions.ts'],
    [node, 'test/e2e/run.ts', ...args],
  ],
  soak: (args) => [[node, 'test/soak/soak.ts', ...args]],
  perf: (args) => [[node, 'test/perf/perf.ts', ...args]],
  evaluate: (args) => [[node, 'test/evaluation/evaluate.ts', ...args]],
  'install-host': (args, consent) => [[node, 'runner-setup/install-program.ts', ...consent, ...args]],
};

/** The program that runs at the moment, and the signal that has come in for it. */
const current = { child: null, signal: null };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    current.signal = signal;
    current.child?.kill(signal);
  });
}

// npm can be killed without a chance to pass that on; then we have other ancestors all at once.
if (process.env.npm_lifecycle_event !== undefined) {
  const before = readAncestors();
  setInterval(() => {
    if (readAncestors() === before) return;
    current.signal ??= 'SIGTERM';
    current.child?.kill('SIGTERM');
  }, 500).unref();
}

process.exitCode = await main(process.argv.slice(2));

/** Exit code of the whole. */
async function main([name, ...args]) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    return refuse(`Node.js ${process.versions.node} is too old; Node.js 20 or newer is needed to start`);
  }
  if (name === undefined || !Object.hasOwn(commands, name)) {
    const found = name === undefined ? 'no command was given' : `${name} is no command`;
    return refuse(`${found}; accepted are ${Object.keys(commands).join(', ')}`);
  }
  const installed = arePackagesCurrent() ? 0 : await installPackages();
  if (installed !== 0) return installed;
  const env = {
    // Compiled code of earlier starts: starting takes half the time. A folder that cannot be written is no harm.
    NODE_COMPILE_CACHE: `${home}node_modules/.cache/node`,
    ...process.env,
    PATH: [bin, ...systemPath()].join(delimiter),
  };
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const consent = args.filter((arg) => arg === '--yes');
  const rest = args.filter((arg) => arg !== '--yes');
  const setUp = [node, 'runner-setup/set-up.ts', name, ...consent];
  for (const step of [...(wantsHelp ? [] : [setUp]), ...commands[name](rest, consent)]) {
    const { code } = await run(step, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    if (code !== 0) return code;
  }
  return 0;
}

/** Our parent, and its own where that is the shell in which npm runs a script. */
function readAncestors() {
  const parent = process.ppid;
  try {
    const [, name, , grandparent] =
      /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return /^(sh|dash|bash)$/.test(name ?? '') ? `${parent} ${grandparent}` : String(parent);
  } catch {
    return String(parent);
  }
}

function refuse(sentence) {
  process.stderr.write(`tunegate: ${sentence}.\n`);
  return 2;
}

/** npm notes in node_modules what it has installed; what is optional may be for another platform. */
function arePackagesCurrent() {
  if (!existsSync(node)) return false;
  try {
    const wanted = readPackages('package-lock.json');
    const present = readPackages('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}

function readPackages(file) {
  return JSON.parse(readFileSync(home + file, 'utf8')).packages;
}

/** Runs under the Node that started us: the one in node_modules is about to be replaced. */
async function installPackages() {
  process.stderr.write('Installing the npm packages (Node 24 is one of them) ...\n');
  // All of them, whatever NODE_ENV says; warnings about engines concern Node 20, which runs nothing but npm.
  const command = ['npm', 'ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const env = { ...process.env, PATH: systemPath().join(delimiter) };
  const { code, output } = await run(command, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 900_000 });
  if (code === 0 && existsSync(node)) return 0;
  process.stderr.write(output);
  const reason = code === 0 ? 'Node 24 is not among them: npm must be allowed to run install scripts' : 'npm ci failed';
  process.stderr.write(`tunegate: the npm packages could not be installed; ${reason}.\n`);
  return code || 1;
}

/** PATH without the programs of node_modules, and with the system's own folders, which `su` on Debian leaves out. */
function systemPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.endsWith('node_modules/.bin'));
  return [...new Set([...folders, '/usr/local/sbin', '/usr/sbin', '/sbin'])];
}

/** Runs a program in the checkout to its end; a shell's exit code when a signal ended it. */
async function run([program, ...args], options) {
  if (current.signal !== null) return { code: 128 + constants.signals[current.signal], output: '' };
  const child = spawn(program, args, { cwd: home, ...options });
  current.child = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => {
    child.on('error', ({ message }) => {
      output += `${message}\n`;
      if (child.stderr === null) process.stderr.write(`tunegate: ${program} could not be started: ${message}.\n`);
      resolve(1);
    });
    child.on('close', (exitCode, signal) => resolve(exitCode ?? 128 + constants.signals[signal]));
  });
  current.child = null;
  return { code, output };
}
