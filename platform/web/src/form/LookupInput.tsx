import { CloseButton, Combobox, Input, InputBase, Loader, NativeSelect, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { searchExpression } from '../api/odata';
import { findRecord, getRecord, listPage, recordName } from '../api/records';
import { useLabel, useModel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import classes from './form.module.css';

interface LookupProps {
  field: FieldMeta;
  label?: ReactNode;
  ariaLabel?: string | undefined;
  value: string;
  onChange: (id: string) => void;
  id?: string | undefined;
  error?: ReactNode;
  description?: ReactNode;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
  withinPortal?: boolean | undefined;
  placeholder?: string | undefined;
  openOnFocus?: boolean | undefined;
}

const SHOWN = 20;
const TYPING_MS = 200;
const CREATE = '+create';

/** The name of the record a lookup points to. */
function useLinkedName(target: Entity, id: string): string | undefined {
  const model = useModel();
  const { data } = useQuery({
    queryKey: ['records', target.setName, 'record', id],
    queryFn: ({ signal }) => getRecord(model, target, id, signal),
    enabled: id !== '',
  });
  return id === '' ? '' : data === undefined ? undefined : recordName(target, data);
}

function useCandidates(target: Entity, typed: string, open: boolean) {
  const model = useModel();
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const query = useQuery({
    queryKey: ['records', target.setName, 'lookup', asked],
    queryFn: ({ signal }) => {
      const name = target.nameField;
      const ask = { fields: [name], search: searchExpression(asked), orderby: name.property, pageSize: SHOWN };
      return listPage(model, target, ask, undefined, signal);
    },
    enabled: open,
  });
  return { records: query.data?.records ?? [], busy: query.isFetching || asked !== typed.trim(), error: query.error };
}

/** A record can be made from its name alone when nothing else is required. */
function nameIsEnough(target: Entity): boolean {
  return target.fields.every((field) => !field.required || field.readOnly || field.name === target.nameField.name);
}

function useQuickCreate(target: Entity, onCreated: (id: string) => void) {
  const t = useT();
  const actions = useRecordActions(target);
  const problemText = useProblemText();
  return (name: string) =>
    void actions
      .create({ [target.nameField.property]: name })
      .then((record) => {
        toasts.show({ text: t('form.created', { name }) });
        onCreated(record.id);
      })
      .catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }));
}

function TargetLookup({ target, ...props }: LookupProps & { target: Entity }) {
  const t = useT();
  const problemText = useProblemText();
  const linked = useLinkedName(target, props.value);
  const [typed, setTyped] = useState<string>();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped(undefined);
    },
  });
  const open = combobox.dropdownOpened;
  const { records, busy, error } = useCandidates(target, typed ?? '', open);
  const choose = (id: string) => {
    props.onChange(id);
    combobox.closeDropdown();
  };
  const quickCreate = useQuickCreate(target, choose);
  const name = (typed ?? '').trim();
  const taken = records.some((record) => recordName(target, record).toLowerCase() === name.toLowerCase());
  const canCreate = name !== '' && !busy && !taken && nameIsEnough(target);
  return (
    <Combobox
      store={combobox}
      withinPortal={props.withinPortal ?? true}
      onOptionSubmit={(value) => (value === CREATE ? quickCreate(name) : choose(value))}
    >
      <Combobox.Target withExpandedAttribute>
        <InputBase
          id={props.id}
          label={props.label}
          aria-label={props.ariaLabel}
          description={props.description}
          error={props.error}
          withAsterisk={props.required ?? false}
          disabled={props.disabled ?? false}
          data-autofocus={props.autoFocus || undefined}
          // While searching, the present choice stands behind what is typed: typing replaces it.
          placeholder={linked || (props.placeholder ?? t('lookup.placeholder'))}
          autoComplete="off"
          value={open ? (typed ?? '') : (linked ?? '')}
          rightSectionPointerEvents="all"
          rightSection={
            open && busy ? (
              <Loader size={14} />
            ) : props.value === '' ? (
              <Combobox.Chevron />
            ) : (
              <CloseButton
                size="sm"
                aria-label={t('action.clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose('')}
              />
            )
          }
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => {
            event.currentTarget.select();
            if (props.openOnFocus) {
              combobox.openDropdown();
            }
          }}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options}>
          {records.map((record) => (
            <Combobox.Option key={record.id} value={record.id} active={record.id === props.value}>
              <span dir="auto">{recordName(target, record)}</span>
            </Combobox.Option>
          ))}
          {records.length === 0 && !busy && error === null && <Combobox.Empty>{t('lookup.noMatch')}</Combobox.Empty>}
          {records.length === 0 && busy && <Combobox.Empty>{t('lookup.loading')}</Combobox.Empty>}
          {error !== null && <Combobox.Empty>{t('lookup.failed', { reason: problemText(error) })}</Combobox.Empty>}
          {canCreate && (
            <Combobox.Option value={CREATE}>
              <span className={classes.quickCreate}>
                <IconPlus size={15} aria-hidden="true" />
                {t('lookup.create', { name })}
              </span>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Chooses a record of one of several entities: first of which, then the record. */
function SeveralLookup({ targets, ...props }: LookupProps & { targets: readonly Entity[] }) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const [chosen, setChosen] = useState<Entity>();
  const { data: found } = useQuery({
    queryKey: ['records', targets.map((target) => target.setName).join(' '), 'named', props.value],
    queryFn: async ({ signal }) => (await findRecord(model, targets, props.value, signal)) ?? null,
    enabled: props.value !== '',
  });
  const target = chosen ?? found?.entity ?? targets[0];
  return target === undefined ? null : (
    <div className={classes.several}>
      <NativeSelect
        className={classes.severalKind ?? ''}
        label={props.label}
        aria-label={t('lookup.kind', { name: props.ariaLabel ?? label(props.field.label, props.field.name) })}
        withAsterisk={props.required ?? false}
        disabled={props.disabled ?? false}
        value={target.name}
        data={targets.map((one) => ({ value: one.name, label: label(one.meta.label, one.name) }))}
        onChange={(event) => {
          setChosen(targets.find((one) => one.name === event.currentTarget.value));
          props.onChange('');
        }}
      />
      <div className={classes.severalRecord}>
        <TargetLookup
          key={target.name}
          {...props}
          label={undefined}
          ariaLabel={props.ariaLabel ?? label(props.field.label, props.field.name)}
          required={false}
          target={target}
        />
      </div>
    </div>
  );
}

/** Chooses a record of another entity: searches as one types, and makes a missing one on the spot. */
export function LookupInput(props: LookupProps) {
  const targets = useModel().targets(props.field);
  const [target] = targets;
  if (target === undefined) {
    return (
      <Input.Wrapper label={props.label} error={props.error}>
        <Input value={props.value} readOnly />
      </Input.Wrapper>
    );
  }
  return targets.length > 1 ? (
    <SeveralLookup {...props} targets={targets} />
  ) : (
    <TargetLookup {...props} target={target} />
  );
}
