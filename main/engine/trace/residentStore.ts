import type { ValueRef } from '#shared/compile/plan.ts';
import {
  type NeuroloomAddon,
  type OperationRef,
  type SessionHandle,
  TfType,
} from '../addon/neuroloomAddon.ts';
import type { Column, ColumnFormat } from '../data/column.ts';
import type { ResidentTables } from '../runtime.ts';
import { refKey } from './forward.ts';
import { type GraphBuilder, intAttr, shapeAttr, stringAttr, typeAttr } from './graphBuilder.ts';

interface ResidentColumn {
  readonly column: Column;
  readonly shape: readonly number[];
  readonly handle: number;
  readonly assigned: number;
  readonly assign: OperationRef;
}

/** Data sets in the memory of a session, as they are stored: a batch is then a row of numbers. */
export class ResidentStore {
  readonly #columns = new Map<string, ResidentColumn>();

  constructor(graph: GraphBuilder, tables: ResidentTables) {
    graph.scope = 'data';
    for (const [path, table] of Object.entries(tables)) {
      for (const [port, column] of Object.entries(table.columns)) {
        const key = refKey({ path, port });
        const shape = [table.rows, ...column.format.shape];
        const type = TfType[column.format.stored];
        const dtype = typeAttr('dtype', type);
        const handle = graph.addValue(
          'VarHandleOp',
          [],
          [dtype, shapeAttr('shape', shape), stringAttr('shared_name', `data/${key}`)],
        ).id;
        const assigned = graph.placeholder(type, shape).id;
        const assign = graph.add('AssignVariableOp', [handle, assigned], [dtype]).operation;
        this.#columns.set(key, { column, shape, handle, assigned, assign });
      }
    }
  }

  /** Copies the tables into the session; once, before the first step. */
  async upload(addon: NeuroloomAddon, session: SessionHandle): Promise<void> {
    for (const { column, shape, assigned, assign } of this.#columns.values()) {
      const dtype = TfType[column.format.stored];
      const call = addon.prepareCall(session, [{ output: assigned, dtype, shape }], [], [assign]);
      await addon.runCall(call, [column.data]);
    }
  }

  /** The rows `indices` (int32) of a data port, as they are stored. */
  gather(graph: GraphBuilder, ref: ValueRef, indices: number): { output: number; format: ColumnFormat } {
    const found = this.#columns.get(refKey(ref));
    if (!found) throw new Error(`the session does not hold ${refKey(ref)}`);
    const { format } = found.column;
    const output = graph.addValue(
      'ResourceGather',
      [found.handle, indices],
      [
        typeAttr('dtype', TfType[format.stored]),
        typeAttr('Tindices', TfType.int32),
        intAttr('batch_dims', 0),
      ],
    ).id;
    return { output, format };
  }
}
