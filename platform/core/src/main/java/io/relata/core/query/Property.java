package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Part;
import java.util.List;
import java.util.Optional;

/// What a query may name on an entity: one of its fields, or a property that every record has.
public sealed interface Property {

    /// Returns the name under which the API shows the value.
    String name();

    /// Returns how the value is held.
    ValueKind kind();

    /// Returns the digits after the decimal point; 0 for all but decimals.
    int scale();

    /// Returns whether people read the value, so that it is ordered as their language orders words.
    boolean readByPeople();

    /// Returns the property of the entity with the name.
    static Optional<Property> of(EntityDefinition entity, String name) {
        Optional<Property> system = OfRecord.ALL.stream()
                .filter(property -> property.name().equals(name))
                .map(Property.class::cast)
                .findFirst();
        return system.or(() -> entity.fields().stream()
                .filter(field -> field.property().equals(name))
                .<Property>map(OfField::new)
                .findFirst());
    }

    /// A field of the entity.
    record OfField(FieldDefinition field) implements Property {

        @Override
        public String name() {
            return field.property();
        }

        @Override
        public ValueKind kind() {
            return field.kind();
        }

        @Override
        public int scale() {
            return field.kind() == ValueKind.DECIMAL ? field.scale() : 0;
        }

        @Override
        public boolean readByPeople() {
            return field.type().readByPeople();
        }
    }

    /// A part of what a field of the entity holds.
    record OfPart(FieldDefinition field, Part part) implements Property {

        @Override
        public String name() {
            return part.name();
        }

        @Override
        public ValueKind kind() {
            return part.kind();
        }

        @Override
        public int scale() {
            return 0;
        }

        @Override
        public boolean readByPeople() {
            return part.readByPeople();
        }
    }

    /// A column of rows that were computed.
    record OfColumn(String name, ValueKind kind, int scale, boolean readByPeople) implements Property {}

    /// A property that every record has.
    record OfRecord(String name, ValueKind kind) implements Property {

        public static final String ID = "id";

        /// In the order in which they are shown.
        public static final List<OfRecord> ALL = List.of(
                new OfRecord(ID, ValueKind.UUID),
                new OfRecord("createdAt", ValueKind.INSTANT),
                new OfRecord("createdBy", ValueKind.UUID),
                new OfRecord("updatedAt", ValueKind.INSTANT),
                new OfRecord("updatedBy", ValueKind.UUID));

        @Override
        public int scale() {
            return 0;
        }

        @Override
        public boolean readByPeople() {
            return false;
        }
    }
}
