/** What became of the engine after it ended, and what to do; it follows the reason. */
const afterExit =
  '{next, select, restarted { It was started again: resume the run to go on from its last checkpoint.} failed { It ended {times} times in five minutes and was not started again: restart it from the engine badge, or choose another engine.} stopped { The engine is not running. Restart it from the engine badge.} other {}}';

/** Why a run, an engine or a call of the engine ended early (ICU messages): what it is, then what to do. */
export const failureTexts = {
  // The graph
  'graph-not-ready':
    'The graph cannot be trained: {total} problem(s), the first is "{first}"{node, select, none {} other { at {node}}}. Mend what the Problems panel lists.',
  'no-prediction': 'The graph has no loss, so nothing is predicted. Add one.',
  'computed-target':
    'This network compares its answer with a value that it computes itself, so there are no samples to show. Its loss is among the curves; wire the loss to the data node to see samples.',
  'no-network-input': 'The network has no input. Connect it to a data node.',
  'no-language-model':
    'This network does not go on with a text: it must guess the next character of a text from those before. Train a language model, such as the template “GPT writes Moby Dick”.',
  'no-generator':
    'This network makes no images: it must turn noise into an image, or guess the noise in one. Train a generator, such as the template “Digits on demand (GAN)”.',
  'monitor-unknown':
    'Early stopping watches "{monitor}", which this graph does not measure. It has: {known}. Choose one of these.',
  'checkpoint-of-another-network':
    'The checkpoint is of another network: {weight} is {found} in it and {expected} in the graph. Start a new run.',

  'no-weight-fits':
    'No weight of {path} has the name and shape of one of this graph. Start from a run of a network with the same nodes, or from weights of its own.',

  // Data
  'input-shape':
    'The input "{port}" has shape {shape} with {values} values; {expected} is expected. Give it that shape.',
  'no-input': 'No input was given. This network takes one of: {ports}. Give it one.',
  'unknown-characters':
    'The network does not know {characters}: they are not in the text that it has learnt from. Leave them out.',
  'class-unknown': 'There is no class {wanted}. Ask for one from 0 to {classes}.',
  'training-split-empty': 'The training split is empty. Hold out fewer samples.',
  'validation-split-empty':
    'Early stopping watches the validation split, which is empty. Hold out some samples, or switch it off.',
  'batch-larger-than-data':
    'A batch is to have {batchSize} samples, but there are only {count} to train on. Choose a smaller batch size.',
  'data-shape':
    'The samples at “{port}” have the shape {found}; the data node says {expected}. Choose the right file, or correct the data node.',
  'label-out-of-range':
    'Sample {sample} of the {split} split has the label {value} at “{port}”, but there are only the classes 0 to {classes, plural, offset:1 one {#} other {#}}. Correct the data.',
  'value-not-finite':
    'Sample {sample} of the {split} split has a value at “{port}” that is missing or no number ({value}). Fill the gap, or leave the sample out.',
  'data-file-unusable':
    'The data file {path} cannot be used: {why, select, opening {it cannot be opened} reading {it cannot be read} changed {it changed while it was read} size {it has {found} bytes, {expected} were expected} shape {its shape is {found}, {expected} was expected} other {it does not begin like an IDX file of bytes}}. Install the data again (npm run setup).',
  'no-dataset': 'The graph has no dataset. Add one.',
  'datasets-do-not-pair':
    'The datasets do not pair up: {first} has {expected} {split} samples, {second} has {found}. Use datasets of the same size.',
  'own-data-not-read': 'The file of a data node was not read when this run began. Start a new run.',
  'own-data-missing':
    'The data of this run, “{path}”, is not there any more or may not be read. Put it back, or start a new run with other data.',
  'own-data-changed':
    'The data of this run, “{path}”, has changed since the run began, so its splits and means would not be those it was trained with. Put the old data back, or start a new run.',
  'pictures-damaged':
    '{count, plural, one {“{path}” is damaged ({detail})} other {# pictures are damaged, “{path}” for instance ({detail})}}. Start again to train without {count, plural, one {it} other {them}}; the Data panel lists what is left out.',
  'pictures-no-room':
    'The prepared pictures take {bytes, number} bytes in {path}, where {free, number} are free. Make room, or choose a smaller width and height.',
  'pictures-not-kept':
    'The prepared pictures cannot be kept in {path}: {detail}. Check the disk, then start again.',
  'loader-unknown': 'There is no loader "{loader}" in this version. Update the app, or use another dataset.',
  'label-not-a-digit': 'A label in {path} is not a digit. Install the data again (npm run setup).',
  'whole-graph-batch':
    'A sample of this dataset is a whole graph, and a batch of {size} was asked for. Set the batch size to 1.',
  'mnist-missing':
    'The MNIST images are not installed{path, select, none {} other { in {path}}}. Run npm run setup.',

  // Numbers
  'loss-not-finite':
    'The loss is {loss} (epoch {epoch}). {what, select, output {The first value that is no number is the output “{name}” of {node}, in step {step}. {step, plural, =1 {No weight had changed by then, so the learning rate is not the cause: look in that node, and in what comes into it, for a division by zero, the root or logarithm of a number that has none, or numbers that grow too large.} other {Lower the learning rate, clip the gradients, or check that node for divisions by zero, and go on from the last checkpoint.}}} gradient {The first value that is no number is the gradient of {name} in {node}, in step {step}. Look there for a place without a finite slope, such as a root or a division at 0, and keep the numbers away from it; where there is none, lower the learning rate. Then go on from the last checkpoint.} weight {The update of step {step} made {name} of {node} infinite. Lower the learning rate or clip the gradients, and go on from the last checkpoint.} other {It happened in step {step}. Lower the learning rate or clip the gradients, and go on from the last checkpoint.}}',

  // Files
  'run-unreadable': 'The run in {path} cannot be read. It may have been deleted; choose another.',
  'run-graph-damaged': '{path} is damaged. Choose another run.',
  'run-damaged':
    'The files of this run are damaged and cannot be read ({detail}). Delete it, or repair {path}.',
  'run-abandoned-early': 'The app ended before this run had a checkpoint. Start it again.',
  'run-abandoned': 'The app ended while this run was training. It can go on from step {step}.',
  'no-weights-to-start-from':
    '{path} has no weights that can be read. Start from another run, or from weights of its own.',
  'no-checkpoint': 'This run has no checkpoint that can be read. Train again, at least for one step.',
  'checkpoints-unreadable': 'None of the checkpoints of this run can be read any more. Start a new run.',
  'best-weights-unreadable':
    'The best weights (step {best}) cannot be read any more. The last ones (step {step}) are in the folder of the run; resume it, or train again.',
  'checkpoint-not-saved':
    'The checkpoint of step {step} could not be saved. {cause, select, full {The disk is full. Free some space, then go on.} denied {The folder cannot be written to. Choose another folder or change its permissions.} other {Check the disk, then go on.}} ({detail})',
  'disk-full': 'The disk is full. Free some space, then go on. ({detail})',
  'folder-not-writable':
    'The folder cannot be written to. Choose another folder or change its permissions. ({detail})',
  'file-not-usable': 'A file could not be read or written. Check the disk, then try again. ({detail})',
  'export-in-the-way':
    '{path} exists and is not an earlier export of a model. Choose another name, or remove it first.',
  'saved-model-unavailable':
    '{engine} cannot write a SavedModel. Install the native engine (npm run setup), or export as safetensors.',
  'saved-model-too-large': 'A SavedModel holds at most 2 GB of weights. Export this network as safetensors.',

  // The engine
  'out-of-memory':
    'There is not enough memory for this network. Make the batch or the layers smaller. ({detail})',
  'out-of-memory-at':
    '{why} The outputs of {node} are the largest: {megabytes, number} MB for a batch of {batch, number}. {smallerBatch, plural, =0 {Make its layers smaller.} other {Try a batch of #.}}',
  'memory-forecast':
    'This network needs at least {needed, number} MB of memory to train, and {free, number} MB are free. {node, select, none {} other {The outputs of {node} are the largest: {megabytes, number} MB for a batch of {batch, number}. }}{smallerBatch, plural, =0 {Make its layers smaller.} other {Try a batch of #.}}',
  'engine-error': 'The engine reported an error: {detail}',
  'engine-error-at':
    '{node} could not be computed: {detail}. Check its settings and what comes into it, or report this.',
  'index-beyond':
    '{node} was given the number {index}, but there are only the numbers 0 to {last} there. Make it as large as the data says (vocabulary, classes or rows), or correct the data.',
  'gpu-lost':
    'The graphics card was lost: its driver was reset or the card was taken away{detail, select, none {} other { ({detail})}}. Restart the engine and go on from the last checkpoint, or choose another engine.',
  'unknown-engine-method':
    'The engine has no method "{method}". Restart the app, so that both are the same version.',
  'engine-input-invalid': '"{method}" was asked with a wrong input: {detail}. Correct it and try again.',
  'run-in-progress': 'A run is in progress already. Stop it first, or wait for its end.',
  'run-not-in-progress': 'This run is not in progress any more. Resume it, or start a new one.',
  'run-being-prepared': 'The run is still being prepared. Try again in a moment.',
  'engine-ended': 'The engine was ended. Start the run again to go on from its last checkpoint.',
  'run-ended-unexplained': 'The run ended without a reason. Look at its folder, then start it again.',
  'engine-not-running': 'The engine is not running. Restart it from the engine badge.',
  'engine-hung': `The engine gave no sign of life any more and was ended.${afterExit}`,
  'engine-out-of-memory': `The engine ran out of memory. Make the batch or the layers smaller.${afterExit}`,
  'engine-took-memory': `The system ended the engine, which used {percent} % of the memory. Make the batch or the layers smaller.${afterExit}`,
  'engine-killed': `The engine was killed from outside.${afterExit}`,
  'engine-crashed': `The engine ended unexpectedly with {how}.{detail, select, none {} other { Its last words: {detail}}}${afterExit}`,
} as const;
