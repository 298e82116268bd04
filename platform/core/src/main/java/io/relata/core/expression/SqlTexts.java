package io.relata.core.expression;

import io.relata.core.expression.Node.Call;
import java.util.Locale;
import org.jooq.Collation;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The functions of texts in SQL.
final class SqlTexts {

    private static final Collation UNICODE_CASE = DSL.collation(DSL.name("pg_catalog", "pg_c_utf8"));

    private final SqlExpressions expressions;
    private final Locale locale;

    SqlTexts(SqlExpressions expressions, Locale locale) {
        this.expressions = expressions;
        this.locale = locale;
    }

    Condition condition(Call call) {
        Field<String> text = text(call, 0);
        return switch (call.op()) {
            case CONTAINS -> DSL.condition("position({1} in {0}) > 0", text, text(call, 1));
            case STARTS_WITH -> DSL.condition("starts_with({0}, {1})", text, text(call, 1));
            case ENDS_WITH -> DSL.condition("right({0}, char_length({1})) = {1}", text, text(call, 1));
            case MATCHES -> DSL.condition("{0} ~ {1}", text, DSL.val(portable(call.argument(1))));
            default -> throw new IllegalArgumentException("Not a condition: " + call);
        };
    }

    private static String portable(Node pattern) {
        String written = Node.Constant.text(pattern);
        return written == null ? "" : "^(?:" + Pattern.of(written).portable() + ")$";
    }

    Field<?> value(Call call) {
        return switch (call.op()) {
            case CONCAT -> text("concat({0}, {1})", text(call, 0), text(call, 1));
            case LOWER -> text("lower({0})", text(call, 0).collate(UNICODE_CASE));
            case UPPER -> text("upper({0})", text(call, 0).collate(UNICODE_CASE));
            case TRIM -> text("btrim({0}, {1})", text(call, 0), DSL.val(Texts.BLANKS));
            case SUBSTRING -> substring(call);
            case LAST -> text("relata.expression_last({0}, {1})", text(call, 0), expressions.number(call.argument(1)));
            case REPLACE -> text("replace({0}, {1}, {2})", text(call, 0), text(call, 1), text(call, 2));
            case LABEL ->
                call.argument(0).type() instanceof Type.Text text
                        ? SqlExpressions.label(text(call, 0), text.choices(), locale)
                        : text(call, 0);
            case TEXT_OF_NUMBER -> text("cast(trim_scale({0}) as text)", expressions.number(call.argument(0)));
            case TEXT_OF_TRUTH ->
                text("case {0} when true then 'true' when false then 'false' end", expressions.value(call.argument(0)));
            case NUMBER_OF -> SqlExpressions.numeric("relata.expression_number({0})", text(call, 0));
            default -> throw new IllegalArgumentException("Not of texts: " + call);
        };
    }

    private Field<String> text(Call call, int argument) {
        return expressions.text(call.argument(argument));
    }

    private static Field<String> text(String template, Field<?>... parts) {
        return SqlExpressions.bytes(DSL.field(template, SQLDataType.CLOB, parts));
    }

    private Field<String> substring(Call call) {
        return text(
                "relata.expression_part({0}, {1}, {2})",
                text(call, 0), expressions.number(call.argument(1)), expressions.number(call.argument(2)));
    }
}
