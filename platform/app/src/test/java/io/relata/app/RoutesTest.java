package io.relata.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {

    @Test
    void listsEveryRouteWithItsPlaceholders() {
        assertThat(Routes.all())
                .contains(
                        new Routes.Route("GET", "/api/v1/me"),
                        new Routes.Route("PATCH", "/api/v1/me"),
                        new Routes.Route("GET", "/api/v1/data"),
                        new Routes.Route("GET", "/api/v1/data/$metadata"),
                        new Routes.Route("GET", "/api/v1/data/{set}"),
                        new Routes.Route("GET", "/api/v1/data/{set}/$count"),
                        new Routes.Route("DELETE", "/api/v1/data/{set}({id})"),
                        new Routes.Route("POST", "/api/v1/data/{set}({id})/Relata.restore"),
                        new Routes.Route("POST", "/api/v1/metadata/entities/{name}/fields"),
                        new Routes.Route("GET", "/api/v1/history/{set}/{id}"),
                        new Routes.Route("POST", "/auth/backchannel-logout"))
                .allSatisfy(route -> assertThat(route.path()).matches("/(api/v1|auth)(/[\\w{}$().-]+)+"));
    }
}
