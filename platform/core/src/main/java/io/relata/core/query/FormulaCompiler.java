package io.relata.core.query;

import io.relata.core.expression.Node;
import io.relata.core.expression.SqlExpressions;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Turns formulas into SQL, in the form in which other fields are stored.
final class FormulaCompiler {

    /// The first number that no slot keeps.
    private static final BigDecimal TOO_LARGE = BigDecimal.ONE.movePointRight(18);

    private final Source source;
    private final Reader reader;
    private final ValueCompiler values;

    FormulaCompiler(Source source, Reader reader) {
        this.source = source;
        this.reader = reader;
        this.values = new ValueCompiler(source);
    }

    /// @param path where the formula is; it reads from there on
    Field<?> stored(Value.Path path, FieldDefinition field) {
        Formula formula = Objects.requireNonNull(field.formula());
        SqlExpressions expressions = new SqlExpressions(
                DSL.field("now()", SQLDataType.TIMESTAMPWITHTIMEZONE),
                reader.zone(),
                reader.locale(),
                node -> natural(path, formula, node));
        Field<?> value = expressions.value(formula.expression().root());
        Field<?> stored = stored(field, value);
        return path.lookups().isEmpty() ? stored : ofRecord(path, stored);
    }

    /// Where a lookup leads nowhere there is no value, whatever the formula makes of nothing.
    private Field<?> ofRecord(Value.Path path, Field<?> stored) {
        Value.Path id = new Value.Path(path.level(), path.lookups(), Property.OfRecord.ALL.getFirst());
        return DSL.field("case when {0} is not null then {1} end", stored.getDataType(), source.column(id), stored);
    }

    private static Field<?> stored(FieldDefinition field, Field<?> value) {
        return switch (field.kind()) {
            case STRING -> text(value, field.maxLength());
            case INTEGER, DECIMAL -> whole(value, field.scale());
            case BOOLEAN -> DSL.field("cast({0} as int)::bigint", SQLDataType.BIGINT, value);
            case DATE -> value.coerce(SQLDataType.LOCALDATE);
            case INSTANT -> value.coerce(SQLDataType.TIMESTAMPWITHTIMEZONE);
            case UUID -> value.coerce(SQLDataType.UUID);
            case LIST, POINT, OBJECT, SECRET ->
                throw new IllegalArgumentException("No formula gives a list: " + field.name());
        };
    }

    /// A number as a slot keeps it: without its point; empty when it is too large for any field. The database's own
    /// functions only, and the value once: it becomes part of the statement, which a function with a guard would not,
    /// and a formula over formulas grows no faster than these. Of nothing `greatest` makes the least, which is empty.
    private static Field<Long> whole(Field<?> value, int scale) {
        Field<BigDecimal> shifted = scale == 0
                ? DSL.field("round({0})", SQLDataType.NUMERIC, value)
                : DSL.field(
                        "round({0} * {1})",
                        SQLDataType.NUMERIC, value, DSL.inline(BigDecimal.ONE.movePointRight(scale)));
        return DSL.field(
                "cast(nullif(nullif(least(greatest({0}, {1}), {2}), {1}), {2}) as bigint)",
                SQLDataType.BIGINT, shifted, DSL.inline(TOO_LARGE.negate()), DSL.inline(TOO_LARGE));
    }

    private static Field<?> text(Field<?> value, int maxLength) {
        return DSL.field("nullif(left({0}, {1}), '') collate \"C\"", SQLDataType.CLOB, value, DSL.inline(maxLength));
    }

    private Field<?> natural(Value.Path before, Formula formula, Node.Path node) {
        Value.Path from = path(formula.sources().get(node.names()), 0);
        List<Value.Path.Step> steps = new ArrayList<>(before.lookups());
        steps.addAll(from.lookups());
        return natural(new Value.Path(before.level(), steps, from.property()));
    }

    /// Returns the path in the words of queries.
    ///
    /// @param skipped of the lookups at its beginning
    static Value.Path path(Formula.@Nullable Source source, int skipped) {
        Formula.Source from = Objects.requireNonNull(source);
        List<Value.Path.Step> steps = new ArrayList<>();
        from.hops().stream().skip(skipped).forEach(hop -> steps.add(new Value.Path.Step(hop.lookup(), hop.target())));
        Property property = from.field() == null
                ? Property.OfRecord.ALL.stream()
                        .filter(known -> known.name().equals(from.name()))
                        .findFirst()
                        .orElseThrow()
                : new Property.OfField(from.field());
        return new Value.Path(steps, property);
    }

    private Field<?> natural(Value.Path path) {
        return switch (path.kind()) {
            case STRING -> values.text(path);
            case INTEGER, DECIMAL -> values.number(path);
            case BOOLEAN -> DSL.field("({0} = 1)", SQLDataType.BOOLEAN, values.stored(path));
            case DATE -> values.date(path);
            case INSTANT -> values.instant(path);
            case UUID -> values.uuid(path);
            case LIST, POINT, OBJECT, SECRET ->
                throw new IllegalArgumentException("No formula reads a list: " + path.property());
        };
    }
}
