package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultClientTest extends VaultFixture {
  private static final VaultLogin LOGIN = VaultLogin.token(() -> Secret.of(FakeVault.ROOT));

  private VaultClient.Builder at(String address) {
    return VaultClient.builder(URI.create(address), LOGIN, HTTP, vault.clock);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault.example:8200",
        "http://10.0.0.5:8200",
        "http://127.0.0.1.example",
        "ftp://vault.example",
        "https://anna:s3cr3t@vault.example",
        "https://vault.example/v1",
        "https://vault.example?x=canary",
        "https://vault.example#x",
        "vault"
      })
  void whenAnAddressIsOfAnotherForm_thenItIsRefused(String address) {
    assertThat(code(() -> at(address).build())).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vault.example:8200",
        "https://vault.example/",
        "http://localhost:8200",
        "http://127.0.0.1",
        "http://[::1]:8200"
      })
  void whenAnAddressIsSafe_thenItIsTaken(String address) {
    assertThat(at(address).build().toString()).startsWith("VaultClient[Vault at ");
  }

  @Test
  void whenPlainHttpIsAllowed_thenItIsTakenForAnyHost() {
    assertThat(at("http://vault.example:8200").plainHttp().build()).isNotNull();
  }

  @Test
  void whenASettingIsOutOfItsBounds_thenItIsRefused() {
    VaultClient.Builder builder = at("https://vault.example");
    assertThat(code(() -> builder.timeout(Duration.ZERO).build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    builder.timeout(Duration.ofSeconds(1));
    assertThat(code(() -> builder.attempts(0).build())).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    builder.attempts(1);
    assertThat(code(() -> builder.mostBytes(10).build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    builder.mostBytes(1 << 20);
    assertThat(code(() -> builder.pause(Duration.ofMinutes(1)).build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    builder.pause(Duration.ZERO);
    assertThat(code(() -> builder.namespace("a\r\nb").build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenTheHttpClientFollowsRedirects_thenItIsRefused() {
    HttpClient http =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    assertThat(code(
            () -> VaultClient.builder(vault.address(), LOGIN, http, vault.clock).build()))
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenThereIsANamespace_thenEveryRequestNamesIt() {
    vault.namespace = Optional.of("team/project");
    vault.kv.put("app", Map.of("value", "s3cr3t"));
    VaultClient client = open(builder(role()).namespace("team/project"));

    assertThat(VaultKv.at(client, "secret").read("app")).isPresent();
    assertThat(client.health().isActive()).isTrue();
  }

  @Test
  void whenAskedForItsHealth_thenItSaysWhetherItIsSealed() {
    VaultClient client = root();
    assertThat(client.health()).isEqualTo(new VaultHealth(true, false, false, "1.2.3"));
    vault.sealed = true;
    assertThat(client.health().isActive()).isFalse();

    vault.failAlways(
        "GET sys/health",
        FakeVault.raw(
            473, "application/json", "{\"initialized\":true,\"sealed\":false,\"standby\":true}"));
    assertThat(client.health()).isEqualTo(new VaultHealth(true, false, true, ""));
    vault.failAlways("GET sys/health", FakeVault.raw(200, "text/html", "<html>"));
    assertThat(code(client::health)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
    vault.failAlways(
        "GET sys/health", FakeVault.raw(200, "application/json", "{\"initialized\":true}"));
    assertThat(code(client::health)).isEqualTo(ErrorCode.SECRET_UNAVAILABLE);
  }

  @Test
  void whenPrinted_thenNoSecretIsShown() {
    VaultClient client = open(builder(role()));
    VaultSecrets secrets = VaultSecrets.builder(client, "secret").folder("a").build();
    client.keepAlive();

    assertThat("" + client + secrets + role() + LOGIN + VaultTransit.at(client, "transit")
            + VaultLogin.wrappedToken(Secret.of("canary")))
        .doesNotContain(SECRETS);
  }

  @Test
  void whenALoginHasNoRole_thenItIsRefused() {
    assertThat(code(() -> VaultLogin.appRole(" ", () -> Secret.of("x"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(() -> VaultLogin.wrappedAppRole("approle", "", Secret.of("x"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(() -> VaultLogin.appRole("a/../b", "r", () -> Secret.of("x"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
