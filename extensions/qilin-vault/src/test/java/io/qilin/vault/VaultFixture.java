package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, and clients of it that are closed after each test. */
abstract class VaultFixture {
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final List<String> SECRETS = List.of("canary", "s3cr3t");

  FakeVault vault;
  private final List<VaultClient> clients = new ArrayList<>();

  @BeforeEach
  void startVault() throws IOException {
    vault = new FakeVault();
  }

  @AfterEach
  void stopVault() {
    vault.fault = request -> java.util.Optional.empty();
    clients.forEach(VaultClient::close);
    vault.close();
    assertThat(vault.violations).as("what breaks the contract of Vault").isEmpty();
  }

  VaultClient.Builder builder(VaultLogin login) {
    return VaultClient.builder(vault.address(), login, HTTP, vault.clock)
        .pause(Duration.ofMillis(1))
        .timeout(Duration.ofSeconds(30));
  }

  VaultClient open(VaultClient.Builder builder) {
    VaultClient client = builder.build();
    clients.add(client);
    return client;
  }

  VaultClient root() {
    return open(builder(VaultLogin.token(() -> Secret.of(FakeVault.ROOT))));
  }

  VaultLogin role() {
    return VaultLogin.appRole(FakeVault.ROLE, () -> Secret.of(vault.secretId));
  }

  /** The code of what a call throws, after a look that nothing it holds is a secret. */
  static ErrorCode code(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(QilinException.class);
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(SECRETS);
    return ((QilinException) thrown).code();
  }
}
