import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_VERSION } from '#shared/graph/document.ts';
import { migrations } from '#shared/graph/migrations/registry.ts';
import { parseDocument } from '#shared/graph/parseDocument.ts';

/** A file of each old version with something for its migration to do; a new migration needs one. */
const oldFiles: Readonly<Record<number, { text: string; changed: (document: unknown) => void }>> = {
  0: {
    text: '{"format":"neuroloom","version":0,"nodes":[{"id":"a","kind":"flatten"},{"id":"b","kind":"dense","params":{"units":3}}],"edges":["a.y > b.x"]}',
    changed(document) {
      expect(document).toMatchObject({
        version: 1,
        name: 'Untitled',
        nodes: [
          { id: 'a', params: {}, position: { x: 0, y: 0 } },
          { id: 'b', params: { units: 3 }, position: { x: 240, y: 0 } },
        ],
        edges: [{ from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } }],
      });
    },
  },
};

describe('migrations', () => {
  it('lead without a gap to the version of today, one file each, named by date', () => {
    expect(migrations.map(({ from }) => from)).toEqual([...Array(DOCUMENT_VERSION).keys()]);
    const files = readdirSync(new URL('../../../../shared/graph/migrations', import.meta.url));
    const dated = files.filter((file) => /^\d{4}-\d\d-\d\d-[a-z-]+\.ts$/.test(file));
    expect(dated.length).toBe(migrations.length);
    expect(files.length).toBe(migrations.length + 2);
  });

  it.each(migrations.map(({ from }) => from))('version %i is exercised by an old file', (version) => {
    const old = oldFiles[version];
    if (!old) throw new Error(`no file of version ${version} in this test`);
    const result = parseDocument(old.text);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    old.changed(result.value);
  });

  it('leave what is wrong to the schema', () => {
    const result = parseDocument('{"format":"neuroloom","version":0,"nodes":[7],"edges":["nonsense"]}');
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.map(({ data }) => data.path)).toEqual(['nodes[0]', 'edges[0]']);
  });
});
