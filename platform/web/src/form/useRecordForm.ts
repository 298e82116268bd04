import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Entity } from '../api/model';
import { ApiProblem } from '../api/problem';
import { useFormat, useSession } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { useT } from '../i18n';
import { defaults, type FormValues, parseForm, toForm } from './codec';
import { draftKey, dropDraft, loadDraft, saveDraft } from './draft';
import { sortViolations } from './violations';

export interface RecordForm {
  fields: readonly FieldMeta[];
  values: FormValues;
  errors: Record<string, string>;
  general: readonly string[];
  saving: boolean;
  drafted: boolean;
  restored: boolean;
  set: (property: string, text: string) => void;
  submit: () => Promise<boolean>;
  reset: () => void;
}

export interface FormOptions {
  entity: Entity;
  /** The record being changed; none for a new one. */
  record?: RecordData | undefined;
  presets?: Record<string, string>;
  save: (changes: Record<string, Value>) => Promise<unknown>;
}

function useStart({ entity, record, presets }: FormOptions) {
  const { timeZone } = useFormat();
  return useMemo(() => {
    const fields = entity.sections().flatMap((section) => section.fields.filter((field) => !field.readOnly));
    const placed = new Set(fields);
    const missed = entity.fields.filter((field) => field.required && !field.readOnly && !placed.has(field));
    const shown = [...missed, ...fields];
    const given = record === undefined ? { ...defaults(shown), ...presets } : {};
    return { fields: shown, start: { ...toForm(shown, record ?? {}, timeZone), ...given } as FormValues };
  }, [entity, record, presets, timeZone]);
}

/** A form's entries, errors and draft. Entries survive a failed save, a closed sheet and a reload. */
export function useRecordForm(options: FormOptions): RecordForm {
  const { entity, record, save } = options;
  const t = useT();
  const { me } = useSession();
  const { timeZone } = useFormat();
  const { fields, start } = useStart(options);
  const key = draftKey(me.tenant.id, me.user.id, entity.setName, record?.id);
  const [kept] = useState(() => loadDraft(key));
  const [values, setValues] = useState<FormValues>({ ...start, ...kept });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<readonly string[]>([]);
  const [saving, setSaving] = useState(false);
  const [drafted, setDrafted] = useState(kept !== undefined);
  useEffect(() => setDrafted(saveDraft(key, start, values)), [key, start, values]);

  const set = useCallback((property: string, text: string) => {
    setValues((before) => ({ ...before, [property]: text }));
    setErrors(({ [property]: _fixed, ...others }) => others);
  }, []);

  const refuse = (byProperty: Record<string, string>, messages: readonly string[]) => {
    setErrors(byProperty);
    setGeneral(messages);
    return false;
  };

  const submit = async () => {
    const changed = fields.filter(
      (field) => record === undefined || (values[field.property] ?? '') !== (start[field.property] ?? ''),
    );
    const parsed = parseForm(changed, values, timeZone);
    const mistakes = Object.entries(parsed.errors).map(([property, error]) => [property, t(error.key, error.params)]);
    if (mistakes.length > 0) {
      return refuse(Object.fromEntries(mistakes), []);
    }
    const given = Object.entries(parsed.values).filter(([, value]) => record !== undefined || value !== null);
    setSaving(true);
    try {
      await save(Object.fromEntries(given));
      dropDraft(key);
      return true;
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      if (problem === undefined || problem.status === 0) {
        return refuse({}, [t('problem.offline')]);
      }
      const sorted = sortViolations(entity, problem);
      return refuse(sorted.byProperty, sorted.general);
    } finally {
      setSaving(false);
    }
  };

  const reset = () => {
    dropDraft(key);
    setValues(start);
    setErrors({});
    setGeneral([]);
  };

  return { fields, values, errors, general, saving, drafted, restored: kept !== undefined, set, submit, reset };
}
