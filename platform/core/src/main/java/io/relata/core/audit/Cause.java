package io.relata.core.audit;

import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What makes a change besides the one who asked for it: a job, a plugin's action, a bulk call. Every entry that a
/// transaction writes while it holds bears its name, and all changes that bear one name can be undone together.
///
/// @param name  what sort of thing it is, a colon, and which: `import:0198…`, `plugin:sales.close`
/// @param depth how many automations stand one behind the other in what led here; 0 when none does
public record Cause(String name, int depth) {

    public Cause(String name) {
        this(name, 0);
    }

    public static Cause of(String kind, UUID id) {
        return new Cause(kind + ":" + id);
    }

    public static Cause plugin(String action) {
        return new Cause("plugin:" + action);
    }

    /// Says that all changes of the transaction from here on have this cause.
    public void of(DSLContext sql) {
        sql.configuration().data(Cause.class, this);
    }

    /// Does work whose changes have this cause, unless another has been said before.
    public <T> T during(DSLContext sql, Supplier<T> work) {
        if (sql.configuration().data(Cause.class) != null) {
            return work.get();
        }
        of(sql);
        try {
            return work.get();
        } finally {
            sql.configuration().data().remove(Cause.class);
        }
    }

    static int depth(DSLContext sql) {
        return sql.configuration().data(Cause.class) instanceof Cause cause ? cause.depth() : 0;
    }

    static @Nullable String name(DSLContext sql) {
        return sql.configuration().data(Cause.class) instanceof Cause cause ? cause.name() : null;
    }
}
