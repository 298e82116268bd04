import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Entity, Model } from '../api/model';
import { ApiProblem } from '../api/problem';
import { getRecord, type Page, patchRecord, recordName } from '../api/records';
import { useFormat, useLabel, useModel } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { conditioned, environmentNow, knownOf } from '../form/conditions';
import { useLanguage, useT } from '../i18n';
import { clashes } from '../record/conflict';
import { recordKey } from '../record/useRecord';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';

/** Those whose editor needs more room than a cell has; their place is the form. */
const ROOMY: ReadonlySet<string> = new Set(['longText', 'richText', 'json', 'file', 'image', 'address']);

/** The field as it can be changed in a row beside what the row shows; nothing when it cannot. */
export function useEditable(entity: Entity): (field: FieldMeta, record: RecordData) => FieldMeta | undefined {
  const { timeZone } = useFormat();
  const language = useLanguage();
  return useCallback(
    (field, record) => {
      if (field.readOnly || ROOMY.has(field.type)) {
        return undefined;
      }
      const known = knownOf(entity, (other) => record[other.property]);
      const now = conditioned(field, known, environmentNow(timeZone, language));
      return now?.readOnly ? undefined : now;
    },
    [entity, timeZone, language],
  );
}

/** A value on its way, or one that was refused, with what was typed. */
export type Mark = { state: 'saving' } | { state: 'refused'; text: string; reason: string };

export type Marks = ReadonlyMap<string, Mark>;

export const cellKey = (id: string, field: FieldMeta) => `${id} ${field.name}`;

const listKey = (entity: Entity) => ['records', entity.setName, 'list'];

/** Puts a record as it is now into the rows that are loaded; where it stands stays, whatever it is sorted by. */
function place(client: QueryClient, entity: Entity, id: string, change: (record: RecordData) => RecordData): void {
  client.setQueriesData<InfiniteData<Page>>({ queryKey: listKey(entity) }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) =>
            page.records.some((record) => record.id === id)
              ? { ...page, records: page.records.map((record) => (record.id === id ? change(record) : record)) }
              : page,
          ),
        },
  );
}

/** A lookup's name stands beside its id; the one just chosen is known from the choice. */
function withValue(client: QueryClient, model: Model, record: RecordData, field: FieldMeta, value: Value): RecordData {
  const target = field.type === 'lookup' ? model.target(field) : undefined;
  if (field.targets !== undefined) {
    return { ...record, [field.property]: value, [field.name]: null };
  }
  if (target === undefined || field.navigation === undefined) {
    return { ...record, [field.property]: value };
  }
  const offered = client
    .getQueriesData<Page>({ queryKey: ['records', target.setName, 'lookup'] })
    .flatMap(([, page]) => page?.records ?? []);
  const chosen = offered.find((one) => one.id === value) ?? null;
  return { ...record, [field.property]: value, [field.navigation]: chosen };
}

class Clashed extends Error {
  constructor(readonly theirs: RecordData) {
    super('Somebody else changed the same value');
  }
}

/** Writes one value; over somebody else's save where that changed other fields only. Answers the record as it is then. */
async function write(model: Model, entity: Entity, base: RecordData, property: string, value: Value) {
  let etag = base['@odata.etag'];
  for (;;) {
    try {
      await patchRecord(entity, base.id, { [property]: value }, etag);
      return await getRecord(model, entity, base.id);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) {
        throw error;
      }
      const theirs = await getRecord(model, entity, base.id);
      if (clashes(base, { [property]: value }, theirs).length > 0) {
        throw new Clashed(theirs);
      }
      etag = theirs['@odata.etag'];
    }
  }
}

export interface CellSaving {
  marks: Marks;
  save: (record: RecordData, field: FieldMeta, value: Value, text: string) => void;
  /** Forgets that a value was refused. */
  forget: (record: RecordData, field: FieldMeta) => void;
}

/**
 * Saves values from the rows: shown at once, sent one after the other for each record, given back with the reason where
 * they are refused, undone from the notice.
 */
export function useCellSaving(entity: Entity, onRefused: (record: RecordData, field: FieldMeta) => void): CellSaving {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const client = useQueryClient();
  const problemText = useProblemText();
  const [marks, setMarks] = useState<Marks>(new Map());
  const marked = useRef<Marks>(marks);
  const turns = useRef(new Map<string, Promise<RecordData>>());

  const mark = (record: RecordData, field: FieldMeta, next: Mark | undefined) => {
    const all = new Map(marked.current);
    if (next === undefined) {
      all.delete(cellKey(record.id, field));
    } else {
      all.set(cellKey(record.id, field), next);
    }
    marked.current = all;
    setMarks(all);
  };

  /** After the record's earlier value, on the version that it made. */
  const inTurn = (record: RecordData, work: (base: RecordData) => Promise<RecordData>): Promise<RecordData> => {
    const before = turns.current.get(record.id) ?? Promise.resolve(record);
    const next = before.then(work, () => work(record));
    turns.current.set(record.id, next);
    const over = () => turns.current.get(record.id) === next && turns.current.delete(record.id);
    next.then(over, over);
    return next;
  };

  const saved = (record: RecordData) => {
    place(client, entity, record.id, (row) => ({ ...row, ...record }));
    client.setQueryData(recordKey(entity, record.id), record);
    const others = ({ queryKey }: { queryKey: readonly unknown[] }) =>
      queryKey[1] !== entity.setName || queryKey[2] !== 'list';
    void client.invalidateQueries({ queryKey: ['records'], predicate: others });
  };

  const refused = (record: RecordData, field: FieldMeta, text: string, error: unknown) => {
    const clashed = error instanceof Clashed ? error : undefined;
    place(client, entity, record.id, (row) =>
      clashed !== undefined
        ? { ...row, ...clashed.theirs }
        : {
            ...row,
            [field.property]: record[field.property],
            ...(field.navigation !== undefined && { [field.navigation]: record[field.navigation] }),
          },
    );
    const reason = clashed === undefined ? problemText(error) : t('cell.clash');
    mark(record, field, { state: 'refused', text, reason });
    onRefused(record, field);
  };

  const save = (record: RecordData, field: FieldMeta, value: Value, text: string, undoable = true) => {
    const before = (record[field.property] ?? null) as Value;
    place(client, entity, record.id, (row) => withValue(client, model, row, field, value));
    mark(record, field, { state: 'saving' });
    void inTurn(record, (base) =>
      write(model, entity, { ...base, [field.property]: before }, field.property, value),
    ).then(
      (now) => {
        mark(record, field, undefined);
        saved(now);
        const name = label(field.label, field.name);
        const told = { text: t('cell.saved', { field: name, name: recordName(entity, now) }) };
        toasts.show(undoable ? { ...told, undo: () => save(now, field, before, '', false) } : told);
      },
      (error: unknown) => refused(record, field, text, error),
    );
  };

  const forget = (record: RecordData, field: FieldMeta) => {
    if (marked.current.get(cellKey(record.id, field))?.state === 'refused') {
      mark(record, field, undefined);
    }
  };
  return { marks, save, forget };
}
