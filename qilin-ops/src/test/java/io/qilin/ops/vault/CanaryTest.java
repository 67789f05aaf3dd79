package io.qilin.ops.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.reload.ConfigEvent;
import io.qilin.ops.reload.LiveConfig;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A secret and a key, followed through all that a host sees: nothing of it is ever told. */
class CanaryTest {
  private static final String CANARY = "canary-7Qw9zR4tXp2L";

  @TempDir
  private Path folder;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("io.qilin");
  private final Level level = root.getLevel();

  @BeforeEach
  void listen() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    log.start();
    root.setLevel(Level.TRACE);
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setLevel(level);
  }

  /** What is configured. */
  record Broker(String user, Secret password) {}

  @Test
  void whenSecretsAreSealedReadReloadedAndRefused_thenNothingOfThemIsTold() throws IOException {
    VaultKeys keys = VaultKeys.of("k1", "k2");
    ConfigVault vault = ConfigVault.builder(keys).primaryKey("k2").keys("k1").build();
    ConfigVault old = ConfigVault.builder(keys).primaryKey("k1").build();
    String sealed = old.seal("password", Secret.of(CANARY));
    Path file = Files.createFile(
        folder.resolve("app.yaml"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text(sealed));
    List<String> told = new ArrayList<>();
    try (LiveConfig<Broker> live = LiveConfig.builder(
            ConfigLoader.builder(Broker.class).file(file).secrets(vault).build(),
            SettableClock.at("2026-01-05T09:30:00+08:00"),
            System::nanoTime)
        .debounce(Duration.ofMinutes(1))
        .pollInterval(Duration.ofHours(1))
        .executor(Runnable::run)
        .listener(event -> {
          told.add(event.toString());
          told.add(event.<String>fold(
              changed ->
                  changed.changes() + " " + changed.before() + changed.after().value(),
              ConfigEvent.Refused::reason));
        })
        .start()) {
      assertThat(live.current().password().reveal()).isEqualTo(CANARY);
      told.add(live.current()
          + live.snapshot().tree().print()
          + ConfigVaultFile.of(file, vault).rekey());
      String moved = old.seal("user", Secret.of(CANARY));
      String[] texts = {
        text(vault.seal("password", Secret.of(CANARY + "2"))),
        text(CANARY),
        text(moved),
        text(sealed.replace("ENC(k1:", "ENC(k3:")),
        text(sealed.substring(0, sealed.length() - 9)),
        "user: [" + CANARY + "]\npassword: " + sealed + "\n",
        text(sealed) + CANARY + "\n",
        text(sealed) + "password: " + CANARY + "\n",
      };
      for (String each : texts) {
        Files.writeString(file, each);
        told.add(trace(catchThrowable(live::reloadNow)));
        told.add(trace(catchThrowable(() -> ConfigVaultFile.of(file, vault).rekey())));
        told.add(live.health().toString());
      }
      keys.put("k1", CANARY);
      told.add(trace(catchThrowable(() -> vault.read("password", sealed))));
      told.add(vault + " " + live.snapshot());
    }
    for (ILoggingEvent event : log.list) {
      told.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        told.add(String.valueOf(event.getThrowableProxy().getMessage()));
      }
    }
    assertThat(log.list).isNotEmpty();
    assertThat(String.join("\n", told))
        .contains("refused", "***")
        .doesNotContain(CANARY)
        .doesNotContain(VaultKeys.key("k1"))
        .doesNotContain(VaultKeys.key("k2"));
  }

  private static String text(String password) {
    return "user: wang\npassword: " + password + "\n";
  }

  private static String trace(Throwable thrown) {
    StringWriter out = new StringWriter();
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(out));
    }
    return out.toString();
  }
}
