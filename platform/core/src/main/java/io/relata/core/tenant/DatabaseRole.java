package io.relata.core.tenant;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// The database role the platform works as. Row-level security does not hold for a superuser, for a role that may
/// bypass it, or for whoever owns the tables: with such a role tenants would see each other's data.
public final class DatabaseRole {

    private static final String QUERY = """
            select current_user,
                   r.rolsuper superuser,
                   r.rolbypassrls bypass,
                   exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where n.nspname in ('relata', 'control') and pg_has_role(current_user, c.relowner, 'member')) as owner,
                   exists (select from pg_roles o where o.oid <> r.oid and (o.rolsuper or o.rolbypassrls)
                            and pg_has_role(current_user, o.oid, 'member')) as becomes,
                   exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = 'relata' and c.relname = 'web_session') as migrated
              from pg_roles r where r.rolname = current_user""";

    private final DSLContext sql;

    public DatabaseRole(DataSource dataSource) {
        sql = DSL.using(dataSource, SQLDialect.POSTGRES);
    }

    /// Returns why the platform must not work as this role; empty when it may.
    ///
    /// @throws DatabaseUnavailableException when the database does not answer
    public List<String> faults() {
        Record row = read();
        String role = "Database role " + row.get("current_user", String.class);
        List<String> faults = new ArrayList<>();
        note(faults, is(row, "superuser"), role + " is a superuser");
        note(faults, is(row, "bypass"), role + " bypasses row-level security");
        note(faults, is(row, "owner"), role + " owns tables of the platform");
        note(faults, is(row, "becomes"), role + " can become a superuser or bypass row-level security");
        note(faults, !is(row, "migrated"), "The database has no tables of the platform: run the migrator");
        return faults;
    }

    private Record read() {
        try {
            return sql.fetchSingle(QUERY);
        } catch (DataAccessException exception) {
            SQLException cause = exception.getCause(SQLException.class);
            throw new DatabaseUnavailableException(cause == null ? new SQLException(exception) : cause);
        }
    }

    private static boolean is(Record row, String column) {
        return row.get(column, boolean.class);
    }

    private static void note(List<String> faults, boolean found, String fault) {
        if (found) {
            faults.add(fault);
        }
    }
}
