package io.relata.spi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the public contract may know.
class ArchitectureTest {

    @Test
    void knowsNoPersistenceNoInjectionAndNoWeb() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.relata.spi", "java..", "jakarta.json..", "org.pf4j", "org.jspecify.annotations")
                .because("every plugin sees what stands here")
                .check(new ClassFileImporter().importPath(Path.of("target", "classes")));
    }
}
