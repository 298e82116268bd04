import type { Lang } from '../api/types';

export const ADDRESS_PARTS = ['street', 'locality', 'region', 'postalCode', 'country'] as const;

export type AddressPart = (typeof ADDRESS_PARTS)[number];

export type Address = Partial<Record<AddressPart, string>>;

/** ISO 3166, two letters. */
const COUNTRIES: readonly string[] = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT ' +
  'BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ' +
  'ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT ' +
  'HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS ' +
  'LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI ' +
  'NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG ' +
  'SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG ' +
  'UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** Where the postal code stands before the place. */
const CODE_BEFORE_PLACE = new Set(
  'AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IL IS IT LI LT LU LV MX NL NO PL PT RO RS SE SI SK TR'.split(' '),
);

/** Where addresses in Han characters begin with what is greatest. */
const GREATEST_FIRST = new Set(['', 'CN', 'HK', 'JP', 'MO', 'TW']);

export function addressOf(text: string): Address {
  try {
    return JSON.parse(text) as Address;
  } catch {
    return {};
  }
}

export function countryName(code: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames(lang, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All countries in the order of their names. */
export function countries(lang: Lang): { value: string; label: string }[] {
  const order = new Intl.Collator(lang);
  return COUNTRIES.map((value) => ({ value, label: countryName(value, lang) })).sort((one, other) =>
    order.compare(one.label, other.label),
  );
}

const joined = (between: string, texts: readonly string[]) => texts.filter((text) => text !== '').join(between);

/** The address in one line, as its country writes it. */
export function addressText(address: Address, lang: Lang): string {
  const { locality = '', region = '', postalCode = '', country = '' } = address;
  const street = (address.street ?? '').replace(/\s*\n\s*/g, ', ');
  const name = country === '' ? '' : countryName(country, lang);
  if (GREATEST_FIRST.has(country) && /\p{Script=Han}/u.test(street + locality + region)) {
    return joined(' ', [name + (locality.startsWith(region) ? '' : region) + locality + street, postalCode]);
  }
  const places = CODE_BEFORE_PLACE.has(country)
    ? [joined(' ', [postalCode, locality]), region]
    : [locality, joined(' ', [region, postalCode])];
  return joined(', ', [street, ...places, name]);
}
