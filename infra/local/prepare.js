/**
 * Makes a clone ready to run, and with arguments goes on with that command: `node infra/local/prepare.js start`.
 * It works before anything is installed, and on a Node that is too old for the rest.
 */
const { spawnSync } = require('child_process');
const { createHash } = require('crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } = require('fs');
const { dirname, join, resolve } = require('path');

const NEEDED_NODE = [20, 19];
const PROJECTS = [
  'common',
  'auth',
  'tickets',
  'orders',
  'payments',
  'expiration',
  'nats-test',
  'infra/local',
  'bench',
  'inspection',
];

const root = resolve(__dirname, '../..');
const modules = join(root, 'node_modules');
const buildStamp = join(modules, '.cache', 'ticketing', 'built-from');

checkNode();
install();
build();
goOn(process.argv.slice(2));

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED_NODE;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  fail(`Node ${NEEDED_NODE.join('.')} or later is needed, and this is ${process.versions.node}.`);
}

/** npm leaves a copy of the lockfile in what it installed from it. */
function install() {
  const reason = whyInstall();
  if (!reason) return;
  say(`Installing the dependencies, since ${reason}: npm ci, about a minute …`);
  run(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'The dependencies were not installed',
  );
}

function whyInstall() {
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return 'there are none';
  const isOlder = statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
  return isOlder ? 'the lockfile is newer' : undefined;
}

/** Asking the compiler whether anything is stale takes seconds, looking at the files' times does not. */
function build() {
  const sources = describeSources();
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sources && PROJECTS.every(isBuilt)) return;
  say('Compiling …');
  run(process.execPath, [join(modules, 'typescript', 'bin', 'tsc'), '-b'], 'The sources do not compile');
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, sources);
}

function describeSources() {
  const hash = createHash('sha256');
  const settings = ['tsconfig.base.json', 'tsconfig.json', 'package-lock.json'].map((name) => join(root, name));
  const projects = PROJECTS.flatMap((name) => [
    join(root, name, 'tsconfig.json'),
    join(root, name, 'package.json'),
    ...filesIn(join(root, name, 'src')),
    ...filesIn(join(root, name, 'harness')),
  ]);
  for (const path of settings.concat(projects)) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function isBuilt(name) {
  return existsSync(join(root, name, 'dist', '.tsbuildinfo'));
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** In this process, so that a signal to npm's child reaches the one that has to stop the rest. */
function goOn(command) {
  if (command.length === 0) return;
  process.argv.splice(2, process.argv.length, ...command);
  require('./dist/main.js');
}

function run(program, args, failure) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (error) fail(`${failure}: ${program} can't be run (${error.message}).`);
  if (status !== 0) fail(`${failure}; what went wrong is above.`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
