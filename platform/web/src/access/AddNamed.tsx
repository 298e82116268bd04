import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../i18n';
import classes from './access.module.css';

/** A name for something new; the field is empty again when it is there. */
export function AddNamed({ label, onAdd }: { label: string; onAdd: (name: string) => Promise<boolean> }) {
  const t = useT();
  const [name, setName] = useState('');
  return (
    <form
      className={classes.addRow}
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd(name.trim()).then((done) => done && setName(''));
      }}
    >
      <TextInput label={label} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" disabled={name.trim() === ''} leftSection={<IconPlus size={15} aria-hidden="true" />}>
        {t('access.add')}
      </Button>
    </form>
  );
}
