package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

class VaultExampleTest extends VaultFixture {
  @Test
  void whenTheExampleRuns_thenItHasTheSecretAndTheValue() {
    vault.kv.put("trading/deepseek/api-key", Map.of("value", "s3cr3t-key"));
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    try {
      assertThat(VaultExample.run(
              vault.address(),
              FakeVault.ROLE,
              () -> Secret.of(vault.secretId),
              vault.clock,
              scheduler))
          .isEqualTo("10 11010519491231002X");
    } finally {
      scheduler.shutdownNow();
    }
  }
}
