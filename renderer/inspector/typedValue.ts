import { isExpression, readExpression } from '#shared/graph/paramExpressions.ts';
import type { JsonValue } from '#shared/protocol/json.ts';
import type { FormField } from './formFields.ts';

/** A value as it stands in a line of text: lists with commas between their parts. */
export function writeValue({ control }: FormField, value: JsonValue): string {
  if (control === 'json') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(String).join(', ');
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What was typed, as a value; undefined while it is not one yet. */
export function readValue(field: FormField, text: string): JsonValue | undefined {
  const { control } = field;
  if (control === 'text') return text;
  const between = control === 'words' && field.spaced ? /,/ : /[\s,;]+/;
  const parts = text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (control === 'words') return parts;
  if (control === 'numbers') {
    const numbers = parts.map((part) => Number(part.replace('−', '-')));
    return numbers.every(Number.isFinite) ? numbers : readExpressions(text);
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Numbers and expressions with commas between them; those within brackets part arguments. */
function readExpressions(text: string): JsonValue | undefined {
  const parts = text.split(/[,;](?![^(]*\))/).map((part) => part.trim());
  const values = parts.map((part): JsonValue | undefined => {
    if (part !== '' && Number.isFinite(Number(part))) return Number(part);
    const expression = isExpression(part) ? part : `=${part}`;
    return 'expression' in readExpression(expression) ? expression : undefined;
  });
  return values.every((value) => value !== undefined) ? values : undefined;
}
