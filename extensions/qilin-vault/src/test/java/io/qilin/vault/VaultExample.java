package io.qilin.vault;

import io.qilin.api.secret.Secret;
import io.qilin.security.crypto.EnvelopeCipher;
import io.qilin.security.crypto.FieldAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The program of the README. */
final class VaultExample {
  private VaultExample() {}

  static String run(
      URI address,
      String roleId,
      Supplier<Secret> secretId,
      Clock clock,
      ScheduledExecutorService scheduler) {
    HttpClient http = HttpClient.newHttpClient();
    try (VaultClient vault = VaultClient.builder(
            address, VaultLogin.appRole(roleId, secretId), http, clock)
        .build()) {
      VaultSecrets secrets =
          VaultSecrets.builder(vault, "secret").folder("trading").build();
      Secret key = secrets.secret("deepseek/api-key").orElseThrow();

      secrets.listen(rotation -> reconnect(rotation.name()));
      secrets.watch(scheduler, Duration.ofMinutes(1));

      VaultTransit transit = VaultTransit.at(vault, "transit");
      EnvelopeCipher cipher =
          EnvelopeCipher.of(TransitKeyWrapper.of(transit, "accounts"), new SecureRandom());
      FieldAddress place = new FieldAddress("", "account", "4711", "resident-id");
      byte[] sealed = cipher.encrypt("11010519491231002X".getBytes(StandardCharsets.UTF_8), place);
      return use(key, new String(cipher.decrypt(sealed, place), StandardCharsets.UTF_8));
    }
  }

  private static void reconnect(String name) {
    // A host opens its connections anew here.
    System.Logger log = System.getLogger("example");
    log.log(System.Logger.Level.DEBUG, name);
  }

  private static String use(Secret key, String plain) {
    return key.reveal().length() + " " + plain;
  }
}
