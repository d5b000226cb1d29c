/** Every way to change a document. */
export { applyFix } from './applyFix.ts';
export { type Command, sequence } from './command.ts';
export { renameDocument, setTraining, type TrainingPatch } from './documentCommands.ts';
export { connect, removeEdges } from './edgeCommands.ts';
export { addFrame, changeFrame, nextFrameId, removeFrame } from './frameCommands.ts';
export {
  addNode,
  moveNodes,
  nextNodeId,
  removeNodes,
  setParam,
  setParams,
  setTitle,
} from './nodeCommands.ts';
export { paste } from './paste.ts';
export { removeAndBridge, spliceNode } from './spliceCommands.ts';
export { switchNodes } from './switchCommands.ts';
export {
  addVariable,
  removeVariable,
  renameVariable,
  setVariable,
} from './variableCommands.ts';
