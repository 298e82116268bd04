import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import type { RecordData } from '../api/types';
import { FormSheet } from '../form/FormSheet';
import { useRecordForm } from '../form/useRecordForm';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import type { Save } from './useSave';

interface EditProps {
  entity: Entity;
  record: RecordData;
  save: Save;
  onClose: () => void;
}

export function EditSheet({ entity, record, save, onClose }: EditProps) {
  const t = useT();
  const form = useRecordForm({ entity, record, save });
  return (
    <FormSheet
      title={`${t('action.edit')} · ${recordName(entity, record)}`}
      entity={entity}
      form={form}
      submitText={t('action.save')}
      onClose={onClose}
      onSaved={() => {
        toasts.show({ text: t('record.saved') });
        onClose();
      }}
    />
  );
}
