import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './prepare.mjs';
import { runProgram } from './runProgram.mjs';

/**
 * Makes the archive of a pack for a release page, and the entry that pins it:
 * `node scripts/runtimePackArchive.mjs --pack .runtimes/tensorflow-cpu-2.21.0 --out DIR --url https://…/`.
 * With `--pin` the entry is written into the list that the app is built with.
 */
const { values } = parseArgs({
  options: {
    pack: { type: 'string', default: '.runtimes/tensorflow-cpu-2.21.0' },
    out: { type: 'string', default: '.' },
    url: { type: 'string' },
    pin: { type: 'boolean', default: false },
  },
});
const pack = resolve(values.pack);
if (values.url === undefined || !existsSync(join(pack, 'manifest.json'))) {
  console.error('  --pack names the folder of a pack, --url the folder on the release page.');
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8'));
const { id, libraryVersion, platform, arch } = manifest;
const names = [...Object.keys(manifest.files), 'manifest.json'];
const archive = `${id}-${libraryVersion}-${platform}-${arch}.tar.gz`;
const path = resolve(values.out, archive);
// What is named, not what is there: a pack in a checkout also has links for other builds.
const { code, output } = await runProgram(['tar', '-czf', path, '-C', pack, ...names]);
if (code !== 0) {
  console.error(`  tar failed: ${output}`);
  process.exit(1);
}
const hash = createHash('sha256');
for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
const entry = {
  id,
  libraryVersion,
  platform,
  arch,
  url: new URL(archive, values.url.endsWith('/') ? values.url : `${values.url}/`).href,
  bytes: statSync(path).size,
  sha256: hash.digest('hex'),
  unpackedBytes: names.reduce((sum, name) => sum + statSync(join(pack, name)).size, 0),
};
console.log(JSON.stringify({ packs: [entry] }, null, 2));
if (values.pin) {
  const list = join(projectRoot, 'main', 'services', 'runtimes', 'releases.json');
  /** @type {{ packs: (typeof entry)[] }} */
  const pinned = JSON.parse(readFileSync(list, 'utf8'));
  const others = pinned.packs.filter(
    (other) => other.id !== id || other.platform !== platform || other.arch !== arch,
  );
  writeFileSync(list, `${JSON.stringify({ packs: [...others, entry] }, null, 2)}\n`);
}
