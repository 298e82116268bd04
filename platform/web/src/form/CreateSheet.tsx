import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { recordName } from '../api/records';
import { useLabel } from '../api/session';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { FormSheet } from './FormSheet';
import { useRecordForm } from './useRecordForm';

interface CreateProps {
  entity: Entity;
  presets: Record<string, string>;
  onClose: () => void;
}

export default function CreateSheet({ entity, presets, onClose }: CreateProps) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const actions = useRecordActions(entity);
  const created = useRef<RecordData>(undefined);
  const form = useRecordForm({
    entity,
    presets,
    save: async (values) => {
      created.current = await actions.create(values);
    },
  });
  return (
    <FormSheet
      title={t('action.newNamed', { name: label(entity.meta.label, entity.name) })}
      entity={entity}
      form={form}
      submitText={t('action.create')}
      onClose={onClose}
      onSaved={() => {
        const record = created.current;
        if (record === undefined) {
          return;
        }
        toasts.show({ text: t('form.created', { name: recordName(entity, record) }) });
        navigate(`/${entity.setName}/${record.id}`, { replace: true });
      }}
    />
  );
}
