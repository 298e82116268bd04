package io.relata.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.plugin.TestSolution;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The guard that reads the statements of all tests here sees those that forget the tenant.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantGuardTest {

    private TenantGuard guard;

    @BeforeAll
    void create(LocalPostgres postgres, @TempDir Path plugins) throws Exception {
        TestSolution.writeTo(plugins);
        guard = new TenantGuard(TestDatabase.create(postgres, plugins));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from relata.record_deal where tenant_id = ?",
                "select * from relata.record_deal d where d.tenant_id = cast(? as uuid) and d.t01 = 'tenant?'",
                "select 1 from relata.record_deal d join relata.record_shared s on s.tenant_id = d.tenant_id"
                        + " and s.id = d.u01 where d.tenant_id = ?",
                "select 1 from relata.record_deal d left join relata.record_shared s on s.tenant_id = d.tenant_id"
                        + " and s.id = d.u01 where d.tenant_id = ?",
                "update relata.record_deal set version = 1 where tenant_id = ? and id = ?",
                "insert into relata.record_deal (tenant_id, entity_id, id) values (?, ?, ?)",
                "delete from relata.record_deal where tenant_id = ? and id = any(?::uuid[])",
                "select * from control.tenant",
                "commit",
            })
    void letsThrough(String statement) {
        assertThatCode(() -> guard.check(statement)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from relata.record_deal",
                "select * from relata.record_deal where id = ?",
                "select * from relata.record_deal where tenant_id = relata.current_tenant()",
                "select * from relata.record_deal where tenant_id is not null and t01 = 'tenant_id = $1'",
                "select 1 from relata.record_deal d join relata.record_shared s on s.id = d.u01 where d.tenant_id = ?",
                "select 1 from relata.record_deal d left join relata.record_shared s on s.id = d.u01"
                        + " where d.tenant_id = ?",
                "select (select count(*) from relata.record_shared s where s.u01 = d.id) from relata.record_deal d"
                        + " where d.tenant_id = ?",
                "with s as materialized (select * from relata.record_shared) select * from s where tenant_id = ?",
                "select * from relata.record_deal where tenant_id = ? union all select * from relata.record_deal",
                "update relata.record_deal set version = 1 where id = ?",
                "update relata.record_deal set tenant_id = ? where id = ?",
                "delete from relata.record_deal",
                "select no_such_column from relata.record_deal",
            })
    void stops(String statement) {
        assertThatThrownBy(() -> guard.check(statement)).isInstanceOf(AssertionError.class);
    }
}
