import { INPUTS_KIND, NEW_PORT, OUTPUTS_KIND } from '#shared/graph/blockPorts.ts';
import { BLOCK_KIND } from '#shared/graph/document.ts';
import type { NodeDefinition, NodeText } from '#shared/nodes/defineNode.ts';
import { i18n } from '../i18n/i18n.ts';
import { nodeText } from '../i18n/nodeText.ts';

/** Texts of a node type in the window's language; those of a block are its own, but for what all blocks have. */
export function definitionText({ kind, text }: NodeDefinition): NodeText {
  switch (kind) {
    case INPUTS_KIND:
    case OUTPUTS_KIND:
      return {
        ...text,
        title: i18n.t(kind === INPUTS_KIND ? 'blocks.inputs' : 'blocks.outputs'),
        ports: { ...text.ports, [NEW_PORT]: i18n.t('blocks.newPort') },
      };
    case BLOCK_KIND:
      return {
        ...text,
        params: {
          ...text.params,
          repeat: { label: i18n.t('blocks.repeat'), help: i18n.t('blocks.repeatHelp') },
        },
      };
    default:
      return nodeText(kind) ?? text;
  }
}
