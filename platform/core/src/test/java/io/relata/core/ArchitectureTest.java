package io.relata.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.relata.core.tenant.TenantTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// The directions inside the engine.
class ArchitectureTest {

    private final JavaClasses core = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void knowsNothingOfTheWeb() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "jakarta.enterprise..", "io.relata.app..")
                .because("the engine must run without a server, in tests and in tools")
                .check(core);
    }

    @Test
    void reachesTheDatabaseOnlyThroughTenantTransaction() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(TenantTransaction.class)
                .and()
                .resideOutsideOfPackage("io.relata.core.migration")
                .should()
                .callMethod(DataSource.class, "getConnection")
                .because("a connection that is not bound to a tenant is the beginning of a leak")
                .check(core);
    }

    @Test
    void takesTheTimeFromTheClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("tests move the clock")
                .check(core);
    }

    @Test
    void keepsNoStateBesideItsObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("the context is an argument")
                .check(core);
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .areNotEnums()
                .should()
                .beFinal()
                .because("static mutable state is shared by all tenants")
                .check(core);
    }

    @Test
    void hasNoCyclesBetweenFeatures() {
        slices().matching("io.relata.core.(*)..").should().beFreeOfCycles().check(core);
    }
}
