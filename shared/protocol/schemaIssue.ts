import type { z } from 'zod';
import type { Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** Choices that are named; of longer lists the first ones. */
const MOST_CHOICES = 12;

function valueAt(root: unknown, path: Issue['path']): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}

const listed = (values: readonly unknown[]): string =>
  values
    .slice(0, MOST_CHOICES)
    .map((value) => JSON.stringify(value))
    .join(', ') + (values.length > MOST_CHOICES ? ', …' : '');

/** Limits of texts and lists are of their lengths, those of numbers of their values. */
function beyond(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>, value: unknown): Problem['data'] {
  const isBig = issue.code === 'too_big';
  const limit = Number(isBig ? issue.maximum : issue.minimum);
  const length = typeof value === 'string' || Array.isArray(value) ? value.length : 0;
  if (issue.origin === 'string') {
    if (isBig) return { reason: 'long', limit, length };
    return length === 0 ? { reason: 'empty' } : { reason: 'short', limit };
  }
  if (issue.origin === 'array') return { reason: isBig ? 'many' : 'few', limit, length };
  if (issue.inclusive === false) return { reason: isBig ? 'reaches' : 'exceeds', limit };
  return { reason: isBig ? 'above' : 'below', limit };
}

/** Of the forms that a value may have, the one it comes nearest to: that in which it is of the right sort. */
function nearest(forms: readonly (readonly Issue[])[]): Issue | undefined {
  const near = forms.find(([first]) => first && (first.code !== 'invalid_type' || first.path.length > 0));
  return near?.[0];
}

/** Names that schemas give to the forms of their texts, in the place of a message. */
const forms = ['id', 'variable', 'reserved', 'expression'];

/**
 * Why a schema refused a value, as data for `schemaReason` of shared/i18n, so that no library speaks to people.
 * `root` is what was parsed: whether something is missing, and how long it is, is seen there.
 */
export function issueData(issue: Issue, root: unknown): Problem['data'] {
  const value = valueAt(root, issue.path);
  if (forms.includes(issue.message)) return { reason: issue.message };
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? { reason: 'missing' } : { reason: 'type', wanted: issue.expected };
    case 'too_big':
    case 'too_small':
      return beyond(issue, value);
    case 'invalid_value':
      return value === undefined
        ? { reason: 'missing' }
        : { reason: 'choice', wanted: listed(issue.values.map((one) => String(one))) };
    case 'invalid_format':
      return { reason: 'form', wanted: issue.pattern ?? issue.format };
    case 'not_multiple_of':
      return { reason: 'multiple', limit: issue.divisor };
    case 'unrecognized_keys':
      return { reason: 'keys', wanted: listed(issue.keys) };
    case 'invalid_union': {
      if (value === undefined) return { reason: 'missing' };
      const inner = nearest(issue.errors);
      return inner ? issueData({ ...inner, path: [...issue.path, ...inner.path] }, root) : { reason: 'sort' };
    }
    case 'invalid_key':
    case 'invalid_element':
      return { reason: 'sort' };
    case 'custom':
      return { reason: issue.message };
  }
}
