package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCliTest {
  private static final String CANARY = "canary-7Qw9zR4tXp2L";

  @TempDir
  private Path folder;

  private Path keys;

  @BeforeEach
  void files() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    keys = Files.createDirectory(folder.resolve("secrets"));
    key(keys, "k1", 1);
    key(keys, "k2", 2);
  }

  /** A key of random bytes in a private file. */
  static void key(Path secrets, String id, long seed) throws IOException {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    Path in = Files.createDirectories(secrets.resolve("config-keys"));
    Files.setPosixFilePermissions(in, PosixFilePermissions.fromString("rwx------"));
    privately(in.resolve(id), Base64.getEncoder().encodeToString(key) + "\n");
  }

  static Path privately(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Cli typed(String input, String... args) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      return Cli.run(args);
    } finally {
      System.setIn(before);
    }
  }

  private String sealed(String path, String secret) {
    Cli run =
        typed(secret, "config", "seal", "--path", path, "--key", "k1", "--keys", keys.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("ENC(k1:").endsWith(")\n").doesNotContain(CANARY);
    return run.out().strip();
  }

  @Test
  void whenFilesAreChecked_thenTheirValuesAreShownWithOriginsAndWithoutSecrets()
      throws IOException {
    Path app = Files.writeString(
        folder.resolve("app.yaml"),
        "broker:\n  user: wang\n  password: " + CANARY + "\n  pin: ENC(k1:AAAA)\nsize: 1\n");
    Files.writeString(folder.resolve("app-prod.yaml"), "size: 2\n");
    Path more = Files.writeString(folder.resolve("more.json"), "{\"url\":\"https://u:p@x/\"}");
    Cli run = Cli.run("config", "check", app.toString(), more.toString(), "--profile", "prod");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "broker.user = 'wang'  # " + app + ":2:9",
            "broker.password = '***'  # " + app + ":3:13",
            "broker.pin = 'ENC(***)'  # " + app + ":4:8",
            "size = '2'  # " + folder.resolve("app-prod.yaml") + ":1:7",
            "url = 'https://***@x/'  # " + more + ":1:8");
    assertThat(run.err()).contains("5 values", "not checked");
    assertThat(Cli.run("config", "check", app.toString()).out()).contains("size = '1'");
  }

  @Test
  void whenAFileIsWrong_thenAllIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("app.yaml"), "a: 1\na: 2\nb: &x " + CANARY + "\n");
    Cli run =
        Cli.run("config", "check", file.toString(), folder.resolve("no.yaml").toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .startsWith("QILIN-1002 ")
        .hasLineCount(1)
        .contains("app.yaml:3:4", "no.yaml", "missing")
        .doesNotContain(CANARY);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whenASecretIsSealedAndTheKeyChanges_thenTheFileIsSealedAnew() throws IOException {
    Path file = privately(
        folder.resolve("app.yaml"),
        "# ours\nbroker:\n  password: " + sealed("broker.password", CANARY + "\r\n") + "\n");
    String before = Files.readString(file);
    String[] rekey = {
      "config", "rekey", file.toString(), "--key", "k2", "--old", "k1", "--keys", keys.toString()
    };
    Cli run = Cli.run(rekey);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("1 of 1 sealed values", "under k2").hasLineCount(1);
    String after = Files.readString(file);
    assertThat(after.replaceAll("ENC\\(k2:[^)]*", "ENC("))
        .isEqualTo(before.replaceAll("ENC\\(k1:[^)]*", "ENC("));
    assertThat(Cli.run(rekey).err()).contains("0 of 1");
    Cli without =
        Cli.run("config", "rekey", file.toString(), "--key", "k1", "--keys", keys.toString());
    assertThat(without.code()).isEqualTo(ExitCode.ERROR);
    assertThat(without.err()).startsWith("QILIN-6007 ").contains("'k2'").hasLineCount(1);
    assertThat(Files.readString(file)).isEqualTo(after);
  }

  @Test
  void whenOthersMayReadTheFile_thenItIsRefused() throws IOException {
    Path file = privately(folder.resolve("app.yaml"), "a: " + sealed("a", "x") + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Cli run = Cli.run(
        "config",
        "rekey",
        file.toString(),
        "--key",
        "k2",
        "--old",
        "k1",
        "--keys",
        keys.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-6003 ").contains("0600");
  }

  @Test
  void whenThereIsNoKeyOrNoSecret_thenThatIsSaid() {
    Cli none =
        typed(CANARY, "config", "seal", "--path", "a", "--key", "k9", "--keys", keys.toString());
    assertThat(none.code()).isEqualTo(ExitCode.ERROR);
    assertThat(none.err()).startsWith("QILIN-6007 ").contains("'k9'").doesNotContain(CANARY);
    Cli environment = typed(CANARY, "config", "seal", "--path", "a", "--key", "not-there");
    assertThat(environment.err()).startsWith("QILIN-6007 ").doesNotContain(CANARY);
    Cli empty =
        typed("\n", "config", "seal", "--path", "a", "--key", "k1", "--keys", keys.toString());
    assertThat(empty.err()).startsWith("QILIN-1001 ");
    Cli form = typed(CANARY, "config", "seal", "--path", "a", "--key", "k 1");
    assertThat(form.err()).startsWith("QILIN-1001 ").doesNotContain(CANARY);
  }

  @Test
  void whenAskedForHelp_thenEachPartGivesAnExample() {
    for (String part : new String[] {"check", "seal", "rekey"}) {
      Cli run = Cli.run("config", part, "--help");
      assertThat(run.code()).isZero();
      assertThat(run.out())
          .startsWith("Usage: qilin config " + part)
          .contains("Example: qilin config " + part, "--debug");
    }
  }

  @Test
  void whenTheInputGoesOnAfterTheLongestSecret_thenItIsRefusedAndNotCut() {
    String input = "x".repeat(32_768) + "\r\nmore";
    Cli run =
        typed(input, "config", "seal", "--path", "a", "--key", "k1", "--keys", keys.toString());
    assertThat(run.code()).isNotZero();
    assertThat(run.out()).isEmpty();
    assertThat(typed(
                input.substring(0, 32_770),
                "config",
                "seal",
                "--path",
                "a",
                "--key",
                "k1",
                "--keys",
                keys.toString())
            .code())
        .isZero();
  }
}
