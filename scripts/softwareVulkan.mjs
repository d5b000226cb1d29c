import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a Linux machine's own Vulkan drivers are announced. */
const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/**
 * Environment in which WebGPU finds the graphics card in software (SwiftShader) that comes with
 * Chromium, for tests on a machine without one. Empty where the machine has a driver of its own,
 * which is then what is tested, and where there is no Chromium.
 * @returns {Record<string, string>}
 */
export function softwareVulkanEnvironment() {
  if (process.platform !== 'linux' || driverFolders.some(hasDriver)) return {};
  const folder = chromiumFolders().find(
    (candidate) =>
      existsSync(join(candidate, 'vk_swiftshader_icd.json')) && existsSync(join(candidate, 'libvulkan.so.1')),
  );
  if (folder === undefined) return {};
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { LD_LIBRARY_PATH: libraries, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json') };
}

/** @param {string} folder */
function hasDriver(folder) {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'));
}

function chromiumFolders() {
  const require = createRequire(fileURLToPath(import.meta.url));
  const programs = [process.env.NEUROLOOM_CHROMIUM, require('@playwright/test').chromium.executablePath()];
  const named = programs
    .filter((program) => program !== undefined && program !== '' && existsSync(program))
    .map((program) => dirname(realpathSync(/** @type {string} */ (program))));
  return [...named, '/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'];
}
