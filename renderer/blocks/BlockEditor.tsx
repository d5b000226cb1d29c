import { useTranslation } from 'react-i18next';
import { blockFace } from '#shared/graph/blockFace.ts';
import {
  changeBlockLook,
  concealParam,
  instancesOf,
  movePort,
  type PortSide,
  removePort,
  renameBlockParam,
  renamePort,
} from '#shared/graph/commands.ts';
import type { BlockDefinition, GraphDocument } from '#shared/graph/document.ts';
import { blockWithInner } from '#shared/graph/importBlocks.ts';
import { Button } from '../ui/Button.tsx';
import { categories, categoryColor } from '../ui/categories.ts';
import { categoryStyle, Glyph } from '../ui/Glyph.tsx';
import { blockIcons } from './blockIcons.ts';
import { saveBlock } from './blockLibrary.ts';
import { change } from './changeDefinition.ts';
import { PortList } from './PortList.tsx';

interface BlockEditorProps {
  readonly block: BlockDefinition;
  readonly document: GraphDocument;
}

/** A block itself, for all of its instances: name, look, ports and what instances may set. */
export function BlockEditor({ block, document }: BlockEditorProps) {
  const { t } = useTranslation();
  const { id } = block;
  const count = instancesOf(document, id).length;
  const place = (side: PortSide, port: string) => ({ block: id, side, port });
  const ports = (side: PortSide) =>
    block[side].map(({ id: port, title }) => ({ id: port, title: title ?? port }));
  return (
    <div className="contents" style={categoryStyle(blockFace(block, document.blocks).category)}>
      <div className="ins-h">
        <Glyph icon={block.icon ?? 'box'} size={17} />
        <div className="min-w-0 flex-1">
          <h2 className="sr-only">{block.title ?? id}</h2>
          <input
            aria-label={t('blocks.title')}
            placeholder={id}
            value={block.title ?? ''}
            onChange={(event) => change(changeBlockLook(id, { title: event.target.value.slice(0, 200) }))}
          />
          <p>
            {t('blocks.block')} · {t('blocks.instances', { count })}
          </p>
        </div>
      </div>
      <div className="ins-body">
        <section className="sec">
          <p className="hint">{t('blocks.instancesHelp')}</p>
          <textarea
            className="inp block-text"
            rows={3}
            aria-label={t('blocks.description')}
            placeholder={t('blocks.description')}
            value={block.description ?? ''}
            onChange={(event) =>
              change(changeBlockLook(id, { description: event.target.value.slice(0, 10_000) }))
            }
          />
          <Look block={block} />
          <Button
            size="sm"
            className="mt-2"
            onClick={() => void saveBlock(blockWithInner(document.blocks ?? [], id))}
          >
            {t('blocks.save')}
          </Button>
        </section>
        {(['inputs', 'outputs'] as const).map((side) => (
          <PortList
            key={side}
            title={t(`blocks.${side}`)}
            none={t('blocks.noPorts')}
            ports={ports(side)}
            onRename={(port, title) => change(renamePort(place(side, port), title))}
            onMove={(port, by) => change(movePort(place(side, port), by))}
            onRemove={(port) => change(removePort(place(side, port)))}
          />
        ))}
        <PortList
          title={t('blocks.params')}
          none={t('blocks.noParams')}
          ports={(block.params ?? []).map((param) => ({ id: param.id, title: param.title ?? param.id }))}
          onRename={(param, title) => change(renameBlockParam(id, param, title))}
          onRemove={(param) => {
            const own = block.params?.find((other) => other.id === param);
            if (own) change(concealParam(id, own));
          }}
        />
      </div>
    </div>
  );
}

/** Icon and colour of a block's cards. */
function Look({ block }: { readonly block: BlockDefinition }) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className="swatches">
        <legend className="sr-only">{t('blocks.icon')}</legend>
        {blockIcons.map((icon) => (
          <button
            key={icon}
            type="button"
            aria-label={t('blocks.iconOf', { icon })}
            aria-pressed={(block.icon ?? 'box') === icon}
            onClick={() => change(changeBlockLook(block.id, { icon }))}
          >
            <Glyph icon={icon} size={13} />
          </button>
        ))}
      </fieldset>
      <fieldset className="swatches">
        <legend className="sr-only">{t('blocks.color')}</legend>
        {categories.map((category) => (
          <button
            key={category}
            type="button"
            aria-label={t('blocks.colorOf', { category: t(`library.categories.${category}`) })}
            title={t(`library.categories.${category}`)}
            aria-pressed={(block.category ?? 'shape') === category}
            onClick={() => change(changeBlockLook(block.id, { category }))}
          >
            <i style={{ background: categoryColor[category] }} />
          </button>
        ))}
      </fieldset>
    </>
  );
}
