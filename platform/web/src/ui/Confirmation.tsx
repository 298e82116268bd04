import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../i18n';
import classes from './confirmation.module.css';

interface Props {
  title: string;
  text: string;
  action: string;
  /** What must be typed first, where much would be lost, and what is said above it. */
  typed?: { text: string; label: string } | undefined;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Confirmation({ title, text, action, typed, onClose, onConfirm }: Props) {
  const t = useT();
  const [written, setWritten] = useState('');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <p className={classes.text}>{text}</p>
      {typed !== undefined && (
        <TextInput
          label={typed.label}
          mb="md"
          autoComplete="off"
          spellCheck={false}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button data-autofocus onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          variant="filled"
          color="bad"
          disabled={typed !== undefined && written.trim() !== typed.text}
          onClick={onConfirm}
        >
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
