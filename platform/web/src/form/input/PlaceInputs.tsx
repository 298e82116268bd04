import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useFormat } from '../../api/session';
import { useT } from '../../i18n';
import { ADDRESS_PARTS, type AddressPart, addressOf, countries } from '../../ui/address';
import classes from '../form.module.css';
import { type InputProps, useCommon } from './common';

const KEEPS_LINES = { onKeyDown: (event: React.KeyboardEvent) => event.key === 'Enter' && event.stopPropagation() };

/** An address, each part of it in an input of its own. */
export function AddressInput(props: InputProps) {
  const { label, 'aria-label': hidden, description, error, id } = useCommon(props);
  const t = useT();
  const { lang } = useFormat();
  const address = addressOf(props.value);
  const set = (part: AddressPart, text: string) => {
    const { [part]: _, ...others } = address;
    const next = text === '' ? others : { ...others, [part]: text };
    props.onChange(Object.keys(next).length === 0 ? '' : JSON.stringify(next));
  };
  const input = (part: AddressPart) => {
    const common = { label: t(`address.${part}`), value: address[part] ?? '' };
    switch (part) {
      case 'street':
        return (
          <Textarea
            key={part}
            {...common}
            {...KEEPS_LINES}
            id={id}
            autosize
            dir="auto"
            onChange={(event) => set(part, event.currentTarget.value)}
          />
        );
      case 'country':
        return (
          <NativeSelect
            key={part}
            {...common}
            data={[{ value: '', label: '' }, ...countries(lang)]}
            onChange={(event) => set(part, event.currentTarget.value)}
          />
        );
      default:
        return (
          <TextInput key={part} {...common} dir="auto" onChange={(event) => set(part, event.currentTarget.value)} />
        );
    }
  };
  return (
    <fieldset className={classes.parts} aria-label={hidden}>
      {label !== undefined && <legend>{label}</legend>}
      {description !== undefined && <p className={classes.hint}>{description}</p>}
      {ADDRESS_PARTS.map(input)}
      {error !== undefined && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** A place by its latitude and longitude. */
export function GeoInput(props: InputProps) {
  const common = useCommon(props);
  const t = useT();
  return (
    <TextInput
      {...common}
      inputMode="text"
      placeholder={t('form.geo')}
      autoComplete="off"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
