/** Every way to change a document. */
export { applyFix, applyFixes } from './applyFix.ts';
export {
  changeBlockLook,
  concealParam,
  exposedBy,
  exposeParam,
  joinParam,
  movePort,
  type PortSide,
  removeBlock,
  removePort,
  renameBlockParam,
  renamePort,
} from './blockCommands.ts';
export {
  addInstance,
  detachInstance,
  duplicateLinked,
  instancesOf,
  separateWeights,
  shareWeights,
} from './blockInstances.ts';
export { type Command, sequence } from './command.ts';
export { distributeOverTime } from './distributeOverTime.ts';
export { renameDocument, setTraining, type TrainingPatch } from './documentCommands.ts';
export { connect, reconnect, removeEdges } from './edgeCommands.ts';
export { findRepetition } from './findRepeats.ts';
export { foldRepetition } from './foldRepeats.ts';
export { addFrame, changeFrame, nextFrameId, removeFrame } from './frameCommands.ts';
export { blockRefusal, makeBlock } from './makeBlock.ts';
export { moveParts } from './moveParts.ts';
export {
  addNode,
  moveNodes,
  nextNodeId,
  removeNodes,
  setParam,
  setParams,
  setTitle,
} from './nodeCommands.ts';
export { addNote, changeNote, nextNoteId, removeNote } from './noteCommands.ts';
export { paste } from './paste.ts';
export { routeEdges } from './routeCommands.ts';
export { removeAndBridge, spliceNode } from './spliceCommands.ts';
export { freezeNodes, switchNodes } from './switchCommands.ts';
export { unpackBlock } from './unpackBlock.ts';
export {
  addVariable,
  nextVariableName,
  removeVariable,
  renameVariable,
  setVariable,
} from './variableCommands.ts';
