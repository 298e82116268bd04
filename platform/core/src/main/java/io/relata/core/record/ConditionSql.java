package io.relata.core.record;

import io.relata.core.metadata.RecordCondition;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Turns conditions on records into SQL.
final class ConditionSql {

    private ConditionSql() {}

    /// Returns the condition that is true or false, never unknown.
    static Condition exact(RecordColumns columns, RecordCondition condition) {
        return switch (condition) {
            case RecordCondition.And and ->
                DSL.and(and.parts().stream().map(part -> exact(columns, part)).toList());
            case RecordCondition.Or or ->
                DSL.or(or.parts().stream().map(part -> exact(columns, part)).toList());
            case RecordCondition.Not not -> DSL.not(exact(columns, not.part()));
            case RecordCondition.Is is ->
                DSL.condition("({0}) is true", DSL.field(compare(columns.field(is.field()), is)));
        };
    }

    /// Returns the condition that may say unknown for false, which lets indexes work.
    static Condition matches(RecordColumns columns, RecordCondition condition) {
        return switch (condition) {
            case RecordCondition.And and ->
                DSL.and(and.parts().stream().map(part -> matches(columns, part)).toList());
            case RecordCondition.Or or ->
                DSL.or(or.parts().stream().map(part -> matches(columns, part)).toList());
            case RecordCondition.Not not -> DSL.not(exact(columns, not.part()));
            case RecordCondition.Is is -> compare(columns.field(is.field()), is);
        };
    }

    private static <T> Condition compare(Field<T> column, RecordCondition.Is is) {
        Object stored = StoredValue.of(is.field(), is.value());
        if (stored == null) {
            return switch (is.relation()) {
                case EQ -> column.isNull();
                case NE -> column.isNotNull();
                case GT, GE, LT, LE -> DSL.falseCondition();
            };
        }
        Field<T> value = DSL.val(stored, column.getDataType());
        return switch (is.relation()) {
            case EQ -> column.eq(value);
            case NE -> column.isDistinctFrom(value);
            case GT -> column.gt(value);
            case GE -> column.ge(value);
            case LT -> column.lt(value);
            case LE -> column.le(value);
        };
    }
}
