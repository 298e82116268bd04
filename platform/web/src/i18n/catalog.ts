import type { en } from './en';

type EnglishKey = keyof typeof en;

/** Chinese has one plural form, so English singulars have no counterpart. */
export type Catalog = { [Key in EnglishKey as Key extends `${string}_one` ? never : Key]: string };

/** What the code asks for: plural forms are chosen by `count`. */
export type MessageKey = {
  [Key in EnglishKey]: Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
}[EnglishKey];
