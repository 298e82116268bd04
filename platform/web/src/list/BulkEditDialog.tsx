import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Entity } from '../api/model';
import { useLabel, useSession } from '../api/session';
import type { FieldMeta, Value } from '../api/types';
import { parseField } from '../form/codec';
import { FieldInput } from '../form/FieldInput';
import { useT } from '../i18n';
import { MOST_UNDONE } from './bulk';

interface BulkEditProps {
  entity: Entity;
  count: number;
  onApply: (field: FieldMeta, value: Value) => void;
  onClose: () => void;
}

/** One field, one value, for all that are chosen. */
export default function BulkEditDialog({ entity, count, onApply, onClose }: BulkEditProps) {
  const t = useT();
  const label = useLabel();
  const { tenant } = useSession().me;
  const fields = entity.fields.filter((field) => field.readOnly !== true && field.unique !== true);
  const [name, setName] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  const [error, setError] = useState<string>();
  const field = name === null ? undefined : entity.field(name);
  const apply = () => {
    if (field === undefined) {
      return;
    }
    if (empty) {
      onApply(field, null);
      return;
    }
    const parsed = text === '' ? undefined : parseField(field, text, tenant.timeZone);
    if (parsed === undefined) {
      setError(t('form.error.required'));
    } else if ('error' in parsed) {
      setError(t(parsed.error.key, parsed.error.params));
    } else {
      onApply(field, parsed.value);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('bulk.title', { count })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Stack gap="md">
          <Select
            label={t('bulk.field')}
            data-autofocus
            searchable
            data={fields.map((one) => ({ value: one.name, label: label(one.label, one.name) }))}
            value={name}
            onChange={(next) => {
              setName(next);
              setText('');
              setEmpty(false);
              setError(undefined);
            }}
          />
          {field !== undefined && !empty && (
            <FieldInput key={field.name} field={field} value={text} error={error} onChange={setText} />
          )}
          {field !== undefined && field.required !== true && (
            <Checkbox
              label={t('bulk.empty')}
              checked={empty}
              onChange={(event) => setEmpty(event.currentTarget.checked)}
            />
          )}
          {count > MOST_UNDONE && <Text size="sm">{t('bulk.noUndo')}</Text>}
          <Group justify="flex-end" gap="xs">
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" variant="filled" disabled={field === undefined}>
              {t('bulk.apply', { count })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
