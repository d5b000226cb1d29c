const oldest = [20, 19];

/**
 * Whether this Node can run the project: 20.19 or later of 20, or 22 and later.
 * @param {string} version as `process.versions.node`
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Ends the process with a sentence where Node is too old, before anything newer is loaded. */
export function requireSupportedNode() {
  if (isSupportedNode(process.versions.node)) return;
  console.error(
    `Neuroloom needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a current Node from https://nodejs.org (or with nvm: nvm install 22) and start again.',
  );
  process.exit(1);
}
