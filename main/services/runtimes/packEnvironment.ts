import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What a process needs in its environment from its start to compute with the CUDA packs in
 * `packPaths`: the loader reads the library path only then. A pack's own `lib` is not in it: each
 * addon finds its TensorFlow beside itself, and must not find another pack's.
 */
export function packEnvironment(
  packPaths: readonly string[],
  present: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const libraries = packPaths.flatMap((pack) =>
    folders(join(pack, 'nvidia'))
      .map((name) => join(pack, 'nvidia', name, 'lib'))
      .filter((folder) => existsSync(folder)),
  );
  if (libraries.length === 0) return {};
  const variable = process.platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH';
  const path = [...libraries, present[variable]].filter(Boolean).join(delimiter);
  const compiler = packPaths
    .map((pack) => join(pack, 'nvidia', 'cuda_nvcc'))
    .find((folder) => existsSync(folder));
  const flags =
    compiler && [present.XLA_FLAGS, `--xla_gpu_cuda_data_dir=${compiler}`].filter(Boolean).join(' ');
  return { [variable]: path, ...(flags && { XLA_FLAGS: flags }) };
}

const folders = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];
