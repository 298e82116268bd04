package io.relata.tenantadmin.directory;

import jakarta.json.Json;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/// The directory in one Keycloak realm, through its admin API.
public final class KeycloakDirectory implements Directory, AutoCloseable {
    private static final String CHANGE = "relata.change";
    private static final String UPDATE_PASSWORD = "UPDATE_PASSWORD";

    /// Where the realm is and who we are there.
    public record Access(String serverUrl, String realm, String clientId, String clientSecret, String audience) {
        /// Without the secret, which must not reach a log.
        @Override
        public String toString() {
            return "Access[" + serverUrl + ", " + realm + ", " + clientId + "]";
        }
    }

    private final Access access;
    private final Keycloak keycloak;
    private final KeycloakErrors errors = new KeycloakErrors();

    public KeycloakDirectory(Access access) {
        this.access = access;
        Keycloak.setClientProvider(new RestClientProvider());
        this.keycloak = KeycloakBuilder.builder()
                .serverUrl(access.serverUrl())
                .realm(access.realm())
                .grantType("client_credentials")
                .clientId(access.clientId())
                .clientSecret(access.clientSecret())
                .build();
    }

    @Override
    public List<String> taken(String username, String email) {
        return errors.translate("", () -> {
            List<String> taken = new ArrayList<>();
            if (!realm().users().searchByUsername(username, true).isEmpty()) {
                taken.add("username");
            }
            if (!realm().users().searchByEmail(email, true).isEmpty()) {
                taken.add("email");
            }
            return taken;
        });
    }

    @Override
    public String createOrganization(String alias, String displayName, UUID changeId) {
        OrganizationRepresentation organization = new OrganizationRepresentation();
        // Two tenants may have the same name, two organizations may not: the alias serves as both.
        organization.setName(alias);
        organization.setAlias(alias);
        organization.setDescription(displayName);
        organization.setEnabled(true);
        organization.setAttributes(Map.of(CHANGE, List.of(changeId.toString())));
        return errors.translate("slug", () -> created(realm().organizations().create(organization)));
    }

    @Override
    public void deleteOrganization(String organizationId) {
        errors.translate(
                "",
                () -> gone(() ->
                        realm().organizations().get(organizationId).delete().close()));
    }

    @Override
    public UUID createPerson(Account account, Password password) {
        UserRepresentation user = new UserRepresentation();
        describe(user, account, password);
        user.setEnabled(true);
        user.setCredentials(List.of(credential(password)));
        return errors.translate(
                "username", () -> UUID.fromString(created(realm().users().create(user))));
    }

    @Override
    public void renewPerson(UUID userId, Account account, Password password) {
        errors.translate("username", () -> {
            UserResource person = realm().users().get(userId.toString());
            UserRepresentation user = person.toRepresentation();
            describe(user, account, password);
            person.update(user);
            person.resetPassword(credential(password));
            return null;
        });
    }

    @Override
    public void deletePerson(UUID userId) {
        errors.translate(
                "", () -> gone(() -> realm().users().delete(userId.toString()).close()));
    }

    @Override
    public void addMember(String organizationId, UUID userId) {
        errors.translate("username", () -> {
            realm().organizations()
                    .get(organizationId)
                    .members()
                    .addMember(userId.toString())
                    .close();
            return null;
        });
    }

    @Override
    public void removeMember(String organizationId, UUID userId) {
        errors.translate("", () -> {
            gone(() -> realm().organizations()
                    .get(organizationId)
                    .members()
                    .removeMember(userId.toString())
                    .close());
            return gone(() -> realm().users().get(userId.toString()).logout());
        });
    }

