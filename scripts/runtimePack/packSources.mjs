/**
 * @typedef {object} PackSource the wheel that a platform's TensorFlow CPU pack is made from
 * @property {string} requirement what pip is asked for
 * @property {string} platformTag pip's name of the platform
 * @property {string} file the wheel's name
 * @property {number} bytes its size
 * @property {string} sha256 its hash
 * @property {readonly string[]} libraries files under `tensorflow/` that the pack needs
 */

export const packId = 'tensorflow-cpu';
export const libraryVersion = '2.21.0';
export const packName = `${packId}-${libraryVersion}`;

const linuxLibraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** @type {Readonly<Record<string, PackSource>>} by `<process.platform>-<process.arch>` */
export const packSources = {
  'linux-x64': {
    requirement: `tensorflow-cpu==${libraryVersion}`,
    platformTag: 'manylinux_2_27_x86_64',
    file: 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
    bytes: 274_000_871,
    sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
    libraries: linuxLibraries,
  },
  'linux-arm64': {
    requirement: `tensorflow==${libraryVersion}`,
    platformTag: 'manylinux_2_27_aarch64',
    file: 'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_aarch64.whl',
    bytes: 281_946_471,
    sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
    libraries: linuxLibraries,
  },
  'darwin-arm64': {
    requirement: `tensorflow==${libraryVersion}`,
    platformTag: 'macosx_12_0_arm64',
    file: 'tensorflow-2.21.0-cp312-cp312-macosx_12_0_arm64.whl',
    bytes: 223_488_205,
    sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

/** What of the wheel's headers the addon includes, directly or through others. */
export const headerPrefixes = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
];

/** Entry of the wheel → file in the pack. */
export const licenceEntries = {
  'tensorflow/include/LICENSE': 'licences/tensorflow-LICENSE.txt',
  'tensorflow/THIRD_PARTY_NOTICES.txt': 'licences/tensorflow-THIRD_PARTY_NOTICES.txt',
};
