package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import io.qilin.security.password.PasswordHasher;
import io.qilin.security.secret.EnvironmentSecrets;
import io.qilin.security.secret.MemorySecrets;
import io.qilin.security.secret.SecretChain;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of docs/security-data-protection.md. */
class DataProtectionExampleTest {
  @Test
  void whenAnOrderIsLogged_thenItsPersonalDataIsProtected() {
    FieldProtector cipher = (field, original) -> "sealed:" + field;

    PiiPolicy policy = PiiPolicy.builder()
        .type(PiiType.CN_ID, PiiAction.ENCRYPT)
        .field("password", PiiAction.DROP)
        .build();
    PiiRedactor redactor =
        PiiRedactor.builder(policy).protector(PiiAction.ENCRYPT, cipher).build();
    String safe = redactor.json(
        "{\"phone\":\"13812345678\",\"id\":\"110105191503257439\",\"password\":\"x\",\"amount\":13812345678}"
            .getBytes(StandardCharsets.UTF_8));

    assertThat(safe)
        .isEqualTo("{\"phone\":\"138****5678\",\"id\":\"sealed:/id\",\"amount\":13812345678}");
  }

  @Test
  void whenAUserLogsIn_thenThePasswordIsVerified() {
    Map<String, String> environment = Map.of("QILIN_PEPPER_P1", "p3Kd8Sq7bZx4Vb2mW9eR5tYu1oLh6GfA");

    SecretChain secrets =
        SecretChain.of(List.of(EnvironmentSecrets.of(environment, "QILIN_"), new MemorySecrets()));
    Secret pepper = secrets.secret("pepper/p1").orElseThrow();
    PasswordHasher hasher = PasswordHasher.builder(new SecureRandom(), 1)
        .pepper("p1", pepper.reveal().getBytes(StandardCharsets.UTF_8))
        .build();
    String record = hasher.hash("correct horse".toCharArray());
    boolean right = hasher.verify("correct horse".toCharArray(), record).matches();

    assertThat(right).isTrue();
  }
}
