import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import { erasePerson, MODES, type Mode, type PersonRequest, type Planned, planErasure } from './persons';
import classes from './settings.module.css';
import { useJobEnd } from './useJobEnd';

function PlannedRow({ one, mode, onMode }: { one: Planned; mode: Mode; onMode: (mode: Mode) => void }) {
  const t = useT();
  const label = useLabel();
  const entity = useModel().entity(one.entity);
  const name = (field: string) => label(entity?.field(field)?.label, field);
  const title = entity === undefined ? one.entity : label(entity.meta.pluralLabel, entity.setName);
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <strong>{title}</strong>
        <span className={classes.meta}>{t('privacy.planned', { persons: one.persons, mentions: one.mentions })}</span>
        {mode === 'blank' && one.mentions > 0 && <span className={classes.meta}>{t('privacy.goesWords')}</span>}
        {mode === 'blank' && one.persons > 0 && (
          <span className={classes.meta}>{t('privacy.goes', { fields: one.goes.map(name).join(', ') })}</span>
        )}
        {mode === 'blank' &&
          one.persons > 0 &&
          one.stays.map((stays) => (
            <span key={stays.field} className={classes.meta}>
              {t('privacy.stays', { field: name(stays.field), why: stays.why })}
            </span>
          ))}
      </div>
      <NativeSelect
        aria-label={`${t('privacy.mode')}: ${title}`}
        value={mode}
        data={MODES.map((value) => ({ value, label: t(`privacy.mode.${value}`) }))}
        onChange={(event) => onMode(event.currentTarget.value as Mode)}
      />
    </li>
  );
}

/** What would go and what would stay, before it goes. */
function Plan({ request, onErased }: { request: PersonRequest; onErased: () => void }) {
  const t = useT();
  const problemText = useProblemText();
  const [modes, setModes] = useState<Record<string, Mode>>({});
  const [files, setFiles] = useState(true);
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['persons', request.id, 'erasure'],
    queryFn: ({ signal }) => planErasure(request.id, signal),
  });
  const [running, watch] = useJobEnd(onErased);
  if (error !== null) {
    return <ErrorState error={error} />;
  }
  const erase = () =>
    void erasePerson(request.id, { reason, entities: modes, files }).then(watch, (problem: unknown) =>
      toasts.show({ text: problemText(problem), tone: 'bad' }),
    );
  return (
    <>
      <p className={classes.hint}>{t('privacy.eraseText')}</p>
      <ul className={classes.list} aria-label={t('privacy.erase')}>
        {data?.map((one) => (
          <PlannedRow
            key={one.entity}
            one={one}
            mode={modes[one.entity] ?? 'blank'}
            onMode={(mode) => setModes({ ...modes, [one.entity]: mode })}
          />
        ))}
      </ul>
      <div className={classes.form}>
        <Checkbox
          label={t('privacy.files')}
          checked={files}
          onChange={(event) => setFiles(event.currentTarget.checked)}
        />
        <TextInput
          label={t('privacy.reason')}
          description={t('privacy.reasonHint')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox label={t('privacy.sure')} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <div>
          <Button
            variant="filled"
            color="bad"
            loading={running}
            disabled={!sure || reason.trim() === ''}
            onClick={erase}
          >
            {t('privacy.erase')}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Takes away what there is of a person, and hands out the proof. */
export function Erasure({ request, onErased }: { request: PersonRequest; onErased: () => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (request.proof !== undefined) {
    return (
      <div className={classes.bar}>
        <strong>{t('privacy.erased')}</strong>
        <Button component="a" href={request.proof} leftSection={<IconDownload size={15} aria-hidden="true" />}>
          {t('privacy.proof')}
        </Button>
      </div>
    );
  }
  return (
    <section aria-label={t('privacy.erase')}>
      <div className={classes.bar}>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('privacy.plan')}
        </Button>
      </div>
      {open && <Plan request={request} onErased={onErased} />}
    </section>
  );
}
