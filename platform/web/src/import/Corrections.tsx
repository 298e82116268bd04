import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '../i18n';
import classes from './import.module.css';

interface CorrectionProps {
  column: string;
  corrections: Record<string, string>;
  onChange: (corrections: Record<string, string>) => void;
}

type Pair = [from: string, to: string];

function complete(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(([from]) => from !== ''));
}

/** What values in a column really mean: "GTXPro" is "GTX Pro" in every row. */
export function Corrections({ column, corrections, onChange }: CorrectionProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [pairs, setPairs] = useState<readonly Pair[]>(Object.entries(corrections));
  const count = Object.keys(corrections).length;
  const text = count === 0 ? t('import.corrections') : t('import.correctionCount', { count });
  const change = (next: readonly Pair[]) => {
    setPairs(next);
    onChange(complete(next));
  };
  const toggle = () => {
    if (!open && pairs.length === 0) {
      setPairs([['', '']]);
    }
    setOpen(!open);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" aria-label={`${text}: ${column}`} onClick={toggle}>
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('import.correctionsFor', { name: column })}>
        <div className={classes.corrections}>
          {pairs.map(([from, to], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a pair being typed has no identity but its place
            <div key={index} className={classes.correction}>
              <TextInput
                aria-label={t('import.correctionFrom')}
                placeholder={t('import.correctionFrom')}
                value={from}
                onChange={(event) => change(pairs.with(index, [event.currentTarget.value, to]))}
              />
              <IconArrowRight size={16} aria-hidden="true" />
              <TextInput
                aria-label={t('import.correctionTo')}
                placeholder={t('import.correctionTo')}
                value={to}
                onChange={(event) => change(pairs.with(index, [from, event.currentTarget.value]))}
              />
              <ActionIcon aria-label={t('import.correctionRemove')} onClick={() => change(pairs.toSpliced(index, 1))}>
                <IconX size={16} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="subtle"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setPairs([...pairs, ['', '']])}
          >
            {t('import.correctionAdd')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
