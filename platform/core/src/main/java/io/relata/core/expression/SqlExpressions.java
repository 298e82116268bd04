package io.relata.core.expression;

import io.relata.core.expression.Node.Call;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Case;
import org.jooq.CaseConditionStep;
import org.jooq.Collation;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Turns expressions into SQL, constants bound. Means the same as [Evaluator], which a test compares.
public final class SqlExpressions {

    private static final Collation BYTES = DSL.collation(DSL.name("pg_catalog", "C"));

    private final Columns columns;
    private final SqlTexts texts;
    private final SqlDates dates;

    /// Where the values of an expression's names are.
    @FunctionalInterface
    public interface Columns {

        /// Returns a column of `text`, `numeric`, `boolean`, `date`, `timestamptz`, `uuid` or `text[]`, as the type
        /// of the path says.
        Field<?> column(Node.Path path);
    }

    /// @param now    the moment, as SQL has it
    /// @param zone   in which days begin and end
    /// @param locale in which labels are read
    public SqlExpressions(Field<OffsetDateTime> now, ZoneId zone, Locale locale, Columns columns) {
        this.columns = columns;
        this.texts = new SqlTexts(this, locale);
        this.dates = new SqlDates(this, now, zone);
    }

    /// Returns the value in the SQL type that [Columns] names for its type.
    public Field<?> value(Node node) {
        return switch (node) {
            case Node.Constant constant -> constant(constant);
            case Node.Path path -> columns.column(path);
            case Call call -> call(call);
        };
    }

