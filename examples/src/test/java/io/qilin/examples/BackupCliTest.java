package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCliTest {
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");

  @TempDir
  private Path folder;

  @BeforeEach
  void makeStores() throws GeneralSecurityException, IOException {
    try (ModelStore store = ModelStore.open(folder.resolve("models"), clock);
        ArtifactHold hold = store.artifacts().put("weights".getBytes(StandardCharsets.UTF_8))) {
      store
          .registry()
          .register(ModelDraft.builder(
                  "daily",
                  "test",
                  new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE))
              .file("w.txt", hold.artifact().sha256())
              .build());
    }
    KeepAudit.run(
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
        folder.resolve("audit"),
        clock,
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    Files.createDirectory(folder.resolve("records"));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Cli create(String... more) {
    return Cli.run(Stream.concat(
            Stream.of(
                "backup",
                "create",
                "--store",
                path("models"),
                "--audit",
                path("audit"),
                "--records",
                path("records"),
                "--to",
                path("backups")),
            Stream.of(more))
        .toArray(String[]::new));
  }

  private Cli backup(String action, String... more) {
    return Cli.run(
        Stream.concat(Stream.of("backup", action, "--from", path("backups")), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void whenMade_thenItIsListedVerifiedDrilledAndRestored() {
    Cli made = create();
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).matches("0000000001-[0-9]{8}T[0-9]{6}Z\n");
    assertThat(made.err()).contains("audit: 4 records", "files: 1 files", "records: 0 records");

    assertThat(backup("list").out()).contains("0000000001-", "models", "audit");
    Cli verified = backup("verify");
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.err()).contains("is whole");
    Cli drill = backup("drill", "--to", path("drill"));
    assertThat(drill.code()).as(drill.err()).isZero();
    assertThat(drill.out()).contains("registry: 1 versions of models, with their files");
    assertThat(drill.err()).contains("would be lost");
    assertThat(folder.resolve("drill")).doesNotExist();
    Cli restored = backup("restore", "--to", path("restored"));
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(Cli.run("registry", "--store", path("restored/models"), "--name", "daily")
            .out())
        .contains("1");
    assertThat(backup("restore", "--to", path("restored")).err()).startsWith("QILIN-1006");
  }

  @Test
  void whenOldOnesAreNotKept_thenTheyGo() {
    create();
    create();
    Cli third = create("--keep", "1");
    assertThat(third.code()).as(third.err()).isZero();
    assertThat(third.err()).contains("removed 0000000001-", "removed 0000000002-");
    assertThat(backup("list").out()).doesNotContain("0000000002-");
  }

  @Test
  void whenTheNewestCannotBeRead_thenTheOneBeforeDoesNotStandForIt() throws IOException {
    create();
    String newest = create().out().strip();
    Files.writeString(folder.resolve("backups/" + newest + "/manifest.json"), "{}");
    for (Cli verified : List.of(backup("verify"), backup("verify", "--name", newest))) {
      assertThat(verified.code()).isEqualTo(ExitCode.FINDINGS);
      assertThat(verified.err()).contains("cannot be read: " + newest);
    }
  }

  @Test
  void whenAFileHasChanged_thenItIsNamedAndTheExitCodeSaysSo() throws IOException {
    String name = create().out().strip();
    Files.writeString(folder.resolve("backups/" + name + "/data/models/qilin.db"), "other");
    Cli verified = backup("verify", "--name", name);
    assertThat(verified.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(verified.out()).startsWith("CHANGED data/models/qilin.db: has 5 bytes");
    Cli restored = backup("restore", "--to", path("restored"));
    assertThat(restored.code()).isEqualTo(ExitCode.ERROR);
    assertThat(restored.err()).startsWith("QILIN-5006");
    Files.writeString(folder.resolve("backups/" + name + "/manifest.json"), "{}");
    Cli listed = backup("list");
    assertThat(listed.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(listed.err()).contains("cannot be read: " + name);
  }

  @Test
  void whenTheCommandIsWrong_thenItSaysHow() {
    assertThat(Cli.run("backup", "create", "--to", path("backups")).err())
        .contains("create needs one of --store, --audit and --records");
    assertThat(Cli.run("backup", "restore").err()).contains("restore needs --from");
    assertThat(Cli.run("backup", "burn").code()).isEqualTo(ExitCode.USAGE);
    assertThat(backup("list").err()).startsWith("QILIN-2002");
    create();
    assertThat(backup("restore").err()).contains("restore needs --to");
    assertThat(backup("verify", "--name", "0000000007-20260105T013000Z").err())
        .startsWith("QILIN-2002");
    assertThat(Cli.run("backup", "--help").out()).contains("Example: qilin backup create");
  }
}
