import { ActionIcon, Button, CopyButton, Modal } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash, IconWebhook } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import { Deliveries, useOutcome } from './Deliveries';
import classes from './settings.module.css';
import { WebhookForm } from './WebhookForm';
import {
  create,
  inputOf,
  listWebhooks,
  remove,
  renewSecret,
  replace,
  test,
  type Webhook,
  type WebhookInput,
} from './webhooks';

const ASK_AGAIN_MS = 5_000;

const NEW: WebhookInput = { name: '', url: 'https://', events: [], skipOwn: false, active: true };

/** A secret is shown once, to be copied. */
function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.webhook.secret')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={classes.dialogText}>{t('settings.webhook.secretText')}</p>
      <p className={classes.secret}>
        <code>{secret}</code>
      </p>
      <div className={classes.formActions}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button data-autofocus variant="filled" onClick={copy}>
              {copied ? t('settings.webhook.copied') : t('settings.webhook.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('action.close')}</Button>
      </div>
    </Modal>
  );
}

function WebhookRow(props: {
  webhook: Webhook;
  onEdit: () => void;
  onSecret: (secret: string) => void;
  onChanged: () => void;
}) {
  const t = useT();
  const format = useFormat();
  const outcome = useOutcome();
  const problemText = useProblemText();
  const [open, setOpen] = useState(false);
  const { webhook } = props;
  const run = (work: Promise<unknown>, text?: string) =>
    void work
      .then(
        () => text !== undefined && toasts.show({ text }),
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(props.onChanged);
  const tryIt = () =>
    run(
      test(webhook.id).then((trial) =>
        toasts.show({
          text: t(trial.arrived ? 'settings.webhook.arrived' : 'settings.webhook.notArrived', {
            outcome: outcome(trial),
          }),
          tone: trial.arrived ? 'plain' : 'bad',
        }),
      ),
    );
  const active = (next: boolean) => run(replace(webhook.id, { ...inputOf(webhook), active: next }));
  const named = (text: string) => `${text}: ${webhook.name}`;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          <strong>{webhook.name}</strong> {!webhook.active && <Tag tone="bad">{t('settings.webhook.paused')}</Tag>}
          {webhook.active && webhook.failures > 0 && <Tag tone="bad">{t('settings.webhook.failing')}</Tag>}
        </span>
        <span className={classes.meta}>{webhook.url}</span>
        <span className={classes.meta}>{webhook.events.join(', ')}</span>
        {webhook.pausedBecause !== undefined && webhook.pausedBecause !== null && (
          <span className={classes.bad}>{t(`settings.webhook.because.${webhook.pausedBecause}`)}</span>
        )}
        {webhook.active && webhook.failingSince !== undefined && webhook.failingSince !== null && (
          <span className={classes.bad}>
            {t('settings.webhook.failingSince', { time: format.dateTime(webhook.failingSince, true) })}
          </span>
        )}
      </div>
      <div className={classes.tools}>
        <Button
          aria-expanded={open}
          aria-label={named(t('settings.webhook.deliveries'))}
          onClick={() => setOpen(!open)}
        >
          {t('settings.webhook.deliveries')}
        </Button>
        <Button aria-label={named(t('settings.webhook.try'))} onClick={tryIt}>
          {t('settings.webhook.try')}
        </Button>
        <Button
          aria-label={named(t(webhook.active ? 'settings.webhook.pause' : 'settings.webhook.resume'))}
          onClick={() => active(!webhook.active)}
        >
          {t(webhook.active ? 'settings.webhook.pause' : 'settings.webhook.resume')}
        </Button>
        <Button
          aria-label={named(t('settings.webhook.newSecret'))}
          onClick={() => run(renewSecret(webhook.id).then((made) => props.onSecret(made.secret)))}
        >
          {t('settings.webhook.newSecret')}
        </Button>
        <ActionIcon aria-label={t('access.changeNamed', { name: webhook.name })} onClick={props.onEdit}>
          <IconPencil size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('access.remove', { name: webhook.name })}
          onClick={() => run(remove(webhook.id), t('report.deleted', { name: webhook.name }))}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {open && (
        <div className={classes.unfolded}>
          <Deliveries webhook={webhook.id} />
        </div>
      )}
    </li>
  );
}

/** Other systems that are told of changes: where, of what, and what became of it. */
export function WebhooksTab() {
  const t = useT();
  const client = useQueryClient();
  const [open, setOpen] = useState<WebhookInput | Webhook>();
  const [secret, setSecret] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => listWebhooks(signal),
    refetchInterval: ASK_AGAIN_MS,
  });
  const changed = () => void client.invalidateQueries({ queryKey: ['webhooks'] });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return null;
  }
  const save = (input: WebhookInput) =>
    (open !== undefined && 'id' in open
      ? replace(open.id, input).then(() => toasts.show({ text: t('access.saved', { name: input.name }) }))
      : create(input).then((made) => setSecret(made.secret))
    ).then(changed);
  const button = (
    <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setOpen(NEW)}>
      {t('settings.webhook.new')}
    </Button>
  );
  return (
    <>
      {data.length === 0 ? (
        <State
          icon={<IconWebhook size={22} stroke={1.6} aria-hidden="true" />}
          title={t('settings.webhook.none')}
          actions={button}
        >
          <StateText>{t('settings.webhook.noneText')}</StateText>
        </State>
      ) : (
        <>
          <p className={classes.hint}>{t('settings.webhook.text')}</p>
          <ul className={classes.list} aria-label={t('settings.tab.webhooks')}>
            {data.map((webhook) => (
              <WebhookRow
                key={webhook.id}
                webhook={webhook}
                onEdit={() => setOpen(webhook)}
                onSecret={setSecret}
                onChanged={changed}
              />
            ))}
          </ul>
          <div className={classes.bar}>{button}</div>
        </>
      )}
      {open !== undefined && (
        <Modal
          opened
          size="lg"
          onClose={() => setOpen(undefined)}
          title={t('id' in open ? 'settings.webhook.edit' : 'settings.webhook.new')}
          closeButtonProps={{ 'aria-label': t('action.close') }}
        >
          <WebhookForm initial={inputOf(open)} onSave={save} onClose={() => setOpen(undefined)} />
        </Modal>
      )}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
}
