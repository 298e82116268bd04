package io.relata.deploy.demo;

import io.relata.deploy.Addresses;
import io.relata.deploy.Http;
import io.relata.deploy.LauncherException;
import io.relata.deploy.PrivateFiles;
import io.relata.deploy.Progress;
import io.relata.deploy.RunningProduct;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Sets up the demo tenants as a customer's own scripts would, through the public APIs, and writes `demo.json`.
public final class Demo {

    private final RunningProduct product;
    private final Path folder;
    private final Progress progress;

    /// @param folder the demo data of the assembled product
    public Demo(RunningProduct product, Path folder, Progress progress) {
        this.product = product;
        this.folder = folder;
        this.progress = progress;
    }

    /// Does what is not done yet; safe to repeat, however the last time ended.
    ///
    /// @param wanted false to create no tenants, and only write the addresses
    public void provision(boolean wanted) {
        Path stateFile = product.home().root().resolve("data").resolve("demo-state.json");
        try {
            DemoState state = DemoState.load(stateFile);
            if (wanted) {
                for (Path tenant : DemoManifest.folders(folder)) {
                    provision(tenant, state, stateFile);
                }
            }
            PrivateFiles.writeJson(product.home().demo(), file(state));
        } catch (LauncherException e) {
            throw e;
        } catch (Exception e) {
            throw new LauncherException("The demo cannot be set up: " + e + ".", e);
        }
    }

    private void provision(Path tenantFolder, DemoState state, Path stateFile) throws Exception {
        DemoManifest manifest = DemoManifest.read(tenantFolder);
        String slug = manifest.tenant().slug();
        if (state.finished().contains(slug)) {
            return;
        }
        Http http = new Http();
        DemoTenants tenants = new DemoTenants(operator(http));
        DemoFile.Tenant known = state.tenants().get(slug);
        DemoFile.Tenant tenant = known != null
                ? known
                : progress.during("Demo tenant " + manifest.tenant().name(), () -> tenants.create(manifest));
        state.tenants().put(slug, tenant);
        state.save(stateFile);
        load(new DemoImports(platform(http, tenant), progress), tenantFolder, manifest, state, stateFile);
        state.finished().add(slug);
        state.save(stateFile);
    }

    private static void load(
            DemoImports imports, Path tenantFolder, DemoManifest manifest, DemoState state, Path stateFile)
            throws Exception {
        for (DemoManifest.Import wanted : manifest.imports()) {
            String name = manifest.tenant().slug() + "/" + wanted.mapping().replace(".mapping.json", "");
            if (!state.imported().contains(name)) {
                imports.run(name, tenantFolder.resolve(wanted.file()), tenantFolder.resolve(wanted.mapping()));
                state.imported().add(name);
                state.save(stateFile);
            }
        }
    }

    private ApiClient operator(Http http) {
        Addresses addresses = product.addresses();
        return new ApiClient(
                http, addresses.internal(addresses.ports().tenantAdmin()), internalTokenUrl(), operatorClient());
    }

    private ApiClient platform(Http http, DemoFile.Tenant tenant) {
        Addresses addresses = product.addresses();
        return new ApiClient(
                http, addresses.internal(addresses.ports().app()), internalTokenUrl(), tenant.serviceAccount());
    }

    private String internalTokenUrl() {
        Addresses addresses = product.addresses();
        return addresses.internal(addresses.ports().keycloak()) + "/realms/relata/protocol/openid-connect/token";
    }

    private DemoFile.Client operatorClient() {
        return new DemoFile.Client("relata-operator", product.secrets().operatorClient());
    }

    private DemoFile file(DemoState state) throws IOException {
        Addresses addresses = product.addresses();
        return new DemoFile(
                addresses.app(),
                addresses.tokenUrl(),
                addresses.tenantAdmin(),
                addresses.keycloak(),
                new DemoFile.Person("operator", product.secrets().operator()),
                operatorClient(),
                List.copyOf(state.tenants().values()));
    }
}
