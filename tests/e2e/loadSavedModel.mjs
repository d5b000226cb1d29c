import { createRequire } from 'node:module';
import process from 'node:process';

/**
 * Loads a SavedModel with TensorFlow's own loader, through the binding of a runtime pack, and prints
 * its probabilities for one image of zeros but for a stroke down the middle: `node loadSavedModel.mjs ADDON DIR`.
 * A process of its own, so that nothing of the app takes part.
 */
const [addonPath, folder] = process.argv.slice(2);
const addon = createRequire(import.meta.url)(addonPath);
const model = addon.loadSavedModel(folder, 'serve');
const image = new Float32Array(28 * 28);
for (let row = 4; row < 24; row++) image.fill(1, row * 28 + 13, row * 28 + 15);
const input = addon.createTensor([1, 28, 28, 1], addon.TF_FLOAT, image);
const [output] = addon.runSavedModel(model, [input], 'image', 'probabilities');
console.log(JSON.stringify({ image: [...image], probabilities: [...addon.tensorDataSync(output.id)] }));
