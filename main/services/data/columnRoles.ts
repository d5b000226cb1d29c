import type { ColumnReport, ColumnType, SourceProblem } from '#shared/protocol/data.ts';
import type { ColumnProfile } from './columnProfile.ts';
import { SourceError } from './sourceError.ts';

/** The parameters of a table's node that say what its columns are. */
export interface ColumnWishes {
  readonly target: readonly string[];
  readonly ignore: readonly string[];
  /** Columns that are of another type than looking finds. */
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly split: 'shuffle' | 'order' | 'column';
  readonly splitColumn: string;
}

export interface ColumnRole {
  readonly profile: ColumnProfile;
  readonly type: ColumnType;
  readonly role: ColumnReport['role'];
  /** A target that names a class. */
  readonly isClass: boolean;
}

/** Names that what is to be predicted often has. */
const targetNames = /^(class|classes|label|labels|target|species|y|outcome|category)$/i;
const MOST_CLASS_TARGETS = 3;
const MOST_TARGET_CLASSES = 1000;

/** What each column is for: by what people said, else by looking. */
export function findRoles(
  profiles: readonly ColumnProfile[],
  wishes: ColumnWishes,
): { roles: readonly ColumnRole[]; warnings: readonly SourceProblem[] } {
  requireColumns(profiles, wishes);
  const said = ({ name }: ColumnProfile): ColumnType | undefined =>
    wishes.numbers.includes(name) ? 'number' : wishes.categories.includes(name) ? 'category' : undefined;
  const typeOf = (profile: ColumnProfile): ColumnType => said(profile) ?? profile.type;
  const splitColumn = wishes.split === 'column' ? wishes.splitColumn : undefined;
  const usable = profiles.filter(
    (profile) =>
      profile.name !== splitColumn &&
      !wishes.ignore.includes(profile.name) &&
      profile.present > 0 &&
      typeOf(profile) !== 'text' &&
      (!profile.isCounter || said(profile) !== undefined),
  );
  const targets = wishes.target.length > 0 ? wishes.target : guessTarget(usable);
  const roles = profiles.map((profile): ColumnRole => {
    const type = typeOf(profile);
    const isTarget = targets.includes(profile.name);
    const isClass =
      isTarget &&
      (type === 'category' ||
        type === 'text' ||
        (said(profile) === undefined && type === 'number' && profile.namesClasses));
    const role = isTarget
      ? 'target'
      : profile.name === splitColumn
        ? 'split'
        : usable.includes(profile) && profile.distinct !== 1
          ? 'feature'
          : 'ignored';
    return { profile, type: isClass ? 'category' : type, role, isClass };
  });
  return { roles, warnings: judge(roles, wishes) };
}

function requireColumns(profiles: readonly ColumnProfile[], wishes: ColumnWishes): void {
  const names = profiles.map(({ name }) => name);
  const named = [
    ...wishes.target.map((name) => ({ name, param: 'target' })),
    ...wishes.ignore.map((name) => ({ name, param: 'ignore' })),
    ...wishes.numbers.map((name) => ({ name, param: 'numbers' })),
    ...wishes.categories.map((name) => ({ name, param: 'categories' })),
    ...(wishes.split === 'column' ? [{ name: wishes.splitColumn, param: 'splitColumn' }] : []),
  ];
  const unknown = named.find(({ name }) => !names.includes(name));
  if (!unknown) return;
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  if (unknown.name === '') throw new SourceError('csv-no-split-column', { columns: shown }, 'splitColumn');
  throw new SourceError('csv-column-unknown', { column: unknown.name, columns: shown }, unknown.param);
}

function guessTarget(usable: readonly ColumnProfile[]): readonly string[] {
  const found = usable.findLast(({ name }) => targetNames.test(name)) ?? usable.at(-1);
  return found ? [found.name] : [];
}

function judge(roles: readonly ColumnRole[], wishes: ColumnWishes): readonly SourceProblem[] {
  const targets = roles.filter(({ role }) => role === 'target');
  if (targets.length === 0) throw new SourceError('csv-no-target', {}, 'target');
  if (!roles.some(({ role }) => role === 'feature')) {
    throw new SourceError('csv-no-features', { columns: roles.length }, 'target');
  }
  const classes = targets.filter(({ isClass }) => isClass);
  if (classes.length > MOST_CLASS_TARGETS) {
    throw new SourceError('csv-many-classes', { count: classes.length, limit: MOST_CLASS_TARGETS }, 'target');
  }
  const warnings: SourceProblem[] = [];
  for (const { profile } of classes) {
    const { name, distinct } = profile;
    if (distinct === null || distinct > MOST_TARGET_CLASSES) {
      const data = { column: name, limit: MOST_TARGET_CLASSES };
      throw new SourceError('csv-target-too-varied', data, 'target');
    }
    if (distinct === 1) {
      const data = { column: name, value: profile.classes[0] ?? '' };
      warnings.push({ code: 'csv-one-class', param: 'target', severity: 'warning', data });
    }
  }
  const leftOut = roles.filter(
    ({ role, profile }) => role === 'ignored' && !wishes.ignore.includes(profile.name),
  );
  if (leftOut.length > 0) {
    const names = leftOut.map(({ profile }) => profile.name || '–');
    const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
    warnings.push({
      code: 'csv-columns-left-out',
      param: 'ignore',
      severity: 'warning',
      data: { count: names.length, columns: shown },
    });
  }
  return warnings;
}
