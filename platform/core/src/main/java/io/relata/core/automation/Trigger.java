package io.relata.core.automation;

import io.relata.core.metadata.FieldDefinition;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/// What makes an automation take on a record.
sealed interface Trigger {

    /// Something happens to it.
    ///
    /// @param fields of which one must have changed, by property; empty for any change
    record Saved(boolean created, boolean updated, Set<String> fields) implements Trigger {

        /// @param action  `create` or `update`
        /// @param changed the properties that changed
        boolean matches(String action, Set<String> changed) {
            boolean wanted = (created && action.equals("create")) || (updated && action.equals("update"));
            return wanted
                    && (fields.isEmpty()
                            || action.equals("create")
                            || fields.stream().anyMatch(changed::contains));
        }
    }

    /// A time of day comes, in the tenant's zone.
    sealed interface Timed extends Trigger {

        LocalTime at();

        /// Returns whether it comes on the day.
        boolean on(LocalDate day);

        /// Returns the first time after a moment. Where the clock is put forward over it, it comes as much later; where
        /// it is put back, once.
        default ZonedDateTime after(ZonedDateTime moment) {
            LocalDate day = moment.toLocalDate();
            ZoneId zone = moment.getZone();
            for (int i = 0; ; i++) {
                ZonedDateTime next = ZonedDateTime.of(day.plusDays(i), at(), zone);
                if (next.isAfter(moment) && on(next.toLocalDate())) {
                    return next;
                }
            }
        }
    }

    /// All records are looked at on some days.
    record Scheduled(LocalTime at, Set<DayOfWeek> weekdays) implements Timed {

        @Override
        public boolean on(LocalDate day) {
            return weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek());
        }
    }

    /// The day comes that is so many days after the one in a field of the record; before it when they are negative.
    record Dated(FieldDefinition field, int days, LocalTime at) implements Timed {

        @Override
        public boolean on(LocalDate day) {
            return true;
        }
    }

    /// Somebody asks for it.
    record Manual() implements Trigger {}
}
