import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash, IconWriting } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ConsentPurpose, deletePurpose, listPurposes, listTexts } from '../api/consents';
import { useFormat, useLabel, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { PurposeForm, TextForm } from './ConsentForms';
import classes from './settings.module.css';

/** All that people were ever shown, the newest first. */
function Texts({ purpose }: { purpose: ConsentPurpose }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const { data, error } = useQuery({
    queryKey: ['consent-texts', purpose.id, purpose.text.version],
    queryFn: ({ signal }) => listTexts(purpose.id, signal),
  });
  if (error !== null) {
    return <ErrorState error={error} />;
  }
  return (
    <ul className={classes.texts} aria-label={t('consent.texts')}>
      {data?.map((one) => (
        <li key={one.version}>
          <span className={classes.meta}>
            {t('consent.version', { version: String(one.version) })} ·{' '}
            {users.get(one.writtenBy)?.displayName ?? t('settings.unknownActor')} · {format.dateTime(one.writtenAt)}
          </span>
          {(['en', 'zh-CN'] as const).map(
            (language) =>
              one.text[language] !== undefined && (
                <p key={language} lang={language}>
                  {one.text[language]}
                </p>
              ),
          )}
        </li>
      ))}
    </ul>
  );
}

type Open = { is: 'new' } | { is: 'change' | 'text'; purpose: ConsentPurpose };

function PurposeRow(props: { purpose: ConsentPurpose; onOpen: (open: Open) => void; onChanged: () => void }) {
  const { purpose } = props;
  const t = useT();
  const label = useLabel();
  const problemText = useProblemText();
  const [unfolded, setUnfolded] = useState(false);
  const name = label(purpose.label, purpose.code);
  const remove = () =>
    void deletePurpose(purpose.id).then(props.onChanged, (error: unknown) =>
      toasts.show({ text: problemText(error), tone: 'bad' }),
    );
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span dir="auto">
          <strong>{name}</strong> {!purpose.active && <Tag tone="warn">{t('consent.ended')}</Tag>}
        </span>
        <span className={classes.meta}>
          {[
            purpose.code,
            purpose.months === undefined ? t('consent.untilWithdrawn') : t('consent.for', { count: purpose.months }),
          ].join(' · ')}
        </span>
      </div>
      <Button
        aria-expanded={unfolded}
        aria-label={`${t('consent.version', { version: String(purpose.text.version) })}: ${name}`}
        onClick={() => setUnfolded(!unfolded)}
      >
        {t('consent.version', { version: String(purpose.text.version) })}
      </Button>
      <Button aria-label={`${t('consent.newText')}: ${name}`} onClick={() => props.onOpen({ is: 'text', purpose })}>
        {t('consent.newText')}
      </Button>
      <ActionIcon
        aria-label={t('access.changeNamed', { name })}
        onClick={() => props.onOpen({ is: 'change', purpose })}
      >
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={t('access.remove', { name })} onClick={remove}>
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
      {unfolded && <Texts purpose={purpose} />}
    </li>
  );
}

/** What people are asked to agree to, and what they are shown. */
export function ConsentsTab() {
  const t = useT();
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const { data, error, refetch } = useQuery({
    queryKey: ['consent-purposes'],
    queryFn: ({ signal }) => listPurposes(signal),
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return null;
  }
  const close = () => setOpen(undefined);
  const changed = () => {
    close();
    void client.invalidateQueries({ queryKey: ['consent-purposes'] });
    void client.invalidateQueries({ queryKey: ['consents'] });
  };
  const button = (
    <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setOpen({ is: 'new' })}>
      {t('consent.new')}
    </Button>
  );
  return (
    <>
      {data.length === 0 ? (
        <State
          icon={<IconWriting size={22} stroke={1.6} aria-hidden="true" />}
          title={t('consent.nothing')}
          actions={button}
        >
          <StateText>{t('consent.text')}</StateText>
        </State>
      ) : (
        <>
          <p className={classes.hint}>{t('consent.text')}</p>
          <ul className={classes.list} aria-label={t('settings.tab.consents')}>
            {data.map((purpose) => (
              <PurposeRow key={purpose.id} purpose={purpose} onOpen={setOpen} onChanged={changed} />
            ))}
          </ul>
          <div className={classes.bar}>{button}</div>
        </>
      )}
      {open !== undefined && (
        <Modal
          opened
          size="lg"
          onClose={close}
          title={t(open.is === 'new' ? 'consent.new' : open.is === 'text' ? 'consent.newText' : 'consent.change')}
          closeButtonProps={{ 'aria-label': t('action.close') }}
        >
          {open.is === 'text' ? (
            <TextForm purpose={open.purpose} onSaved={changed} onClose={close} />
          ) : (
            <PurposeForm {...(open.is === 'change' && { purpose: open.purpose })} onSaved={changed} onClose={close} />
          )}
        </Modal>
      )}
    </>
  );
}
