import {
  type Icon,
  IconAddressBook,
  IconAlignLeft,
  IconAt,
  IconBriefcase,
  IconBuilding,
  IconBuildingStore,
  IconCalendar,
  IconCalendarEvent,
  IconCalendarTime,
  IconCar,
  IconChecklist,
  IconCircleDashed,
  IconClipboardList,
  IconCurrencyDollar,
  IconDecimal,
  IconFileText,
  IconFlag,
  IconHash,
  IconHelpCircle,
  IconHome,
  IconLetterT,
  IconLink,
  IconMapPin,
  IconPackage,
  IconPercentage,
  IconPhone,
  IconReceipt,
  IconShoppingCart,
  IconTable,
  IconTargetArrow,
  IconToggleLeft,
  IconTool,
  IconTruck,
  IconUser,
  IconUserStar,
  IconUsers,
} from '@tabler/icons-react';
import type { FieldType } from '../api/types';

const ENTITY_ICONS: Record<string, Icon> = {
  'address-book': IconAddressBook,
  briefcase: IconBriefcase,
  building: IconBuilding,
  calendar: IconCalendarEvent,
  car: IconCar,
  cart: IconShoppingCart,
  checklist: IconChecklist,
  clipboard: IconClipboardList,
  contact: IconAddressBook,
  file: IconFileText,
  flag: IconFlag,
  help: IconHelpCircle,
  home: IconHome,
  'map-pin': IconMapPin,
  package: IconPackage,
  box: IconPackage,
  receipt: IconReceipt,
  store: IconBuildingStore,
  target: IconTargetArrow,
  tool: IconTool,
  truck: IconTruck,
  user: IconUser,
  'user-star': IconUserStar,
  agent: IconUserStar,
  users: IconUsers,
};

const FIELD_ICONS: Record<FieldType, Icon> = {
  text: IconLetterT,
  longText: IconAlignLeft,
  email: IconAt,
  phone: IconPhone,
  url: IconLink,
  picklist: IconCircleDashed,
  integer: IconHash,
  decimal: IconDecimal,
  money: IconCurrencyDollar,
  percent: IconPercentage,
  boolean: IconToggleLeft,
  date: IconCalendar,
  datetime: IconCalendarTime,
  lookup: IconLink,
  user: IconUser,
};

/** Icons are named by the metadata; a name nobody drew gets a table. */
export function EntityIcon(props: { name: string | undefined; size?: number }) {
  const Drawn = ENTITY_ICONS[props.name ?? ''] ?? IconTable;
  return <Drawn size={props.size ?? 18} stroke={1.6} aria-hidden="true" />;
}

export function FieldIcon(props: { type: FieldType; size?: number }) {
  const Drawn = FIELD_ICONS[props.type] ?? IconLetterT;
  return <Drawn size={props.size ?? 15} stroke={1.6} aria-hidden="true" />;
}