    /// Returns the condition, which is true or false, never unknown.
    public Condition holds(Node node) {
        if (node instanceof Call call) {
            switch (call.op()) {
                case AND -> {
                    return DSL.and(call.arguments().stream().map(this::holds).toList());
                }
                case OR -> {
                    return DSL.or(call.arguments().stream().map(this::holds).toList());
                }
                case NOT -> {
                    return DSL.not(holds(call.argument(0)));
                }
                case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                    return compare(call);
                }
                case ONE_OF -> {
                    return oneOf(call);
                }
                case IS_EMPTY -> {
                    return empty(call.argument(0));
                }
                case HAS_ITEM -> {
                    return known(DSL.condition("{0} = any({1})", value(call.argument(1)), value(call.argument(0))));
                }
                case CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES -> {
                    return known(texts.condition(call));
                }
                default -> {}
            }
        }
        return known(DSL.condition(value(node).coerce(SQLDataType.BOOLEAN)));
    }

    static Condition known(Condition condition) {
        return DSL.condition("coalesce({0}, false)", DSL.field(condition));
    }

    private Field<?> constant(Node.Constant constant) {
        return switch (constant.value()) {
            case null -> DSL.castNull(sqlType(constant.type()));
            case String text -> bytes(DSL.cast(DSL.val(text), SQLDataType.CLOB));
            case BigDecimal number -> DSL.cast(DSL.val(number), SQLDataType.NUMERIC);
            case Boolean truth -> DSL.cast(DSL.val(truth), SQLDataType.BOOLEAN);
            case LocalDate date -> DSL.cast(DSL.val(date), SQLDataType.LOCALDATE);
            case Instant moment ->
                DSL.cast(DSL.val(moment.atOffset(ZoneOffset.UTC)), SQLDataType.TIMESTAMPWITHTIMEZONE);
            default -> throw new IllegalArgumentException("No constant: " + constant);
        };
    }

    static org.jooq.DataType<?> sqlType(Type type) {
        return switch (type) {
            case Type.Text text -> SQLDataType.CLOB;
            case Type.Numeric numeric -> SQLDataType.NUMERIC;
            case Type.Reference reference -> SQLDataType.UUID;
            case Type.Texts list -> SQLDataType.CLOB.array();
            case Type.Plain plain ->
                switch (plain) {
                    case TRUTH -> SQLDataType.BOOLEAN;
                    case DATE -> SQLDataType.LOCALDATE;
                    case MOMENT -> SQLDataType.TIMESTAMPWITHTIMEZONE;
                    case SPAN -> SQLDataType.NUMERIC;
                    case NOTHING -> SQLDataType.CLOB;
                };
        };
    }

    static Field<String> bytes(Field<?> text) {
        return text.coerce(SQLDataType.CLOB).collate(BYTES);
    }

    /// Returns the value in the type that the other part of the whole has: `null` has none of its own.
    private Field<?> as(Type type, Node node) {
        return node.type() == Type.Plain.NOTHING ? DSL.castNull(sqlType(type)) : value(node);
    }

    Field<String> text(Node node) {
        return bytes(as(new Type.Text(0), node));
    }

    Field<BigDecimal> number(Node node) {
        return as(Type.SMALL, node).coerce(SQLDataType.NUMERIC);
    }

    private Condition compare(Call call) {
        Type type = Type.joint(call.argument(0).type(), call.argument(1).type());
        Field<?> left = compared(type, call.argument(0));
        Field<?> right = compared(type, call.argument(1));
        return switch (call.op()) {
            case EQUAL -> DSL.condition("{0} is not distinct from {1}", left, right);
            case NOT_EQUAL -> DSL.condition("{0} is distinct from {1}", left, right);
            case LESS -> known(DSL.condition("{0} < {1}", left, right));
            case LESS_OR_EQUAL -> known(DSL.condition("{0} <= {1}", left, right));
            case GREATER -> known(DSL.condition("{0} > {1}", left, right));
            default -> known(DSL.condition("{0} >= {1}", left, right));
        };
    }

    private Field<?> compared(Type type, Node node) {
        Field<?> field = as(type, node);
        return type instanceof Type.Text ? bytes(field) : field;
    }

    private Condition oneOf(Call call) {
        Type type = call.argument(0).type();
        List<Condition> choices = new ArrayList<>();
        for (Node choice : call.arguments().subList(1, call.arguments().size())) {
            Type joint = Type.joint(type, choice.type());
            choices.add(DSL.condition(
                    "{0} is not distinct from {1}", compared(joint, call.argument(0)), compared(joint, choice)));
        }
        return DSL.or(choices);
    }

    private Condition empty(Node node) {
        return switch (node.type()) {
            case Type.Text text -> DSL.condition("coalesce({0}, '') = ''", text(node));
            case Type.Texts list -> DSL.condition("coalesce(cardinality({0}), 0) = 0", value(node));
            default -> value(node).isNull();
        };
    }

    private Field<?> call(Call call) {
        return switch (call.op()) {
            case IF -> conditional(call);
            case COALESCE -> joined("coalesce", call);
            case LEAST -> joined("least", call);
            case GREATEST -> joined("greatest", call);
            case AND,
                    OR,
                    NOT,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    ONE_OF,
                    IS_EMPTY,
                    HAS_ITEM,
                    CONTAINS,
                    STARTS_WITH,
                    ENDS_WITH,
                    MATCHES -> DSL.field(holds(call));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, ABS, ROUND, FLOOR, CEILING -> arithmetic(call);
            case TODAY,
                    NOW,
                    YEAR,
                    MONTH,
                    DAY,
                    WEEKDAY,
                    HOUR,
                    MINUTE,
                    DATE_OF,
                    MAKE_DATE,
                    ADD_DAYS,
                    ADD_MONTHS,
                    DAYS_BETWEEN,
                    FIRST_OF_MONTH,
                    LAST_OF_MONTH,
                    MOVE,
                    SPAN_BETWEEN,
                    TEXT_OF_DATE,
                    TEXT_OF_MOMENT -> dates.value(call);
            case SIZE -> size(call.argument(0));
            case CONCAT,
                    LOWER,
                    UPPER,
                    TRIM,
                    SUBSTRING,
                    LAST,
                    REPLACE,
                    LABEL,
                    TEXT_OF_NUMBER,
                    TEXT_OF_TRUTH,
                    NUMBER_OF -> texts.value(call);
        };
    }

    private Field<?> size(Node node) {
        return node.type() instanceof Type.Texts
                ? DSL.field("cast(cardinality({0}) as numeric)", SQLDataType.NUMERIC, value(node))
                : DSL.field("cast(char_length({0}) as numeric)", SQLDataType.NUMERIC, text(node));
    }

    private Field<?> conditional(Call call) {
        Condition condition = holds(call.argument(0));
        return DSL.field(
                "case when {0} then {1} else {2} end",
                sqlType(call.type()),
                DSL.field(condition),
                as(call.type(), call.argument(1)),
                as(call.type(), call.argument(2)));
    }

    private Field<?> joined(String function, Call call) {
        List<Field<?>> arguments = call.arguments().stream()
                .<Field<?>>map(argument -> compared(call.type(), argument))
                .toList();
        return DSL.function(function, sqlType(call.type()), arguments.toArray(Field[]::new));
    }

    private Field<BigDecimal> arithmetic(Call call) {
        Field<BigDecimal> first = number(call.argument(0));
        return switch (call.op()) {
            case NEGATE -> numeric("(- {0})", first);
            case ABS -> numeric("abs({0})", first);
            case FLOOR -> numeric("floor({0})", first);
            case CEILING -> numeric("ceil({0})", first);
            case ROUND -> numeric("round({0}, cast({1} as int))", first, number(call.argument(1)));
            case DIVIDE -> quotient(first, call.argument(1));
            default -> arithmetic(call.op(), first, number(call.argument(1)));
        };
    }

    /// A quotient is cut off one digit farther than it is kept, exactly, and then rounded: the database's own division
    /// keeps more or fewer digits with the size of the numbers. By 10, 100, 1000 the point is only moved.
    private Field<BigDecimal> quotient(Field<BigDecimal> first, Node divisor) {
        if (divisor instanceof Node.Constant constant
                && constant.value() instanceof BigDecimal number
                && number.signum() > 0
                && number.stripTrailingZeros().unscaledValue().equals(BigInteger.ONE)) {
            BigDecimal factor =
                    BigDecimal.ONE.movePointRight(number.stripTrailingZeros().scale());
            return numeric("round({0} * {1}, 10)", first, DSL.inline(factor));
        }
        return numeric("round(div({0} * 100000000000, nullif({1}, 0)) * 0.00000000001, 10)", first, number(divisor));
    }

    private static Field<BigDecimal> arithmetic(Op op, Field<BigDecimal> first, Field<BigDecimal> second) {
        return switch (op) {
            case ADD -> numeric("({0} + {1})", first, second);
            case SUBTRACT -> numeric("({0} - {1})", first, second);
            case MULTIPLY -> numeric("({0} * {1})", first, second);
            case MODULO -> numeric("mod({0}, nullif({1}, 0))", first, second);
            default -> throw new IllegalArgumentException("Not of numbers: " + op);
        };
    }

    static Field<BigDecimal> numeric(String template, Field<?>... parts) {
        return DSL.field(template, SQLDataType.NUMERIC, parts);
    }

    static Field<String> label(Field<String> value, List<Type.Choice> choices, Locale locale) {
        Case by = DSL.decode();
        CaseConditionStep<String> step = null;
        for (Type.Choice choice : choices) {
            String label = Texts.label(choice.labels(), choice.value(), locale);
            Condition same = value.eq(choice.value());
            step = step == null ? by.when(same, DSL.val(label)) : step.when(same, DSL.val(label));
        }
        return step == null ? value : bytes(step.otherwise(value));
    }
}
