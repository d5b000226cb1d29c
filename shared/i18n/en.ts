import { failureTexts } from './failureTexts.ts';
import { runtimeNoteTexts } from './runtimeNoteTexts.ts';
import { schemaReason } from './schemaReason.ts';

/**
 * English texts that do not belong to one node type, as ICU messages. Each problem says what it is,
 * then what to do; `{node}` is the title of the node it stands on.
 */
export const en = {
  problems: {
    // Reading a file
    'file-empty': 'The file is empty. Choose another file, or save your work over it.',
    'json-broken':
      'The file is not valid JSON at line {line}, column {column}: {reason, select, end {the text ends too early} value {expected a value} key {expected a key in quotes} colon {expected a colon} comma {expected a comma or the end of the list} string {a text in quotes is not closed} escape {a backslash is followed by something unknown} extra {there is more after the end} depth {it is nested too deeply} other {it cannot be read}}. Mend that place in a text editor.',
    'not-a-document':
      'This is JSON, but not a Neuroloom graph. Choose a file that was saved by Neuroloom ("format": "neuroloom").',
    'version-missing':
      'The file does not say a valid version (line {line}). Set "version" to a whole number.',
    'newer-version':
      'The file was saved by a newer Neuroloom (version {version} of the format; this one reads up to {supported}). Update Neuroloom to open it.',
    'document-invalid': `Line {line}, column {column}: {path} is not right: ${schemaReason}. Correct it in a text editor.`,
    'file-too-large':
      'It has {size, number} MB; a graph has at most {limit, number} MB. Choose a graph that Neuroloom saved.',
    'file-not-a-graph':
      'It is not a graph. Choose a graph that Neuroloom saved, or a picture exported with its graph.',
    'file-is-table':
      'It is a table, not a graph. To train on it, add the node “CSV file” and choose the table there.',
    'file-not-text':
      'It is not text. Choose a graph that Neuroloom saved, or a picture exported with its graph.',
    'file-unreadable': 'It could not be read to the end. Check that it is still there and is a graph.',
    'picture-without-graph':
      'The picture holds no graph. Only pictures that Neuroloom exported have their graph in them, as long as no other program wrote them anew.',
    'document-too-large':
      'The graph has {nodes, number} nodes; up to {limit, number} can be opened. Put what repeats into a block.',
    'forbidden-key':
      'Line {line}, column {column}: the key “{path}” is not allowed in a graph. Remove it in a text editor.',
    'duplicate-node-id':
      'Two nodes have the id “{id}”{line, plural, =0 {} other { (line #)}}. Give one of them another id.',
    'duplicate-variable':
      'Two variables have the name “{name}”{line, plural, =0 {} other { (line #)}}. Give one of them another name.',
    'duplicate-edge':
      'The wire {id} is there twice{line, plural, =0 {} other { (line #)}}. Remove one of them.',
    'clipboard-not-a-graph': 'The clipboard holds no nodes. Copy some nodes first.',

    // Wires
    'node-not-found': 'There is no node “{id}” any more. Undo, or choose another node.',
    'edge-not-found': 'The wire {id} is not there any more. Choose another wire.',
    'edge-to-nowhere': 'A wire leads to “{id}”, which is not in the graph. Remove the wire.',
    'port-not-found': '{node} has no port “{port}”. Remove the wire, or connect another port.',
    'port-occupied': 'The input “{port}” of {node} takes one wire and has one. Remove a wire.',
    'wire-to-itself': '{from} cannot feed itself. Connect it to another node.',
    'output-to-output': 'Both ends are outputs. Draw the wire to an input of {to}.',
    'input-to-input': 'Both ends are inputs. Draw the wire from an output.',
    'wrong-direction': 'The wire runs from an input to an output. Draw it the other way round.',
    'already-connected': 'This wire is there already. Connect other ports.',
    'too-many-wire-points':
      'A wire can be led through {most} points at most. Take one of its points away first.',
    'would-close-cycle':
      'This would close a cycle: {from} already depends on {to}. Connect a node that comes later.',
    'type-mismatch':
      'A {received} does not fit into {to}. Expects a {expected}, received a {received} from {from}. Connect another output.',
    'dtype-mismatch':
      '{to} takes other numbers. Expects {expected}, received {received} ({shape}) from {from}. Connect another output.',
    'output-unavailable':
      '{from} gives nothing at “{output}” with its present settings, only at {given}. Change them, or connect another output.',
    cycle: 'The wires go round in a circle: {members}. Remove one of them.',

    // Shapes
    'needs-flat-input': 'Needs a flat input. Expects {expected}, received {received}.',
    'needs-image-input':
      'Needs an image: height, width, channels. Expects {expected}, received {received}. Place it before the image is flattened.',
    'needs-sequence-input':
      'Needs a sequence: features at each step. Expects {expected}, received {received}. Connect a sequence, e.g. through an Embedding.',
    'vocabulary-unknown': 'How many tokens there are is not known from the data. Set the vocabulary.',
    'vocabulary-too-small':
      'The data has {known, number} different numbers, and the vocabulary only {given, number}. Make it larger, or 0 to take it from the data.',
    'rows-too-few':
      'The numbers ask for {known, number} rows. Expects {expected}, received {received}. Connect a table with as many.',
    'needs-edge-list':
      'Needs the edges of a graph: two node numbers in each row. Expects {expected}, received {received}. Connect the edges of a graph data node.',
    'width-does-not-divide':
      '{received} cannot be divided into {parts} equal parts. Choose a number of parts that divides {width}.',
    'needs-series-input':
      'Needs a series: steps, features. Expects {expected}, received {received}. Connect a series.',
    'needs-volume-input':
      'Needs a volume: depth, height, width, channels. Expects {expected}, received {received}. Connect a volume or a film.',
    'needs-places-input':
      'Needs a series, an image or a volume: sizes that are known between the batch and the channels. Expects {expected}, received {received}. Place it before they are flattened.',
    'needs-film-input':
      'Needs a film: steps, height, width, channels. Expects {expected}, received {received}. Connect a film.',
    'groups-do-not-fit':
      '{groups} groups divide neither or only one of {channels} channels and {filters} filters ({received}). Choose a number that divides both.',
    'groups-do-not-divide':
      '{groups} groups do not divide the {channels} channels of {received}. Choose a number that does.',
    'pool-larger-than-input':
      'The result of {size} would be larger than the input {received}. Choose a smaller size.',
    'block-does-not-divide':
      'A block of {block} does not divide this input. Expects {expected}, received {received}. Choose another block.',
    'mirror-too-wide':
      'The border is wider than {received} can be mirrored. Make it narrower, or fill it with a number.',
    'nothing-left':
      'Cutting off {before} before and {after} after leaves nothing of {received}. Cut off less.',
    'needs-channels':
      'Needs at least a batch and a channel axis. Expects {expected}, received {received}. Connect another output.',
    'needs-known-size': 'Needs known sizes. Expects {expected}, received {received}. Connect another output.',
    'weights-do-not-fit':
      'The weights do not fit. Expects {expected} or its first axes, received {received}. Connect others.',
    'confusion-classes':
      'A confusion matrix of {classes, number} classes is too large; {limit, number} is the most. Use accuracy or recall.',
    'class-weights-count':
      'There are {count, plural, one {# class weight} other {# class weights}} for {classes, plural, one {# class} other {# classes}}. Give one for each class, or none.',
    'ctc-steps':
      '{labels} labels do not fit into {steps} steps, or there are more than {limit} steps. Use more steps than labels and at most {limit}.',
    'ctc-blank':
      'The blank is class {blank}, but there are {classes} classes, counted from 0. Choose another.',
    'needs-class-labels':
      'Needs one class index for each sample. Expects {expected}, received {received}. Connect the labels.',
    'window-too-large':
      'The {window} window does not fit into the input. Expects {expected}, received {received}. Choose a smaller window, or padding “same”.',
    'kernel-spread-too-large':
      'Spread out by the dilation, filters of {window} take {count, number} numbers; {limit, number} is the most. Make the dilation or the kernel smaller.',
    'shapes-differ':
      'The shapes differ. Expects {expected}, received {received}. Bring both to the same shape.',
    'class-count-mismatch':
      'The data has {classes, plural, one {# class} other {# classes}}. Expects {expected}, received {received}. Give the last layer {classes, plural, one {# unit} other {# units}}.',
    'axis-not-available':
      'There is no axis {axis} to use in {received}{first, plural, =0 {} other {: axis 0 is the batch}}. Choose −1 or an axis from {first} to {last}.',
    'needs-shape':
      'Needs another form of input. Expects {expected}, received {received}. Connect another output, or reshape it first.',
    'sorts-differ':
      'Both must be numbers of one sort. Expects {expected}, received {received}. Insert a Cast.',
    'reshape-count':
      'A sample of {received} has {count, number} numbers, which do not fit into {expected}. Change the shape.',
    'order-incomplete':
      'The order {order} does not name every axis of {received} once. Name the axes 1 to {count}, each once.',
    'axis-not-one': 'Axis {axis} of {received} has {size} places, not one. Choose an axis of size 1.',
    'slice-outside':
      '{count, plural, =-1 {All places} one {# place} other {# places}} from {start} on are not within the {size} of the axis ({received}). Change the start or the count.',
    'not-divisible':
      'The axis of {size} in {received} cannot be cut into {parts} equal parts. Choose a number of parts that divides it.',
    'fewer-than-k':
      'The last axis of {received} has {width} numbers, fewer than k = {k}. Choose a smaller k.',
    'one-hot-classes':
      'The data has {classes, plural, one {# class} other {# classes}}, but the rows have {given}. Give the rows as many.',
    'limits-reversed': 'The smallest, {min}, is not below the largest, {max}. Change one of them.',
    'second-input-missing': '{node} needs a second input for “{operation}”. Connect it.',
    'einsum-unreadable':
      'The equation {equation} cannot be read. Write letters for the axes of one or two inputs, e.g. bij,bjk->bik.',
    'einsum-operands':
      'The equation {equation} is for {wanted, plural, one {# input} other {# inputs}}, but {count} {count, plural, one {is} other {are}} connected. Connect as many, or change the equation.',
    'graphs-half-told':
      '{node} must know which graph each node belongs to and how many graphs there are, but only one of the two is connected. Connect the other as well, or neither for a single graph.',
    'expression-unreadable':
      'The formula is not right at character {at}: {reason, select, end {it ends too early} character {“{found}” is no part of a formula} value {a number or an input must stand before “{found}”} operator {an operator must stand before “{found}”} bracket {a bracket is not closed before “{found}”} function {there is no function “{found}”} arguments {“{found}” has the wrong number of arguments} depth {it is nested too deeply} size {{found} is larger than a number can be} other {it cannot be read}}. Correct it.',
    'expression-input-missing':
      'The formula uses the input {name} at character {at}, but nothing is connected to it. Connect it.',
    'expression-name-unknown':
      'The formula names “{name}” at character {at}, which is no input. Use a, b, c or d.',
    'expression-not-finite':
      'The formula {byZero, select, true {divides by zero} other {gives no finite number by “{found}”}} at character {at}, whatever comes in. Correct it.',
    'single-value': 'Only one wire comes in, so nothing is combined. Connect a second one.',
    'softmax-twice':
      'The loss applies softmax itself, and its input has been through one already: training will be slow. Set the activation to linear.',

    // People's own data
    'no-file-chosen': '{node} has no data yet. Choose a file or folder.',
    'data-not-read': '“{path}” has not been looked at yet. Wait a moment, or choose it again.',
    'data-not-allowed':
      'The graph names “{path}”, which you have not picked. It is read only after you choose it yourself.',
    'data-file-missing': '“{path}” is not there. It may have been moved or renamed: choose it again.',
    'data-not-permitted':
      '“{path}” may not be read: permission denied. Change its permissions, or choose another.',
    'data-wrong-kind':
      '“{path}” is {wanted, select, folder {a file, but a folder is needed} other {a folder, but a file is needed}}. Choose another.',
    'data-file-too-large':
      'The file has {bytes, number} bytes, more than the {limit, number} that can be read. Choose a smaller one, or take a part of it.',
    'data-unreadable': '“{path}” could not be read: {detail}. Try again, or choose another.',
    'csv-empty': 'The file has no rows. Choose another file.',
    'csv-one-row': 'The file has only one row, and no network learns from one. Choose another file.',
    'csv-not-text':
      'This is no text, so it is no table of this kind. Save it as CSV in the program it comes from.',
    'csv-malformed':
      'The table cannot be read at line {line}: {reason, select, quote {a quote is opened and never closed} long {one row would be longer than 16 MB, so a quote may be open} other {{detail}}}. Mend that line, or set the quotes to none.',
    'csv-too-wide':
      'Line {line} has {columns, number} columns, more than the {limit, number} that a table may have. Leave out columns, or check the delimiter.',
    'csv-ragged':
      'Line {line} has {found, plural, one {# cell} other {# cells}}, but the table has {expected, plural, one {# column} other {# columns}}. Mend that line, or leave out rows with missing values.',
    'csv-column-unknown': 'There is no column “{column}”. The table has: {columns}. Choose one of these.',
    'csv-no-split-column':
      'No column is named that says the split. Name one of these: {columns}; or choose another split.',
    'csv-no-target': 'No column can be predicted. Name one that is a number or a category.',
    'csv-no-features':
      '{columns, plural, =1 {The table has only one column, so there is none to predict it from. Check the delimiter} other {No column is left to predict from. Leave out fewer, correct the type of a column}}, or choose another file.',
    'csv-many-classes':
      '{count} targets are classes; at most {limit} can be. Name fewer, or take some as numbers.',
    'csv-target-too-varied':
      'The target “{column}” has more than {limit, number} different values, too many for classes. Choose another, or take it as a number.',
    'csv-one-class':
      'All rows have the same “{column}” ({value}), so there is nothing to learn. Choose another target.',
    'csv-columns-left-out':
      '{count, plural, one {One column is} other {# columns are}} left out, being text, empty, always the same, or a number of the row: {columns}. Say what type one has to take it in.',
    'csv-rows-left-out':
      '{count, plural, one {One row is} other {# rows are}} left out for missing values. Fill them to keep the rows.',
    'csv-missing-values':
      '“{column}” has {count, plural, one {a missing value} other {# missing values}}, first in line {line}{cell, select, empty {} other { (“{cell}”)}}. Fill them, leave those rows out, or leave out the column.',
    'csv-split-unknown':
      'The split column says “{value}”, which is none of train, validation and test. Correct it, or choose another split.',
    'csv-nothing-left': 'No row is left to train on. Fill missing values, or hold out fewer rows.',
    'csv-too-large':
      '{rows, number} rows of {features, number} features take more memory than the {limit, number} bytes a table may. Leave out columns or rows.',
    'images-none':
      'There is no JPEG or PNG in the folder{others, plural, =0 {} one {, only one file of another kind} other {, only # files of other kinds}}. Choose the folder that holds a folder of pictures for each class.',
    'images-none-readable':
      '{count, plural, one {The only picture cannot be read} other {None of the # pictures can be read}}: “{path}” for instance. Choose another folder.',
    'images-too-many':
      'There are more than {limit, number} pictures or too many files in the folder. Choose one with fewer.',
    'images-too-large':
      '{count, number} pictures of {height}×{width} would take {bytes, number} bytes; at most {limit, number} can be kept. Make width and height smaller.',
    'images-many-classes':
      'There are {count, number} folders with pictures, more classes than the {limit, number} that are possible. Choose the folder that holds the folders of the classes.',
    'images-nothing-left': 'No picture is left to train on. Hold out fewer.',
    'images-broken':
      '{count, plural, one {“{path}” cannot be read and is left out} other {# pictures cannot be read and are left out, “{path}” for instance}}. The Data panel says why; replace or delete them.',
    'images-one-class':
      'All pictures are in one class, “{name}”, so there is nothing to tell apart. Choose {inner, plural, =0 {the folder above} other {“{name}” itself, if the folders in it are the classes}}, or use the pictures alone.',
    'images-nested':
      'Each class has the same folders in it: {inner}. If these are the classes, take the folders around them away, or call those train, validation and test.',
    'images-uneven':
      'The class “{most}” has {mostCount, number} pictures, “{least}” only {leastCount, number}: a network may learn to name the frequent one. Add pictures, or weigh the classes in the loss.',
    'images-outside':
      '{count, plural, one {One picture lies} other {# pictures lie}} beside the folders of the classes and {count, plural, one {is} other {are}} left out. Move {count, plural, one {it} other {them}} into one.',
    'images-links':
      '{count, plural, one {One link in the folder is not followed} other {# links in the folder are not followed}}. Copy what {count, plural, one {it points} other {they point}} to into the folder.',
    'images-other-kinds':
      '{count, plural, one {One file is} other {# files are}} neither JPEG nor PNG and not used. Convert pictures of other formats to use them.',

    // Parameters and sizes
    'param-out-of-range':
      '{label} of {node} is {value}, but must be between {min, number} and {max, number}. Change it.',
    'param-invalid': `{label} of {node} cannot be {value}: ${schemaReason}. Change it.`,
    'param-unknown':
      '{node} has a setting “{param}” that this version does not know. It is kept, but has no effect.',
    'expression-not-readable':
      '{label} of {node} is {expression}, which is not right at character {at}: {reason, select, end {it ends too early} character {“{found}” is no part of an expression} value {a number or a variable must stand before “{found}”} operator {an operator must stand before “{found}”} bracket {a bracket is not closed before “{found}”} function {there is no function “{found}”} arguments {“{found}” has the wrong number of arguments} depth {it is nested too deeply} size {{found} is larger than a number can be} length {it is too long} other {it cannot be read}}. Correct it.',
    'expression-variable-unknown':
      '{label} of {node} is {expression}, but there is no variable “{name}” (character {at}). Add it, or correct the name.',
    'expression-variable-broken':
      '{label} of {node} is {expression}, but the variable “{name}” (character {at}) has no value. Mend the variable.',
    'expression-no-number':
      '{label} of {node} is {expression}, which gives no finite number. Change the expression or its variables.',
    'expression-not-whole':
      '{label} of {node} must be a whole number, but {expression} gives {value, number, ::.######}. Round it, or change the variables.',

    // Variables
    'variable-unreadable':
      'The variable {name} is not right at character {at}: {reason, select, end {it ends too early} character {“{found}” is no part of an expression} value {a number or a variable must stand before “{found}”} operator {an operator must stand before “{found}”} bracket {a bracket is not closed before “{found}”} function {there is no function “{found}”} arguments {“{found}” has the wrong number of arguments} depth {it is nested too deeply} size {{found} is larger than a number can be} length {it is too long} other {it cannot be read}}. Correct it.',
    'variable-names-unknown':
      'The variable {name} uses “{other}” at character {at}, which is no variable. Add it, or correct the name.',
    'variable-names-broken':
      'The variable {name} uses “{other}” at character {at}, which has no value. Mend that one.',
    'variable-cycle':
      'The variable {name} depends on itself at character {at}: {circle}. Give one of them a number.',
    'variable-no-number': 'The variable {name} is {expression}, which gives no finite number. Change it.',
    'variable-name-invalid':
      '“{name}” cannot be the name of a variable. Begin with a letter, go on with letters, digits and _, and take no function’s name.',
    'variable-exists': 'There is a variable “{name}” already. Choose another name.',
    'variable-not-found': 'There is no variable “{name}”. It may have been removed.',
    'variable-value-invalid':
      'The variable {name} needs a finite number, or an expression of at most 1000 characters that begins with =. Change it.',
    'training-setting-unknown':
      'The graph has a training setting “{setting}” that this version does not know. It is kept, but has no effect.',
    'training-setting-invalid': `The training setting “{setting}” is not right: ${schemaReason}. Change it.`,
    'weight-too-large':
      'The {weight} of {node} would have {count, number} numbers; {limit, number} is the most a tensor can hold. Make the layer or its input smaller.',
    'output-too-large':
      '{inside, select, true {Inside, {node} would make} other {The output of {node} would be}} {received}: {count, number} numbers for each sample, and {limit, number} is the most a tensor can hold. Make the layer or its input smaller.',
    'model-too-large':
      'The weights would take {gibibytes} GiB, most of it in {node}; the limit is {limit} GiB. Make that layer smaller.',
    'batch-too-large':
      'One batch of {batchSize} would take {gibibytes} GiB, most of it in {node}; the limit is {limit} GiB. Choose a smaller batch size, or make that layer smaller.',
    'batch-overflows':
      '{inside, select, true {Inside, {node} makes} other {The output of {node} is}} {received}: for a batch of {batchSize} that is {count, number} numbers, and {limit, number} is the most a tensor can hold. Choose a smaller batch size, or make the layer smaller.',
    'nothing-to-train-on': '{node} leaves no sample to train on. Hold out fewer.',
    'batch-above-data':
      'A batch is to have {batchSize} samples, but {node} has only {count} to train on. Choose a smaller batch size.',
    'nesterov-without-momentum': 'Nesterov has no effect without momentum. Set a momentum, or switch it off.',

    // Blocks
    'block-unknown':
      '{node} is an instance of the block “{block}”, which is not in the graph. Choose another block.',
    'block-not-found': 'The block “{block}” is not in the graph any more. Undo, or choose another.',
    'block-of-nothing': 'No nodes are selected. Select those that are to become a block.',
    'not-inside-a-block':
      '{node} cannot be in a block: {role, select, dataset {data} other {an optimiser}} is there once for the whole graph, and a block may be repeated. Leave it outside.',
    'block-would-cycle':
      'These nodes cannot be one block: {node} outside of it lies between them, so that the block would depend on itself. Take that in as well.',
    'block-divides-sharing':
      '{node} shares weights with an instance across the border of the block. Take both in, or neither.',
    'block-port-to-port':
      'An input of the block cannot go straight to an output. Put a node between, e.g. an Identity.',
    'block-output-empty':
      'Nothing inside {node} is connected to its output “{port}”. Open the block and connect it, or remove the port.',
    'block-in-use':
      'The block has {count, plural, one {# instance} other {# instances}}. Remove or unpack them first.',
    'block-unpack-shared':
      '{node} shares its weights, and nodes cannot. Give it weights of its own first, then unpack it.',
    'block-share-other':
      'Only instances of one block with as many repeats can share weights{node, select, other { ({node})}}. Select two or more of them.',
    'no-repetition': 'No row of nodes comes several times one after the other with the same parameters.',
    'no-steps-come-in':
      'Nothing comes into these nodes, so there are no steps to part. Connect a sequence to them first.',
    'not-a-block': 'This is not an instance of a block. Select one.',
    'block-inside-itself': 'The block {block} contains itself by way of {node}. Take that node out.',
    'block-too-large': '{node} would make the graph larger than {limit, number} nodes. Repeat it less often.',
    'block-share-mismatch':
      '{node} cannot share weights with “{other}”: that must be another instance of the same block, with as many repeats. Choose another, or none.',
    'shared-weights-differ':
      '{node} shares the {weight} of another instance, whose shape differs. Expects {expected}, received {received}. Feed both with the same width.',

    // The graph as a whole
    'unknown-kind':
      'This version does not know nodes of kind “{kind}”. It is kept as it is; update Neuroloom, or remove it to train.',
    'missing-input': '{node} needs an input at “{port}”. Connect it.',
    'not-used': 'Nothing depends on {node}, so training leaves it out. Connect it, or remove it.',
    'document-empty': 'The graph is empty. Add a data node to begin.',
    'no-dataset': 'There is no data to train on. Add a data node.',
    'no-loss': 'There is no loss to say how wrong the network is. Add one.',
    'no-optimizer': 'Nothing trains {node}. Add an optimiser.',
    'loss-not-trained': 'No optimiser is connected to {node}, so it is only reported. Connect it to one.',
    'scope-unknown': '{node} is to train “{member}”, which is not in the graph. Take it off its list.',
    'scope-not-upstream':
      '{node} is to train {member}, but its loss does not depend on that. Take it off the list, or connect it.',
    'all-frozen':
      'Nothing that {node} may train has weights that are not frozen. Unfreeze a layer, or name others.',
    'nothing-to-train': 'Nothing upstream of {node} has weights. Add a layer, e.g. Dense.',
  },

  /** What a fix does, on its button. */
  fixes: {
    'insert-node': 'Insert {node}',
    'set-param': 'Set {param} to {value}',
    'remove-edge': 'Remove the wire',
    'remove-node': 'Remove the node',
    'add-node': 'Add {node}',
    connect: 'Connect {node}',
    'add-variable': 'Add the variable {name}',
  },

  /** Names in Undo and Redo. */
  commands: {
    'add-node': 'Add {node}',
    'insert-node': 'Insert {node}',
    'insert-into-wire': 'Insert a node into a wire',
    'remove-nodes': 'Remove {count, plural, one {# node} other {# nodes}}',
    'remove-and-bridge': 'Remove {count, plural, one {# node} other {# nodes}} and connect the neighbours',
    duplicate: 'Duplicate {count, plural, one {# node} other {# nodes}}',
    'move-parts': 'Move {count, plural, one {# part} other {# parts}}',
    'move-nodes': 'Move {count, plural, one {# node} other {# nodes}}',
    connect: 'Connect',
    reconnect: 'Move the end of a wire',
    'remove-edges': 'Remove {count, plural, one {# wire} other {# wires}}',
    'route-edges': 'Lead {count, plural, one {a wire} other {# wires}} another way',
    'add-note': 'Add a note',
    'change-note': 'Change a note',
    'remove-note': 'Remove a note',
    'add-frame': 'Add a frame',
    'change-frame': 'Change a frame',
    'move-frame': 'Move a frame',
    'remove-frame': 'Remove a frame',
    'make-block': 'Make the block {title}',
    'unpack-block': 'Unpack a block',
    'distribute-over-time': 'Do with each step: {title}',
    'fold-repetition': 'Fold {count, plural, one {# copy} other {# copies}} into a block',
    'detach-block': 'Make a block independent',
    'change-block': 'Change a block',
    'remove-block': 'Remove a block',
    'share-weights': 'Share the weights of {count, plural, one {# block} other {# blocks}}',
    'separate-weights': 'Give a block weights of its own',
    'duplicate-linked': 'Duplicate {count, plural, one {# block} other {# blocks}} with shared weights',
    'rename-port': 'Rename a port of a block',
    'rename-param': 'Rename what instances set',
    'move-port': 'Move a port of a block',
    'remove-port': 'Remove a port of a block',
    'expose-param': 'Let instances set {param}',
    'conceal-param': 'Set {param} inside the block only',
    'switch-bypassed': 'Bypass {count, plural, one {# node} other {# nodes}}',
    'switch-muted': 'Mute {count, plural, one {# node} other {# nodes}}',
    'switch-on': 'Switch {count, plural, one {# node} other {# nodes}} on',
    freeze: 'Freeze {count, plural, one {# node} other {# nodes}}',
    unfreeze: 'Unfreeze {count, plural, one {# node} other {# nodes}}',
    'set-param': 'Change {param} of {node}',
    'set-params': 'Change {param} of {count, plural, one {# node} other {# nodes}}',
    'set-title': 'Rename node',
    'add-variable': 'Add the variable {name}',
    'set-variable': 'Change the variable {name}',
    'rename-variable': 'Rename the variable {from} to {to}',
    'remove-variable': 'Remove the variable {name}',
    'set-training':
      'Change {setting, select, epochs {the epochs} batchSize {the batch size} seed {the seed} earlyStopping {when to stop early} startFrom {the weights to start from} checkpoints {the checkpoints} other {training settings}}',
    'rename-document': 'Rename graph',
    paste: 'Paste {count, plural, one {# node} other {# nodes}}',
    arrange: 'Arrange {count, plural, one {# node} other {# nodes}}',
    'apply-fix': 'Apply fix',
    'apply-fixes': 'Apply {count, plural, one {# fix} other {# fixes}}',
  },

  failures: failureTexts,
  runtimeNotes: runtimeNoteTexts,

  runtimes: {
    device:
      '{device}{threads, plural, =0 {} one { · # thread} other { · # threads}}{cards, plural, =0 {} one {} other { (1 of # cards)}}',
  },
} as const;
