import { Button, Group, Modal } from '@mantine/core';
import { useT } from '../i18n';
import classes from './confirmation.module.css';

interface Props {
  title: string;
  text: string;
  action: string;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Confirmation({ title, text, action, onClose, onConfirm }: Props) {
  const t = useT();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <p className={classes.text}>{text}</p>
      <Group justify="flex-end" gap="xs">
        <Button data-autofocus onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button variant="filled" color="bad" onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
