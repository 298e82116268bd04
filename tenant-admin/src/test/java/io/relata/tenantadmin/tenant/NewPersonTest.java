package io.relata.tenantadmin.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewPersonTest {
    @Test
    void writesNamesInTheOrderOfTheirScript() {
        assertThat(named("Alice", "Archer").displayName()).isEqualTo("Alice Archer");
        assertThat(named("伟", "李").displayName()).isEqualTo("李伟");
        assertThat(named("Wei", "李").displayName()).isEqualTo("Wei 李");
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        assertThat(named("Alice", "Archer").toString()).doesNotContain("very secret");
    }

    private static NewPerson named(String first, String last) {
        return new NewPerson("alice", "a@b.example", first, last, Membership.Role.USER, "very secret");
    }
}
