import { Fragment, memo, type ReactNode } from 'react';
import { type Block, type Inline, type ListItem, parseMarkdown } from './markdown.ts';

/** Keys of parts that are told apart by their place alone: a text is drawn anew as a whole. */
const numbered = <T,>(items: readonly T[], draw: (item: T, index: number) => ReactNode): ReactNode[] =>
  [...items.entries()].map(([index, item]) => <Fragment key={index}>{draw(item, index)}</Fragment>);

function Running({ pieces }: { readonly pieces: readonly Inline[] }): ReactNode {
  return numbered(pieces, (piece) => {
    switch (piece.kind) {
      case 'text':
        return piece.text;
      case 'code':
        return <code>{piece.text}</code>;
      case 'strong':
        return (
          <strong>
            <Running pieces={piece.inside} />
          </strong>
        );
      case 'emphasis':
        return (
          <em>
            <Running pieces={piece.inside} />
          </em>
        );
      case 'strike':
        return (
          <s>
            <Running pieces={piece.inside} />
          </s>
        );
      case 'link':
        return (
          <a href={piece.address} target="_blank" rel="noreferrer" title={piece.address}>
            <Running pieces={piece.inside} />
          </a>
        );
    }
  });
}

function Lines({ lines }: { readonly lines: readonly (readonly Inline[])[] }): ReactNode {
  return numbered(lines, (line, index) => (
    <>
      {index > 0 && <br />}
      <Running pieces={line} />
    </>
  ));
}

function Item({ item }: { readonly item: ListItem }) {
  return (
    <li data-depth={item.depth} {...(item.done !== null && { className: 'task' })}>
      {item.done !== null && <input type="checkbox" checked={item.done} disabled readOnly />}
      <Running pieces={item.inside} />
    </li>
  );
}

const headings = { 1: 'h3', 2: 'h4', 3: 'h5' } as const;

function Part({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[block.level];
      return (
        <Heading>
          <Running pieces={block.inside} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Lines lines={block.lines} />
        </p>
      );
    case 'quote':
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'list': {
      const items = numbered(block.items, (item) => <Item item={item} />);
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

/** A text in Markdown. It becomes elements piece by piece, never by way of HTML. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="md">
      {numbered(parseMarkdown(text), (block) => (
        <Part block={block} />
      ))}
    </div>
  );
});