    @Override
    public ServiceAccount createServiceAccount(String clientId, String displayName, Organization organization) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setName(displayName);
        client.setPublicClient(false);
        client.setServiceAccountsEnabled(true);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(false);
        client.setFullScopeAllowed(false);
        client.setDefaultClientScopes(List.of("basic", "profile"));
        client.setOptionalClientScopes(List.of());
        client.setProtocolMappers(List.of(organizationMapper(organization), audienceMapper()));
        return errors.translate("name", () -> {
            String id = created(realm().clients().create(client));
            ClientResource made = realm().clients().get(id);
            try {
                UUID userId = UUID.fromString(made.getServiceAccountUser().getId());
                return new ServiceAccount(userId, clientId, made.getSecret().getValue());
            } catch (RuntimeException unfinished) {
                gone(made::remove);
                throw unfinished;
            }
        });
    }

    @Override
    public void deleteServiceAccount(String clientId) {
        errors.translate("", () -> {
            for (ClientRepresentation client : realm().clients().findByClientId(clientId)) {
                gone(() -> realm().clients().get(client.getId()).remove());
            }
            return null;
        });
    }

    @Override
    public void forgetOrganization(String alias, UUID changeId) {
        errors.translate("", () -> {
            for (OrganizationRepresentation found :
                    realm().organizations().searchByAttribute(CHANGE + ":" + changeId)) {
                if (alias.equals(found.getAlias())) {
                    gone(() ->
                            realm().organizations().get(found.getId()).delete().close());
                }
            }
            return null;
        });
    }

    @Override
    public List<UUID> findPerson(String username, Instant from, Instant to) {
        return errors.translate(
                "",
                () -> realm().users().searchByUsername(username, true).stream()
                        .filter(user -> isBetween(user.getCreatedTimestamp(), from, to))
                        .map(user -> UUID.fromString(user.getId()))
                        .toList());
    }

    @Override
    public List<UUID> findServiceAccount(String clientId) {
        return errors.translate(
                "",
                () -> realm().clients().findByClientId(clientId).stream()
                        .map(client -> realm().clients().get(client.getId()).getServiceAccountUser())
                        .map(user -> UUID.fromString(user.getId()))
                        .toList());
    }

    @Override
    public void close() {
        keycloak.close();
    }

    private RealmResource realm() {
        return keycloak.realm(access.realm());
    }

    private static String created(Response response) {
        try (response) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    /// Removing what is no longer there is a success.
    private static Void gone(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException alreadyGone) {
            return null;
        }
        return null;
    }

    private static boolean isBetween(Long millis, Instant from, Instant to) {
        Instant at = Instant.ofEpochMilli(millis);
        return !at.isBefore(from) && !at.isAfter(to);
    }

    private static void describe(UserRepresentation user, Account account, Password password) {
        user.setUsername(account.username());
        user.setEmail(account.email());
        user.setFirstName(account.firstName());
        user.setLastName(account.lastName());
        Map<String, List<String>> attributes =
                user.getAttributes() == null ? new HashMap<>() : new HashMap<>(user.getAttributes());
        attributes.put("locale", List.of(account.locale()));
        user.setAttributes(attributes);
        user.setRequiredActions(password.temporary() ? List.of(UPDATE_PASSWORD) : List.of());
    }

    private static CredentialRepresentation credential(Password password) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password.value());
        credential.setTemporary(password.temporary());
        return credential;
    }

    private static ProtocolMapperRepresentation organizationMapper(Organization organization) {
        String claim = Json.createObjectBuilder()
                .add(organization.alias(), Json.createObjectBuilder().add("id", organization.id()))
                .build()
                .toString();
        return mapper(
                "organization",
                "oidc-hardcoded-claim-mapper",
                Map.of(
                        "claim.name", "organization",
                        "claim.value", claim,
                        "jsonType.label", "JSON",
                        "access.token.claim", "true",
                        "id.token.claim", "false",
                        "userinfo.token.claim", "false"));
    }

    private ProtocolMapperRepresentation audienceMapper() {
        return mapper(
                "audience",
                "oidc-audience-mapper",
                Map.of(
                        "included.custom.audience", access.audience(),
                        "access.token.claim", "true",
                        "id.token.claim", "false"));
    }

    private static ProtocolMapperRepresentation mapper(String name, String kind, Map<String, String> configuration) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName(name);
        mapper.setProtocol("openid-connect");
        mapper.setProtocolMapper(kind);
        mapper.setConfig(configuration);
        return mapper;
    }
}
