import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ConsentEntry, type Consents as Found, getConsents, type Standing, standing } from '../api/consents';
import type { Entity } from '../api/model';
import { useFormat, useLabel, useUsers } from '../api/session';
import { useT } from '../i18n';
import type { Tone } from '../ui/stage';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { ConsentDialog } from './ConsentDialog';
import classes from './record.module.css';

const TONES: Record<Standing, Tone> = { agreed: 'good', over: 'warn', withdrawn: 'bad', none: 'neutral' };

/** One time that the person said something. */
function Entry({ entry }: { entry: ConsentEntry }) {
  const t = useT();
  const format = useFormat();
  const who = useUsers().get(entry.recordedBy)?.displayName ?? t('history.system');
  return (
    <li>
      <strong>{t(`consent.${entry.state}`)}</strong>{' '}
      <time dateTime={entry.saidAt}>{format.dateTime(entry.saidAt)}</time>
      <span className={classes.consentMeta}>
        {[
          `${who}, ${t(`consent.way.${entry.way}`)}, ${format.dateTime(entry.recordedAt)}`,
          ...(entry.textVersion === undefined ? [] : [t('consent.version', { version: String(entry.textVersion) })]),
          ...(entry.source === undefined ? [] : [entry.source]),
          ...(entry.address === undefined ? [] : [entry.address]),
        ].join(' · ')}
      </span>
    </li>
  );
}

function Purpose(props: {
  entity: Entity;
  id: string;
  found: Found;
  purpose: Found['purposes'][number];
  onSaid: (found: Found) => void;
}) {
  const { found, purpose } = props;
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [saying, setSaying] = useState(false);
  const [open, setOpen] = useState(false);
  const entries = found.entries.filter((entry) => entry.purpose === purpose.code);
  const last = entries.find((entry) => entry.current);
  const state = standing(found, purpose);
  const name = label(purpose.label, purpose.code);
  return (
    <li className={classes.consent}>
      <div className={classes.consentMain}>
        <span dir="auto">
          {name} <Tag tone={TONES[state]}>{t(`consent.state.${state}`)}</Tag>
        </span>
        {last !== undefined && (
          <span className={classes.consentMeta}>
            {[format.dateTime(last.saidAt), ...(last.source === undefined ? [] : [last.source])].join(' · ')}
          </span>
        )}
      </div>
      {entries.length > 0 && (
        <Button
          aria-expanded={open}
          aria-label={`${t('record.history')}: ${name}`}
          variant="subtle"
          color="gray"
          onClick={() => setOpen(!open)}
        >
          {t('record.history')}
        </Button>
      )}
      <Button aria-label={`${t('consent.say')}: ${name}`} onClick={() => setSaying(true)}>
        {t('consent.say')}
      </Button>
      {open && (
        <ul className={classes.consentEntries} aria-label={`${t('record.history')}: ${name}`}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {saying && (
        <ConsentDialog
          entity={props.entity}
          id={props.id}
          purpose={purpose}
          first={state === 'agreed' ? 'withdrawn' : 'given'}
          onSaid={props.onSaid}
          onClose={() => setSaying(false)}
        />
      )}
    </li>
  );
}

/** What the person whom the record is has agreed to; nothing where nobody is asked for anything. */
export default function Consents({ entity, id }: { entity: Entity; id: string }) {
  const t = useT();
  const client = useQueryClient();
  const key = ['consents', entity.setName, id];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getConsents(entity.setName, id, signal),
  });
  const shown = (data?.purposes ?? []).filter(
    (purpose) => purpose.active || data?.entries.some((entry) => entry.purpose === purpose.code),
  );
  if (error === null && shown.length === 0) {
    return null;
  }
  const said = (found: Found) => {
    client.setQueryData(key, found);
    void client.invalidateQueries({ queryKey: ['history'] });
  };
  return (
    <section className={classes.section} aria-label={t('consent.title')}>
      <div className={classes.relatedHead}>
        <h2>{t('consent.title')}</h2>
      </div>
      {error !== null && <ErrorState error={error} />}
      <ul className={classes.consents}>
        {data !== undefined &&
          shown.map((purpose) => (
            <Purpose key={purpose.id} entity={entity} id={id} found={data} purpose={purpose} onSaid={said} />
          ))}
      </ul>
    </section>
  );
}
