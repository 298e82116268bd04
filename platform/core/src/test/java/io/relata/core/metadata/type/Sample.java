package io.relata.core.metadata.type;

import io.relata.core.file.StoredFile;
import io.relata.core.file.TestFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the contract of all field types needs to know of one type. A type without a sample fails the contract.
///
/// @param definition the type's own members of a definition, as JSON without the braces
/// @param input      a value as a caller may send it, in JSON
/// @param shown      the same value as the API shows it, in JSON
/// @param other      a value that comes behind it in every order, in JSON
/// @param text       the value as a person writes it into a file
/// @param filter     an OData condition that holds for the value and not for the other; `%s` is the property
/// @param edm        the type in `$metadata`
/// @param english    the value as people read it
/// @param chinese    the value as people read it in Chinese
/// @param wrong      what is refused, in JSON, and the code of the reason
record Sample(
        String definition,
        String input,
        String shown,
        String other,
        String text,
        String filter,
        String edm,
        String english,
        String chinese,
        Map<String, String> wrong) {

    static final String ID = "0198f0c4-9a6e-7cc1-b7f5-6d5f3f1b2a90";

    private static final String OPTIONS = """
            "options": [{"value": "red", "label": {"en": "Red", "zh-CN": "红"}},
                        {"value": "sea", "label": {"en": "Blue, like the sea", "zh-CN": "海蓝"}, "color": "blue"},
                        {"value": "old", "label": {"en": "Old", "zh-CN": "旧"}, "active": false}]""";

    private static final String NUMBER = "expects-number";

    /// Returns the samples by the name of their type; lookups and users are filled in by the test.
    static Map<String, Sample> all(
            String record,
            String otherRecord,
            String user,
            String otherUser,
            StoredFile file,
            StoredFile otherFile,
            StoredFile picture,
            StoredFile otherPicture) {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put(
                "text",
                text("\"maxLength\": 9", "\"Ängström\"", "\"星河\"", "%s eq 'Ängström'")
                        .wrong("\"0123456789\"", "too-long", "1", "expects-text")
                        .build());
        samples.put(
                "longText",
                text("", "\"Aa\\nBb\"", "\"C\"", "contains(%s,'bb')")
                        .wrong("true", "expects-text")
                        .build());
        samples.put(
                "richText",
                text(
                                "",
                                "\"<p>Aa<script>alert(1)</script> <b onclick=x>Bb</b></p>\"",
                                "\"<p>Cc</p>\"",
                                "contains(%s,'bb')")
                        .shown("\"<p>Aa <b>Bb</b></p>\"")
                        .text("<p>Aa <b>Bb</b></p>")
                        .read("Aa Bb", "Aa Bb")
                        .wrong("7", "expects-text")
                        .build());
        samples.put(
                "encryptedText",
                text("", "\"Ab 12 中\"", "\"Bb\"", "%s eq 'Ab 12 中'")
                        .wrong("7", "expects-text", "\"••••••\"", "secret-mask")
                        .build());
        samples.put(
                "email",
                text("", "\" a@x.org \"", "\"b@x.org\"", "startswith(%s,'A@')")
                        .shown("\"a@x.org\"")
                        .text("a@x.org")
                        .read("a@x.org", "a@x.org")
                        .wrong("\"a@x\"", "email-invalid")
                        .build());
        samples.put(
                "phone",
                text("\"country\": \"CN\"", "\"010-8888 8888\"", "\"+861099999999\"", "startswith(%s,'+86108888')")
                        .shown("\"+861088888888\"")
                        .text("（010）８８８８８８８８")
                        .read("010 8888 8888", "010 8888 8888")
                        .wrong("\"none\"", "phone-invalid", "\"12\"", "phone-invalid")
                        .build());
        samples.put(
                "autoNumber",
                text("\"pattern\": \"N-{000}\"", "\"N-001\"", "\"N-002\"", "%s eq 'N-001'")
                        .wrong("\"N-003\"", "read-only")
                        .build());
        samples.put(
                "currency",
                text("", "\"CNY\"", "\"USD\"", "%s eq 'CNY'")
                        .text("cny")
                        .read("Chinese Yuan", "人民币")
                        .wrong("\"XYZ\"", "currency-unknown", "\"cny\"", "currency-unknown")
                        .build());
        samples.put(
                "url",
                text("", "\"https://a.org\"", "\"https://b.org\"", "%s eq 'https://a.org'")
                        .wrong("\"javascript:alert(1)\"", "url-invalid")
                        .build());
        samples.put(
                "picklist",
                text(OPTIONS, "\"red\"", "\"sea\"", "%s eq 'red'")
                        .text("红")
                        .read("Red", "红")
                        .wrong("\"old\"", "not-an-option", "\"Red\"", "not-an-option")
                        .build());
        samples.put(
                "multiPicklist",
                list(OPTIONS, "[\"sea\", \"red\", \"red\"]", "[\"sea\"]", "%s/any(t:t eq 'red')")
                        .shown("[\"red\",\"sea\"]")
                        .text("Red; 海蓝")
                        .read("Red, Blue, like the sea", "红、海蓝")
                        .wrong("[\"old\"]", "not-an-option", "\"red\"", "expects-texts", "[1]", "expects-texts")
                        .build());
        samples.put(
                "tags",
                list("", "[\" VIP \", \"vip\", \"2026\"]", "[\"no\"]", "%s/any(t:t in ('x','VIP'))")
                        .shown("[\"VIP\",\"2026\"]")
                        .text("VIP，2026")
                        .read("VIP, 2026", "VIP、2026")
                        .wrong("[\"" + "x".repeat(61) + "\"]", "too-long", "{}", "expects-texts")
                        .build());
        samples.put(
                "integer",
                number("Edm.Int64", "1234", "1235", "1234")
                        .wrong("1.5", "expects-integer", "\"x\"", "expects-integer")
                        .build());
        samples.put(
                "decimal",
                number("Edm.Decimal", "1234.5", "1234.51", "1,234.50")
                        .shown("1234.50")
                        .wrong("0.001", "too-many-decimals", "true", NUMBER)
                        .build());
        samples.put(
                "money",
                number("Edm.Decimal", "1234.5", "1234.51", "$1,234.50")
                        .shown("1234.50")
                        .wrong("\"1,0\"", NUMBER)
                        .build());
        samples.put(
                "percent",
                number("Edm.Decimal", "12.5", "99", "12.5%")
                        .shown("12.50")
                        .wrong("\"12%%\"", NUMBER)
                        .build());
        samples.put(
                "rating",
                number("Edm.Int64", "4", "5", "4/5")
                        .wrong("6", "too-big", "0", "too-small")
                        .build());
        samples.put(
                "boolean",
                number("Edm.Boolean", "false", "true", "No")
                        .text("否")
                        .read("No", "否")
                        .wrong("\"yes\"", "expects-boolean")
                        .build());
        samples.put(
                "date",
                quoted("Edm.Date", "2026-01-31", "2026-02-01")
                        .read("31 Jan 2026", "2026年1月31日")
                        .wrong("\"31.01.2026\"", "expects-date")
                        .build());
        samples.put(
                "datetime",
                quoted("Edm.DateTimeOffset", "2026-01-31T01:30:00Z", "2026-01-31T01:30:01Z")
                        .read("31 Jan 2026 09:30", "2026年1月31日 09:30")
                        .wrong("\"2026-01-31\"", "expects-datetime")
                        .build());
        samples.put(
                "time",
                quoted("Edm.TimeOfDay", "09:30:00", "17:00:00")
                        .text("9:30")
                        .read("09:30", "09:30")
                        .wrong("\"25:00\"", "expects-time", "\"09:30:00.5\"", "expects-time")
                        .build());
        samples.put(
                "duration",
                number("Edm.Int64", "5400", "5401", "1:30")
                        .text("1小时30分")
                        .wrong("\"soon\"", "expects-integer")
                        .build());
        samples.put(
                "lookup",
                quoted("Edm.Guid", record, otherRecord)
                        .definition("\"target\": \"company\"")
                        .wrong("\"x\"", "expects-id", "\"" + ID + "\"", "lookup-missing")
                        .build());
        samples.put(
                "user",
                quoted("Edm.Guid", user, otherUser)
                        .wrong("\"x\"", "expects-id", "\"" + ID + "\"", "user-missing")
                        .build());
        samples.put(
                "address",
                new Builder(
                                "",
                                "{\"street\": \" 建国路1号 \", \"locality\": \"北京市\", \"postalCode\": \"100022\", \"country\": \"cn\", \"region\": \"\"}",
                                "{\"locality\": \"Oslo\"}",
                                "%1$s/country eq 'CN' and %1$s/locality ne 'Oslo'",
                                "Relata.Address")
                        .shown(
                                "{\"street\": \"建国路1号\", \"locality\": \"北京市\", \"postalCode\": \"100022\", \"country\": \"CN\"}")
                        .read("China北京市建国路1号 100022", "中国北京市建国路1号 100022")
                        .wrong(
                                "{\"town\": \"Oslo\"}",
                                "expects-address",
                                "{\"country\": \"XX\"}",
                                "country-unknown",
                                "\"Oslo\"",
                                "expects-address")
                        .build());
        samples.put(
                "geo",
                new Builder(
                                "",
                                "{\"type\": \"Point\", \"coordinates\": [116.4074, 39.9042]}",
                                "\"-33.8688, 151.2093\"",
                                "geo.distance(%s,geography'SRID=4326;Point(116.40 39.90)') lt 1000",
                                "Edm.GeographyPoint")
                        .text("39.9042, 116.4074")
                        .read("39.9042° N, 116.4074° E", "东经116.4074°，北纬39.9042°")
                        .wrong(
                                "\"Beijing\"",
                                "expects-point",
                                "{\"type\": \"Point\", \"coordinates\": [10, 91]}",
                                "point-not-on-earth")
                        .build());
        samples.put("file", file("\"accept\": [\"text/*\"]", file, otherFile, picture));
        samples.put("image", file("", picture, otherPicture, file));
        samples.put(
                "json",
                text("", "{\"b\": [1, 2.5], \"a\": null}", "{\"z\": 1}", "contains(%s,'2.5')")
                        .shown("\"{\\\"b\\\":[1,2.5],\\\"a\\\":null}\"")
                        .text("{\"b\": [1, 2.5], \"a\": null}")
                        .read("{\"b\":[1,2.5],\"a\":null}", "{\"b\":[1,2.5],\"a\":null}")
                        .wrong("\"{\"", "expects-json")
                        .build());
        return samples;
    }

    private static Sample file(String definition, StoredFile file, StoredFile other, StoredFile wrong) {
        String id = "{\"id\": \"%s\"}";
        return new Builder(
                        definition,
                        id.formatted(file.id()),
                        id.formatted(other.id()),
                        "%1$s/name eq '" + file.name() + "' and %1$s/size gt 3",
                        file.width() == null ? "Relata.File" : "Relata.Image")
                .shown(TestFiles.json(file))
                .text(file.id().toString())
                .read(file.name(), file.name())
                .wrong(id.formatted(ID), "file-missing", "\"x\"", "expects-file", id.formatted(wrong.id()), "file-type")
                .build();
    }

    private static Builder text(String definition, String input, String other, String filter) {
        return new Builder(definition, input, other, filter, "Edm.String");
    }

    private static Builder list(String definition, String input, String other, String filter) {
        return new Builder(definition, input, other, filter, "Collection(Edm.String)");
    }

    private static Builder number(String edm, String input, String other, String read) {
        return new Builder("", input, other, "%s lt " + other, edm).read(read, read);
    }

    private static Builder quoted(String edm, String input, String other) {
        String operator = edm.equals("Edm.Guid") ? "eq " + input : "lt " + other;
        return new Builder("", '"' + input + '"', '"' + other + '"', "%s " + operator, edm);
    }

    /// Puts a sample together; what is not said follows from the input.
    private static final class Builder {

        private String definition;
        private final String input;
        private final String other;
        private final String filter;
        private final String edm;
        private String shown;
        private String text;
        private String english;
        private String chinese;
        private final Map<String, String> wrong = new LinkedHashMap<>();

        Builder(String definition, String input, String other, String filter, String edm) {
            this.definition = definition;
            this.input = input;
            this.other = other;
            this.filter = filter;
            this.edm = edm;
            this.shown = input;
            this.text = input.startsWith("\"")
                    ? input.substring(1, input.length() - 1).replace("\\n", "\n")
                    : input;
            this.english = text;
            this.chinese = text;
        }

        Builder definition(String members) {
            definition = members;
            return this;
        }

        Builder shown(String json) {
            shown = json;
            return this;
        }

        Builder text(String cell) {
            text = cell;
            return this;
        }

        Builder read(String inEnglish, String inChinese) {
            english = inEnglish;
            chinese = inChinese;
            return this;
        }

        Builder wrong(String... inputsAndCodes) {
            for (int i = 0; i < inputsAndCodes.length; i += 2) {
                wrong.put(inputsAndCodes[i], inputsAndCodes[i + 1]);
            }
            return this;
        }

        Sample build() {
            return new Sample(definition, input, shown, other, text, filter, edm, english, chinese, wrong);
        }
    }
}
