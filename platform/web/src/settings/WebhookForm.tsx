import { ActionIcon, Button, Checkbox, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import classes from './settings.module.css';
import { another, type Chosen, HAPPENINGS, readEvents, type WebhookInput, writeEvents } from './webhooks';

/** Of one entity: what it is told of. */
function EntityEvents(props: {
  chosen: Chosen;
  taken: readonly string[];
  onChange: (next: Chosen) => void;
  onRemove: () => void;
}) {
  const t = useT();
  const label = useLabel();
  const model = useModel();
  const { entity, happenings, properties } = props.chosen;
  const definition = model.entity(entity);
  const name = label(definition?.meta.pluralLabel, entity);
  return (
    <fieldset className={classes.events}>
      <legend className={classes.eventsHead}>
        <NativeSelect
          aria-label={t('settings.webhook.entity')}
          value={entity}
          data={model.entities
            .filter((one) => one.name === entity || !props.taken.includes(one.name))
            .map((one) => ({ value: one.name, label: label(one.meta.pluralLabel, one.name) }))}
          onChange={(event) => props.onChange({ entity: event.currentTarget.value, happenings, properties: [] })}
        />
        <ActionIcon aria-label={t('settings.webhook.without', { name })} onClick={props.onRemove}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </legend>
      <div className={classes.happenings}>
        {HAPPENINGS.map((one) => (
          <Checkbox
            key={one}
            label={t(`settings.webhook.${one}`)}
            checked={happenings.includes(one)}
            onChange={(event) => {
              const others = happenings.filter((other) => other !== one);
              props.onChange({ ...props.chosen, happenings: event.currentTarget.checked ? [...others, one] : others });
            }}
          />
        ))}
      </div>
      {!happenings.includes('updated') && (
        <MultiSelect
          label={t('settings.webhook.properties')}
          searchable
          value={[...properties]}
          data={(definition?.fields ?? []).map((field) => ({
            value: field.property,
            label: label(field.label, field.name),
          }))}
          onChange={(next) => props.onChange({ ...props.chosen, properties: next })}
        />
      )}
    </fieldset>
  );
}

/** A webhook is written: where, and what it is told of. */
export function WebhookForm(props: {
  initial: WebhookInput;
  onSave: (input: WebhookInput) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useT();
  const model = useModel();
  const problemText = useProblemText();
  const [draft, setDraft] = useState(props.initial);
  const [chosen, setChosen] = useState(() => readEvents(props.initial.events));
  const [failure, setFailure] = useState<unknown>();
  const violations = failure instanceof ApiProblem ? failure.violations : [];
  const wrong = (field: string) => violations.find((one) => one.field === field)?.message;
  const elsewhere = violations.filter((one) => one.field !== 'name' && one.field !== 'url');
  const next = another(model, chosen);
  const save = (event: FormEvent) => {
    event.preventDefault();
    props.onSave({ ...draft, events: writeEvents(chosen) }).then(props.onClose, setFailure);
  };
  return (
    <form className={classes.webhookForm} onSubmit={save} noValidate>
      <TextInput
        data-autofocus
        label={t('settings.webhook.name')}
        required
        maxLength={100}
        error={wrong('name')}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.webhook.url')}
        description={t('settings.webhook.urlHint')}
        required
        type="url"
        error={wrong('url')}
        value={draft.url}
        onChange={(event) => setDraft({ ...draft, url: event.currentTarget.value })}
      />
      {chosen.map((one, index) => (
        <EntityEvents
          // biome-ignore lint/suspicious/noArrayIndexKey: another entity is chosen in the same place, which keeps the focus
          key={index}
          chosen={one}
          taken={chosen.map((other) => other.entity)}
          onChange={(changed) => setChosen(chosen.map((other) => (other === one ? changed : other)))}
          onRemove={() => setChosen(chosen.filter((other) => other !== one))}
        />
      ))}
      {next !== undefined && (
        <div>
          <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setChosen([...chosen, next])}>
            {t('settings.webhook.addEntity')}
          </Button>
        </div>
      )}
      <Checkbox
        label={t('settings.webhook.skipOwn')}
        description={t('settings.webhook.skipOwnHint')}
        checked={draft.skipOwn}
        onChange={(event) => setDraft({ ...draft, skipOwn: event.currentTarget.checked })}
      />
      {failure !== undefined && (elsewhere.length > 0 || violations.length === 0) && (
        <p role="alert" className={classes.bad}>
          {elsewhere.length > 0 ? elsewhere.map((one) => one.message).join(' ') : problemText(failure)}
        </p>
      )}
      <div className={classes.formActions}>
        <Button onClick={props.onClose}>{t('action.cancel')}</Button>
        <Button type="submit" variant="filled">
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
