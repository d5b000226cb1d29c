/**
 * @typedef {object} WheelSource a file of the package index, pinned
 * @property {string} requirement what pip is asked for
 * @property {string} platformTag pip's name of the platform
 * @property {string} file the wheel's name
 * @property {number} bytes its size
 * @property {string} sha256 its hash
 */

/**
 * @typedef {object} PackSource what a platform's pack is made from
 * @property {WheelSource} wheel TensorFlow's, with headers and libraries
 * @property {readonly string[]} libraries files under `tensorflow/` that the pack needs
 * @property {readonly WheelSource[]} nvidia CUDA's libraries, which TensorFlow loads when it starts
 * @property {number} neededBytes free disk space to build it: wheels, their copies while they come, the unpacked pack
 */

export const libraryVersion = '2.21.0';

/** @typedef {'tensorflow-cpu' | 'tensorflow-cuda'} PackId */
/** @type {readonly PackId[]} */
export const packIds = ['tensorflow-cpu', 'tensorflow-cuda'];

/** @param {PackId} id */
export const packName = (id) => `${id}-${libraryVersion}`;

const linuxLibraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** @type {Readonly<Record<string, PackSource>>} by `<process.platform>-<process.arch>` */
const cpuSources = {
  'linux-x64': {
    wheel: {
      requirement: `tensorflow-cpu==${libraryVersion}`,
      platformTag: 'manylinux_2_27_x86_64',
      file: 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
      bytes: 274_000_871,
      sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
    },
    libraries: linuxLibraries,
    nvidia: [],
    neededBytes: 1.5e9,
  },
  'linux-arm64': {
    wheel: {
      requirement: `tensorflow==${libraryVersion}`,
      platformTag: 'manylinux_2_27_aarch64',
      file: 'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_aarch64.whl',
      bytes: 281_946_471,
      sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
    },
    libraries: linuxLibraries,
    nvidia: [],
    neededBytes: 1.5e9,
  },
  'darwin-arm64': {
    wheel: {
      requirement: `tensorflow==${libraryVersion}`,
      platformTag: 'macosx_12_0_arm64',
      file: 'tensorflow-2.21.0-cp312-cp312-macosx_12_0_arm64.whl',
      bytes: 223_488_205,
      sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
    },
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    nvidia: [],
    neededBytes: 1.5e9,
  },
};

/**
 * @param {string} name
 * @param {string} version
 * @param {string} platformTag
 * @param {number} bytes
 * @param {string} sha256
 * @param {string} [tags] where the wheel's name has more than one
 * @returns {WheelSource}
 */
function nvidiaWheel(name, version, platformTag, bytes, sha256, tags = platformTag) {
  return {
    requirement: `nvidia-${name}-cu12==${version}`,
    platformTag,
    file: `nvidia_${name.replaceAll('-', '_')}_cu12-${version}-py3-none-${tags}.whl`,
    bytes,
    sha256,
  };
}

const manylinux2010 = 'manylinux2010_x86_64.manylinux_2_12_x86_64';
const manylinux2014 = 'manylinux2014_x86_64.manylinux_2_17_x86_64';

/** TensorFlow's own `and-cuda` requirements, as resolved for this version. @type {Readonly<Record<string, PackSource>>} */
const cudaSources = {
  'linux-x64': {
    wheel: {
      requirement: `tensorflow==${libraryVersion}`,
      platformTag: 'manylinux_2_27_x86_64',
      file: 'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
      bytes: 572_611_111,
      sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
    },
    libraries: linuxLibraries,
    nvidia: [
      nvidiaWheel(
        'cublas',
        '12.9.3.13',
        'manylinux_2_27_x86_64',
        581_217_458,
        'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
      ),
      nvidiaWheel(
        'cuda-cupti',
        '12.9.79',
        'manylinux_2_25_x86_64',
        10_814_997,
        '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
      ),
      nvidiaWheel(
        'cuda-nvcc',
        '12.9.86',
        'manylinux2010_x86_64',
        40_546_229,
        '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
        manylinux2010,
      ),
      nvidiaWheel(
        'cuda-nvrtc',
        '12.9.86',
        'manylinux2010_x86_64',
        89_568_129,
        '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
        manylinux2010,
      ),
      nvidiaWheel(
        'cuda-runtime',
        '12.9.79',
        'manylinux2014_x86_64',
        3_493_179,
        '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
        manylinux2014,
      ),
      nvidiaWheel(
        'cudnn',
        '9.28.0.42',
        'manylinux_2_27_x86_64',
        716_538_495,
        '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
      ),
      nvidiaWheel(
        'cufft',
        '11.4.1.4',
        'manylinux2014_x86_64',
        200_877_592,
        'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
        manylinux2014,
      ),
      nvidiaWheel(
        'curand',
        '10.3.10.19',
        'manylinux_2_27_x86_64',
        68_295_626,
        '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
      ),
      nvidiaWheel(
        'cusolver',
        '11.7.5.82',
        'manylinux_2_27_x86_64',
        338_117_415,
        '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
      ),
      nvidiaWheel(
        'cusparse',
        '12.5.10.65',
        'manylinux2014_x86_64',
        366_465_088,
        '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
        manylinux2014,
      ),
      nvidiaWheel(
        'nccl',
        '2.32.3',
        'manylinux_2_27_x86_64',
        351_526_311,
        'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
      ),
      nvidiaWheel(
        'nvjitlink',
        '12.9.86',
        'manylinux2010_x86_64',
        39_748_338,
        'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
        manylinux2010,
      ),
    ],
    neededBytes: 12e9,
  },
};

/** @type {Readonly<Record<PackId, Readonly<Record<string, PackSource>>>>} */
const sources = { 'tensorflow-cpu': cpuSources, 'tensorflow-cuda': cudaSources };

/**
 * What the pack of a platform is made from; undefined where there is none.
 * @param {PackId} id
 * @param {string} platform `<process.platform>-<process.arch>`
 */
export const findPackSource = (id, platform) => sources[id][platform];

/** What of the wheel's headers the addon includes, directly or through others. */
export const headerPrefixes = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/tsl/platform/platform.h',
  'tensorflow/include/xla/tsl/c/',
];

/** Entry of TensorFlow's wheel → file in the pack. */
const licenceEntries = {
  'tensorflow/include/LICENSE': 'licences/tensorflow-LICENSE.txt',
  'tensorflow/THIRD_PARTY_NOTICES.txt': 'licences/tensorflow-THIRD_PARTY_NOTICES.txt',
};

/**
 * What of TensorFlow's wheel goes into the pack: entry → file.
 * @param {PackSource} source
 */
export function tensorflowEntries(source) {
  const libraries = source.libraries.map(
    (name) => /** @type {const} */ ([`tensorflow/${name}`, `lib/${name}`]),
  );
  return new Map([...libraries, ...Object.entries(licenceEntries)]);
}

/**
 * Where an entry of an NVIDIA wheel goes in the pack; null where it is not needed: headers, static
 * libraries and Python are left out, the compiler's programs and device code are kept, for XLA.
 * @param {string} entry
 * @param {string} wheelFile
 */
export function nvidiaTarget(entry, wheelFile) {
  if (/^nvidia\/[^/]+\/lib\/[^/]+\.so(\.\d+)*$/.test(entry)) return entry;
  if (/^nvidia\/cuda_nvcc\/(bin|nvvm)\/.+/.test(entry) && !entry.endsWith('.h')) return entry;
  if (/\.dist-info\/(licenses\/)?License\.txt$/i.test(entry)) {
    return `licences/${wheelFile.split('-')[0]}-License.txt`;
  }
  return null;
}
