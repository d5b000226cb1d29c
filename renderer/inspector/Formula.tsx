import { type FormulaPart, formulaLines } from './formulaParts.ts';

/** A formula of a lesson, each of its equations on a line of its own. */
export function Formula({ text }: { readonly text: string }) {
  return (
    <div className="lesson-formula">
      {formulaLines(text).map((parts) => (
        <p key={JSON.stringify(parts)}>
          <Parts parts={parts} />
        </p>
      ))}
    </div>
  );
}

function Parts({ parts }: { readonly parts: readonly FormulaPart[] }) {
  return parts.map((part, at) => {
    if (typeof part === 'string') return part;
    const Tag = part.kind;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
      <Tag key={at}>
        <Parts parts={part.parts} />
      </Tag>
    );
  });
}
