/**
 * Lines that TensorFlow writes to standard error about its own build and start, whatever its log
 * level is: they say nothing about a run, and would hide what does.
 */
const notices: readonly RegExp[] = [
  /^WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR/,
  // Severity I or W, time, process, source file: `I0000 00:00:1795467933.149300    1357 port.cc:153] …`
  /^[IW]\d{4} [\d:.]+\s+\d+ [\w/.-]+\.(cc|h):\d+\] /,
  /^\d{4}-\d\d-\d\d [\d:.]+: [IW] tensorflow\//,
  /^To enable the following instructions: .*rebuild TensorFlow/,
  // What the allocator adds to its notice that memory ran out.
  /^If the cause is memory fragmentation maybe the environment variable/,
  /^Current allocation summary follows\.$/,
];

/** The allocator's notice that it could not give what an operation asked for: some kernels crash right after it. */
export const isMemoryNotice = (line: string): boolean =>
  /Allocator \(\w+\) ran out of memory trying to allocate/.test(line);

export function isLibraryNotice(line: string): boolean {
  return notices.some((notice) => notice.test(line));
}
