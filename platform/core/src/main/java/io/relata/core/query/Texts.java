package io.relata.core.query;

import java.util.Locale;
import org.jooq.Collation;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// The collations in use: bytes where a program compares, Unicode's case rules where letters fold, and a language's
/// order where people read.
final class Texts {

    private static final Collation BYTES = DSL.collation(DSL.name("pg_catalog", "C"));
    private static final Collation UNICODE_CASE = DSL.collation(DSL.name("pg_catalog", "pg_c_utf8"));
    private static final Collation PINYIN = DSL.collation(DSL.name("pg_catalog", "zh-x-icu"));
    private static final Collation WORLD = DSL.collation(DSL.name("pg_catalog", "und-x-icu"));

    private Texts() {}

    static Field<String> lower(Field<String> text) {
        return DSL.lower(text.collate(UNICODE_CASE)).collate(BYTES);
    }

    static Field<String> upper(Field<String> text) {
        return DSL.upper(text.collate(UNICODE_CASE)).collate(BYTES);
    }

    static Field<String> ordered(Field<String> text, Locale locale) {
        return text.collate(locale.getLanguage().equals("zh") ? PINYIN : WORLD);
    }
}
