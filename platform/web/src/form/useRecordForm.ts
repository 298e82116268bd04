import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Entity } from '../api/model';
import { ApiProblem } from '../api/problem';
import { useFormat, useSession } from '../api/session';
import type { FieldMeta, RecordData, Value } from '../api/types';
import { useLanguage, useT } from '../i18n';
import { defaults, type FormValues, parseField, parseForm, toForm } from './codec';
import { conditioned, environmentNow, knownOf } from './conditions';
import { draftKey, dropDraft, loadDraft, saveDraft } from './draft';
import { sortViolations } from './violations';

export interface RecordForm {
  /** Those in use, as they are beside what stands in the form now. */
  fields: readonly FieldMeta[];
  record: RecordData | undefined;
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
    const missed = entity.fields.filter(
      (field) =>
        (field.required || field.conditions?.requiredWhen !== undefined) && !field.readOnly && !placed.has(field),
    );
    const shown = [...missed, ...fields];
    const given = record === undefined ? { ...defaults(shown), ...presets } : {};
    return { fields: shown, missed, start: { ...toForm(shown, record ?? {}, timeZone), ...given } as FormValues };
  }, [entity, record, presets, timeZone]);
}

/** A form's entries, errors and draft. Entries survive a failed save, a closed sheet and a reload. */
export function useRecordForm(options: FormOptions): RecordForm {
  const { entity, record, save } = options;
  const t = useT();
  const { me } = useSession();
  const { timeZone } = useFormat();
  const { fields: all, missed, start } = useStart(options);
  const key = draftKey(me.tenant.id, me.user.id, entity.setName, record?.id);
  const language = useLanguage();
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

  const fields = useMemo(() => {
    const typed = (field: FieldMeta) => {
      const parsed = parseField(field, values[field.property] ?? '', timeZone);
      return 'value' in parsed ? parsed.value : undefined;
    };
    const known = knownOf(entity, (field) => (all.includes(field) ? typed(field) : record?.[field.property]));
    const environment = environmentNow(timeZone, language);
    const shown = all.flatMap((field) => conditioned(field, known, environment) ?? []);
    const loose = new Set(missed.map((field) => field.name));
    return shown.filter((field) => field.required || !loose.has(field.name));
  }, [all, missed, entity, record, values, timeZone, language]);

  const refuse = (byProperty: Record<string, string>, messages: readonly string[]) => {
    setErrors(byProperty);
    setGeneral(messages);
    return false;
  };

  const submit = async () => {
    const changed = fields.filter(
      (field) =>
        !field.readOnly && (record === undefined || (values[field.property] ?? '') !== (start[field.property] ?? '')),
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

  return { fields, record, values, errors, general, saving, drafted, restored: kept !== undefined, set, submit, reset };
}
