import { Button, Modal, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client';
import type { Entity } from '../api/model';
import { useFormat, useSession, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import classes from './record.module.css';

interface Held {
  reason?: string;
  placedBy?: string;
  placedAt?: string;
}

const address = (entity: Entity, id: string) => `/api/v1/records/${entity.setName}/${id}/hold`;

interface HoldProps {
  entity: Entity;
  id: string;
  /** Whether somebody is about to put the record on hold. */
  placing: boolean;
  onPlaced: () => void;
}

/** Says that the record is on legal hold, and lets those who may put it there or take it off. */
export default function Hold({ entity, id, placing, onPlaced }: HoldProps) {
  const t = useT();
  const { me } = useSession();
  const format = useFormat();
  const users = useUsers();
  const client = useQueryClient();
  const problemText = useProblemText();
  const [reason, setReason] = useState('');
  const key = ['hold', entity.setName, id];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call<Held>(address(entity, id), { signal }),
  });
  const send = (method: 'PUT' | 'DELETE', body?: object) =>
    call(address(entity, id), { method, ...(body !== undefined && { body }) }).then(
      () => {
        onPlaced();
        setReason('');
        void client.invalidateQueries({ queryKey: key });
        void client.invalidateQueries({ queryKey: ['history'] });
      },
      (error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  const place = (event: FormEvent) => {
    event.preventDefault();
    void send('PUT', { reason });
  };
  return (
    <>
      {data?.reason !== undefined && (
        <p className={classes.hold} role="note">
          <IconLock size={16} stroke={1.6} aria-hidden="true" />
          <span>
            {t('hold.held', {
              reason: data.reason,
              name: users.get(data.placedBy ?? '')?.displayName ?? t('history.system'),
              time: data.placedAt === undefined ? '' : format.dateTime(data.placedAt),
            })}
          </span>
          {me.privacy === true && <Button onClick={() => void send('DELETE')}>{t('hold.lift')}</Button>}
        </p>
      )}
      <Modal opened={placing} onClose={onPlaced} title={t('hold.place')}>
        <form onSubmit={place}>
          <TextInput
            label={t('hold.reason')}
            description={t('hold.text')}
            maxLength={500}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <p className={classes.holdActions}>
            <Button onClick={onPlaced}>{t('action.cancel')}</Button>
            <Button type="submit" variant="filled" disabled={reason.trim() === ''}>
              {t('hold.place')}
            </Button>
          </p>
        </form>
      </Modal>
    </>
  );
}
