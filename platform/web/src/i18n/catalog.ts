import type { en } from './en';
import type { moreEn } from './more.en';

type Translated<Texts> = { [Key in keyof Texts as Key extends `${string}_one` ? never : Key]: string };

/** Chinese has one plural form, so English singulars have no counterpart. */
export type Catalog = Translated<typeof en>;
export type MoreCatalog = Translated<typeof moreEn>;

type EnglishKey = keyof typeof en | keyof typeof moreEn;

/** What the code asks for: plural forms are chosen by `count`. */
export type MessageKey = {
  [Key in EnglishKey]: Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
}[EnglishKey];
