import { openBlocks, placeOfPath } from '#shared/graph/blockLevels.ts';
import { nodeTitle } from '#shared/graph/selectors.ts';
import type { HostError } from '#shared/protocol/host.ts';
import {
  type EngineFailure,
  type FailureData,
  failureDataSchema,
  type RuntimeInfo,
  type RuntimeNote,
} from '#shared/protocol/run.ts';
import { useDocumentStore } from '../stores/documentStore.ts';
import { i18n } from './i18n.ts';
import { problemText } from './problemText.ts';

/** What people call the node of an instance path (`encoder/3/attention`), with the blocks on the way to it. */
function pathTitle(path: string): string {
  const { document } = useDocumentStore.getState();
  if (!document) return path;
  const { level, nodeId } = placeOfPath(document, path);
  const blocks = openBlocks(document, level).map(({ block }) => block);
  const graphs = [document, ...blocks];
  const steps = [...level.map(({ instance }) => instance), nodeId];
  const titles = steps.map((id, depth) => {
    const node = graphs[depth]?.nodes.find((candidate) => candidate.id === id);
    return node && nodeTitle(node, document);
  });
  return titles.includes(undefined) ? path : titles.join(' › ');
}

/** Keys of a failure's data that name nodes, and words that stand there for none. */
const namesNodes = ['node', 'first', 'second'] as const;
const noNode: ReadonlySet<unknown> = new Set(['none', '']);

/** The data of a failure as the window says it: nodes by their titles, problems and causes by their sentences. */
function spokenData({ code, data = {}, problems }: Spoken): FailureData {
  const spoken: Record<string, string | number | boolean> = { ...data };
  for (const key of namesNodes) {
    const path = data[key];
    if (typeof path === 'string' && !noNode.has(path)) spoken[key] = pathTitle(path);
  }
  const [problem] = problems ?? [];
  // A code in its data, the whole problem beside it.
  if (code === 'graph-not-ready' && problem) spoken.first = problemText(problem);
  const { why, whyCode, ...rest } = data;
  if (typeof whyCode === 'string' && typeof why === 'string')
    spoken.why = failureText({ code: whyCode, data: rest, message: why });
  return spoken;
}

type Spoken = Pick<EngineFailure, 'code' | 'data' | 'message' | 'problems'>;

/** A failure as a sentence. Records of older runs, and codes of a newer engine, have their message alone. */
export function failureText(failure: Spoken): string {
  const { code, message } = failure;
  if (code === undefined || !i18n.exists(`failures.${code}`)) return message;
  return i18n.t(`failures.${code}`, { ...spokenData(failure), defaultValue: message });
}

/** What an engine computes on, with its threads or cards. */
export function deviceText({ device, threads = 0, cards = 0 }: RuntimeInfo): string {
  return i18n.t('runtimes.device', { device, threads, cards });
}

/** Why an engine is not in use, as a sentence; a code of a newer engine has its message alone. */
export function noteText({ code, data, message }: RuntimeNote): string {
  if (code === undefined || !i18n.exists(`runtimeNotes.${code}`)) return message;
  return i18n.t(`runtimeNotes.${code}`, { ...data, defaultValue: message });
}

/**
 * A failed call as a sentence: a failure of the engine travels in its data. What the host says of others
 * may be in another language than the window's, which has their texts by code.
 */
export function hostErrorText(error: HostError): string {
  const own = failureDataSchema.safeParse(error.data);
  if (i18n.exists(`hostFailures.${error.code}`) && own.success)
    return i18n.t(`hostFailures.${error.code}`, { ...own.data, defaultValue: error.message });
  const { code, data } = error.data ?? {};
  const values = failureDataSchema.safeParse(data);
  if (typeof code !== 'string' || !values.success) return error.message;
  return failureText({ code, data: values.data, message: error.message });
}
