import { schemaReason } from './schemaReason.ts';

/** What the command line says (ICU messages): its help, its lines, and what was wrong with a command. */
export const commandLineTexts = {
  // Help
  about: 'Wire neural networks as graphs, train them natively, take the model away.',
  'see-help': '(neuroloom --help lists the commands)',
  'exit-codes':
    'Exit codes: {done} done · {input} the input is wrong · {usage} usage · {runtime} the engine failed · {interrupted} interrupted, after a checkpoint',
  'json-note': 'With --json every line of standard output is one JSON object; logs go to standard error.',
  'help-usage': 'Usage:',
  'help-arguments': 'Arguments:',
  'help-options': 'Options:',
  'help-commands': 'Commands:',
  'option-help': 'display help for a command',
  'option-version': 'print the version',
  'option-language': 'language: en or zh (default: that of LANG)',
  'option-json': 'print one JSON object per line',
  'option-data-dir': 'the folder with runs and runtimes (default: the platform’s)',
  'option-engine': 'which engine computes (default: the best that works)',
  'command-help': 'display help for a command',
  'command-templates': 'list the templates, or print one template’s graph as JSON',
  'command-merge':
    'join two versions of a graph that came from one (git’s merge driver); the result replaces <ours>',
  'merge-install':
    'To let git merge graphs, once for each machine and once for each repository:\n  git config --global merge.neuroloom.driver "neuroloom merge %O %A %B %P"\n  echo "*.neuroloom.json merge=neuroloom" >> .gitattributes',
  'merge-done': '{file}: merged.',
  'merge-conflicts':
    '{file}: {count, plural, one {# place was} other {# places were}} changed on both sides. Ours is in the file, which opens as it is; change it where theirs is right, then git add it.',
  'merge-conflict': '  {place}: ours {ours}, theirs {theirs}',
  'merge-kept':
    '  {place}: removed by {side, select, ours {us, changed by them} other {them, changed by us}}; it is still there: {value}',
  'merge-side': '{file}, {side, select, base {as it was before} ours {our version} other {their version}},',
  'command-validate': 'print the problems of a graph: place, both shapes, fix',
  'option-explain': 'also print what each stage of the compiler makes of the graph (starts the engine)',
  'command-train': 'train a graph: a .neuroloom.json file or the id of a template',
  'option-epochs': 'times that all training samples are seen',
  'option-steps': 'end after this many steps of the whole run',
  'option-seed': 'seed of weights, order and dropout',
  'option-set': 'change a parameter of a node (or training.…), or a variable; may be repeated',
  'option-train-out': 'put the run into this folder, which must be empty or new',
  'option-init':
    'begin with the weights of this run (folder or id) or .safetensors file, wherever names and shapes agree',
  'option-resume': 'go on with the run in this folder (or with this id) from its newest checkpoint',
  'command-evaluate': 'metrics and confusion matrix of a run (its folder or id)',
  'option-data': 'which samples',
  'command-predict': 'the network’s answers to samples in files',
  'option-input': 'PNG pictures, JSON files or tables, see below',
  'predict-files':
    'A PNG is a picture of a digit, dark on light or light on dark, of any size up to {side}×{side}.\nA JSON file holds the numbers of one or more samples, nested or flat: for MNIST 28×28 numbers from 0 (black)\nto 1 (white), either alone or by port: {example}.\nA table (CSV) is for a network that was trained on one: its columns are found by name and normalised as they were then.\nA JPEG or PNG for a network that was trained on a folder of pictures is brought into their size and form.',
  'command-sample': 'new text of a language model, or new images of a generator (a run, by its folder or id)',
  'option-prompt': 'text to go on with (default: a new line)',
  'option-length': 'characters to write',
  'option-temperature': '0 always takes the likeliest character, 1 draws as the network says',
  'option-top-k': 'draw from so many of the likeliest only (0: from all)',
  'option-count': 'images to make',
  'option-class': 'number of the class of all images (default: each in turn)',
  'option-sample-steps': 'steps in which diffusion takes the noise away',
  'option-sample-seed': 'the same seed makes the same text or images',
  'option-sample-out': 'PNG file for the images',
  'command-export': 'write a run’s network for other programs',
  'option-to': 'format',
  'option-export-out': 'folder (savedmodel) or file (safetensors) to write',
  'command-runtimes': 'the engines of this machine: list them, install, verify, remove or choose one',
  'argument-runtimes-action':
    'list what there is; install, verify or remove a pack; import one from a file; use an engine; clean up unused packs and downloads',
  'argument-runtimes-target':
    'a pack (tensorflow-cpu, tensorflow-cuda), a file for import, or an engine for use (auto picks the best)',
  'option-manifest':
    'install what this JSON file pins (address, size, SHA-256 for each platform) in place of the release’s own list',
  'command-serve': 'the app in a browser: prints its address and serves until Ctrl+C',
  'option-port': 'port (default: a free one)',
  'option-host': 'address to listen on (default: 127.0.0.1)',
  'option-token': 'token of the address, 22 characters or more (default: a new one)',
  'option-root': 'folder whose files the page may open and save (default: the home folder)',
  'expects-integer-from': 'A whole number from {from} is expected.',
  'expects-number': 'A number from {from} to {to} is expected.',
  'expects-integer': 'A whole number from {from} to {to} is expected.',

  // Usage
  'train-what': 'train needs a graph (a file or a template id), or --resume with the folder of a run.',
  'resume-alone':
    '--resume goes on with the graph, seed and folder of its run: leave out --out, --set, --seed and --init.',
  'import-what': 'runtimes import needs the file of a pack (.tar.gz or .zip).',
  'which-pack': 'Name a pack: {packs}.',
  'which-runtime': 'Name an engine: {runtimes}.',
  'set-form':
    '--set {assignment}: write it as node.param=value, e.g. adam.learningRate=0.001, or variable=value, e.g. width=64',
  'table-unreadable': '{file}: {detail}',
  'table-columns-missing': '{file} lacks columns that this network needs: {columns}.',

  // Input
  'neither-file-nor-template':
    '“{source}” is neither a file that can be read nor a template ({templates}).{detail, select, none {} other { {detail}}}',
  'graph-unreadable': '{source} cannot be read as a graph.',
  'graph-not-trainable': 'The graph cannot be trained.',
  'unknown-node': '--set {assignment}: there is no node “{node}”. The nodes are: {nodes}',
  'unknown-param': '--set {assignment}: {node} has no “{param}”. It has: {params}',
  'invalid-param': `--set {assignment}: ${schemaReason}`,
  'unknown-variable':
    '--set {assignment}: the graph has no variable “{name}”. It has: {variables, select, none {none} other {{variables}}}',
  'invalid-variable': '--set {assignment}: {reason}',
  'unknown-template': 'There is no template “{id}”. There are: {templates}',
  'run-not-found': '“{text}” is neither the folder of a run (there is no run.json in it) nor the id of one.',
  'run-damaged': '{path} is damaged: {detail}',
  'run-graph-outdated': 'The graph of this run has problems; it was made by another version.',
  'file-unreadable': '{file} cannot be read: {detail}',
  'network-without-input': 'The network has no input.',
  'network-makes-nothing':
    'This network only answers: it makes neither text nor images. Use predict, or train a language model or a generator.',
  'picture-not-written': '{path} cannot be written: {detail}',
  'network-without-prediction': 'The network has no prediction.',
  'picture-unreadable':
    '{file} cannot be read: {fault, select, empty {it is empty} cut_off {it ends too early} too_large {it has more pixels than are read} unsupported {it is a kind of JPEG or PNG that is not read, CMYK for instance} other {it is no JPEG or PNG, or damaged}}. ({detail})',
  'png-not-fitting':
    '{file}: this network does not take images of 28×28.{shape, select, none {} other { It takes {shape}.}}',
  'png-empty': '{file}: the picture is empty.',
  'png-cut-off': '{file} is cut off: it is no whole PNG.',
  'png-size': '{file} says it is {width}×{height} pixels; 1 to {side} a side can be read.',
  'png-unreadable': '{file} cannot be read as a PNG: {detail}',
  'input-not-json': '{file} is neither a PNG picture nor JSON: {detail}',
  'input-port-unknown': '{file}: there is no input “{port}”. The inputs are: {ports}',
  'input-count': '{file}: “{port}” has {count} numbers; a sample of {shape} has {size}.',
  'input-not-numbers': '{file}: “{port}” holds something that is not a number.',

  // The engine
  'engine-missing': 'The engine is not built: {path} is missing. Run “npm run setup”.',
  'engine-unavailable': 'The engine “{engine}” is not available; {label} would be. {notes}',
  'engine-not-started': 'The engine could not be started.',

  // Results
  'problem-line':
    '{severity, select, error {error} warning {warning} other {{severity}}}{place, select, none {} other { at {place}}}: {problem}{fix, select, none {} other { [fix: {fix}]}}',
  'template-line': '{id} {title}: {description} ({goal})',
  'can-train':
    '{source} can be trained: {nodes, plural, one {# node} other {# nodes}}, {parameters, plural, one {# parameter} other {# parameters}}.',
  'cannot-train': '{source} cannot be trained: {count, plural, one {# problem} other {# problems}}.',
  'explain-plan':
    'Plan: {nodes, plural, one {# node} other {# nodes}} in the order in which they run, batches of {batchSize, number}',
  'explain-node': 'node',
  'explain-kind': 'kind',
  'explain-output': 'output',
  'explain-weights': 'weights',
  'explain-activations': 'per batch',
  'explain-scope': '{optimizer} trains {nodes}',
  'explain-programs': 'Programs for {runtime} ({device})',
  'explain-no-programs': 'none: this engine runs the nodes’ operations one by one',
  'explain-program':
    '{name}: {recorded, plural, one {# operation} other {# operations}} recorded in {recordMs, number} ms; {executed, number} run after TensorFlow’s optimiser; first run {firstRunMs, number} ms',
  'explain-recorded': 'recorded: {operations}',
  'explain-executed': 'run:      {operations}',
  'explain-fused': 'fused and in place: {operations}',
  'explain-times': 'time:     {total} ms in one run, most of it in {operations}',
  'explain-execution':
    'Run with TensorFlow’s optimiser {grappler, select, true {on} other {off}}, XLA {xla, select, true {on} other {off}}, operations {thread, select, true {one after the other} other {several at a time}} ({chosen, select, remembered {fastest in an earlier run} measured {fastest in trial steps} other {the engine’s own choice; a long run tries the others first}})',
  'explain-memory':
    'Memory of a training step, at the least: {total} = weights {weights} + optimiser {slots} + gradients {gradients} + activations {activations}',
  'last-checkpoint': '{message} The last checkpoint is of step {step, number}.',
  'run-folder': 'run folder {path}',
  stopping: 'stopping after this step, with a checkpoint…',
  interrupted: 'interrupted at step {step, number}; go on with: neuroloom train --resume {path}',
  done: 'done: {steps, plural, one {# step} other {# steps}} · {pace} ms/step · {split, select, test {test} other {train}} {metrics}',
  progress:
    'epoch {epoch}/{epochs} · step {step, number}/{steps, number} · {pace} ms/step{left, select, none {} other { · {left} left}} · {metrics}',
  seconds: '{seconds} s',
  minutes: '{minutes} min {seconds} s',
  'whole-line': '{split} epoch {epoch} step {step} {metrics}',
  evaluated: '{split}, {count, plural, one {# sample} other {# samples}}: {metrics}',
  'started-from':
    'started from {path}: {taken, plural, one {# weight} other {# weights}} taken over, {fresh} begun anew, {left} of the source not used',
  sampling: 'taking noise away: step {step} of {steps}',
  sampled: '{count, plural, one {# image} other {# images}} in {path}',
  'matrix-axes': 'rows: true class, columns: predicted class',
  exported:
    '{path}: {files, plural, one {# file} other {# files}}, {bytes, plural, one {# byte} other {# bytes}}',
  'answer-probability': '{label} ({percent} %)',
  'answer-score': '{label} (score {score})',
  'pack-line':
    '{id} {version} ({platform} {arch}, {size}) in {path}{shadowed, select, true { · not in use: the one above comes first} other {}}',
  'pack-available':
    '{id} {version} can be installed: {how, select, download {download of {size}} other {built here from the package index}}',
  'disk-use': 'disk: packs {packs} · unused {unused} · runs {runs} · caches {caches} · free {free}',
  'pack-progress':
    '{phase, select, prepare {preparing} download {downloading} check {checking} unpack {unpacking} build {compiling} try {trying it out} other {{phase}}}{amount, select, none {} other { {amount}}}',
  'pack-installed': 'installed {id} in {path}',
  'pack-verified':
    '{id} in {path}: {files, plural, one {# file} other {# files}} as the manifest says, and it computes',
  freed: 'freed {size}',
  'in-use': 'in use: {id}: {label} · {device}',
} as const;
