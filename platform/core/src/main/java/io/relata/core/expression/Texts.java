package io.relata.core.expression;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes what begins with a text.
final class Texts {

    /// What [Op#TRIM] takes away: the blanks of ASCII, the fixed one and the wide one.
    static final String BLANKS = " \t\n\r\f\u000b\u00a0\u3000";

    static final String NUMBER = "-?[0-9]{1,18}(\\.[0-9]{1,10})?";

    private static final java.util.regex.Pattern NUMERIC = java.util.regex.Pattern.compile(NUMBER);
    private static final int STEP_SIZE = 16;

    private final Budget budget;
    private final Environment environment;

    Texts(Budget budget, Environment environment) {
        this.budget = budget;
        this.environment = environment;
    }

    @Nullable
    Object compute(Node.Call call, String text, Object[] given) {
        budget.steps(text.length() / STEP_SIZE);
        return switch (call.op()) {
            case SIZE -> BigDecimal.valueOf(length(text));
            case LOWER -> budget.text(mapped(text, false));
            case UPPER -> budget.text(mapped(text, true));
            case TRIM -> budget.text(trimmed(text));
            case CONTAINS -> text.contains((String) given[1]);
            case STARTS_WITH -> text.startsWith((String) given[1]);
            case ENDS_WITH -> text.endsWith((String) given[1]);
            case SUBSTRING -> budget.text(part(text, whole(given[1]), whole(given[2])));
            case LAST -> budget.text(part(text, length(text) - Math.max(0, whole(given[1])), length(text)));
            case REPLACE -> replaced(text, (String) given[1], (String) given[2]);
            case MATCHES -> matches(text, (String) given[1]);
            case LABEL -> label(call, text);
            case NUMBER_OF -> {
                String number = trimmed(text);
                yield NUMERIC.matcher(number).matches() ? new BigDecimal(number) : null;
            }
            default -> throw new IllegalArgumentException("Not of texts: " + call);
        };
    }

    private boolean matches(String text, String written) {
        Pattern pattern = Pattern.of(written);
        budget.steps(text.length() * (pattern.size() / STEP_SIZE + 1));
        return pattern.matches(text);
    }

    private String label(Node.Call call, String value) {
        if (call.argument(0).type() instanceof Type.Text text) {
            for (Type.Choice choice : text.choices()) {
                if (choice.value().equals(value)) {
                    return label(choice.labels(), value, environment.locale());
                }
            }
        }
        return value;
    }

    static String label(Map<String, String> labels, String value, Locale locale) {
        String exact = labels.get(locale.toLanguageTag());
        String english = exact == null ? labels.get("en") : exact;
        return english == null ? labels.values().stream().sorted().findFirst().orElse(value) : english;
    }

    private String replaced(String text, String part, String with) {
        if (part.isEmpty()) {
            return text;
        }
        budget.steps(text.length());
        return budget.text(text.replace(part, with));
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String part(String text, int from, int to) {
        int length = length(text);
        int start = Math.clamp(from, 0, length);
        int end = Math.clamp(to, start, length);
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }

    /// Returns the number without what stands behind the point, within what matters for positions in a text.
    private static int whole(Object number) {
        BigDecimal most = BigDecimal.valueOf(1_000_000);
        return ((BigDecimal) number).min(most).max(most.negate()).intValue();
    }

    /// One letter for one letter, as the database does it.
    private static String mapped(String text, boolean upper) {
        return text.codePoints()
                .map(point -> upper ? Character.toUpperCase(point) : Character.toLowerCase(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /// By characters (code points), which is the order of their bytes.
    static int compare(String one, String other) {
        int[] left = one.codePoints().toArray();
        int[] right = other.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
    }
}
