package io.qilin.ops.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.config.ConfigLimits;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.config.WrittenConfig;
import io.qilin.ops.config.WrittenValue;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVaultFileTest {
  private static final String CANARY = "canary-7Qw9zR4tXp2L";

  @TempDir
  private Path folder;

  private final VaultKeys keys = VaultKeys.of("k1", "k2");
  private final ConfigVault old = ConfigVault.builder(keys).primaryKey("k1").build();
  private final ConfigVault fresh =
      ConfigVault.builder(keys).primaryKey("k2").keys("k1").build();

  @BeforeEach
  void closeFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private Path file(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private String sealed(String path) {
    return old.seal(path, Secret.of(CANARY + " of " + path));
  }

  private static Map<String, String> values(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (WrittenValue value : WrittenConfig.parse(
            file, Files.readAllBytes(file), ConfigLimits.DEFAULT)
        .values()) {
      values.put(value.path(), value.text());
    }
    return values;
  }

  /** Everything but what stands between ENC( and ) is as it was, and that is under the new key and the same secret. */
  private void rekeyed(Path file, String before, String... paths) throws IOException {
    Rekeyed done = ConfigVaultFile.of(file, fresh).rekey();

    String after = Files.readString(file);
    assertThat(done).isEqualTo(new Rekeyed(paths.length, paths.length, "k2", true));
    assertThat(after.replaceAll("ENC\\(k2:[^)]*\\)", "ENC()"))
        .isEqualTo(before.replaceAll("ENC\\(k1:[^)]{30,}\\)", "ENC()"));
    for (String path : paths) {
      assertThat(fresh.read(path, String.valueOf(values(file).get(path))).reveal())
          .isEqualTo(CANARY + " of " + path);
    }
    assertThat(names()).containsExactly(file.getFileName().toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private java.util.List<String> names() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }

  @Test
  void whenYamlIsSealedAnew_thenOnlyTheSealedValuesChange() throws IOException {
    String text = "\uFEFF# a comment with ENC(k1:AAAA)\r\n"
        + "llm: # 模型\r\n"
        + "  providers:\r\n"
        + "    - {name: deepseek, 'api-key': \"" + sealed("llm.providers[0].api-key") + "\"}\r\n"
        + "    - name:   other\r\n"
        + "      api-key: " + sealed("llm.providers[1].api-key") + "   # the second\r\n"
        + "prices:\r\n"
        + "  \"600519.SH\": '" + sealed("prices[\"600519.SH\"]") + "'\r\n"
        + "block: >-\r\n"
        + "  " + sealed("block") + "\r\n"
        + "tagged: !!str " + sealed("tagged") + "\r\n"
        + "plain: 1 # 𝒳 no end of line follows";
    rekeyed(
        file("app.yaml", text),
        text,
        "llm.providers[0].api-key",
        "llm.providers[1].api-key",
        "prices[\"600519.SH\"]",
        "block",
        "tagged");
  }

  @Test
  void whenJsonIsSealedAnew_thenOnlyTheSealedValuesChange() throws IOException {
    String text = "{ \"𝒳\" :\t\"𝒳\", \"a\":{\"b\" :[\"" + sealed("a.b[0]") + "\",\"x ENC( y\",\""
        + sealed("a.b[2]") + "\"]},\n\n\"c\":\"" + sealed("c") + "\"  , \"d\" : 1.0e1 }\n";
    rekeyed(file("app.json", text), text, "a.b[0]", "a.b[2]", "c");
  }

  @Test
  void whenPropertiesAreSealedAnew_thenOnlyTheSealedValuesChange() throws IOException {
    String text =
        "! old form\n#db.password=ENC(k1:AAAA)\n\n  db.password = " + sealed("db.password")
            + "\nlist[1]=b\nlist[0]=" + sealed("list[0]") + "\rkey=\\\n   " + sealed("key") + "\n";
    rekeyed(file("app.properties", text), text, "db.password", "list[0]", "key");
  }

  @Test
  void whenAllIsUnderThePrimaryKey_thenNothingIsWritten() throws IOException {
    Path file = file("app.yaml", "a: " + sealed("a") + "\nb: 2\n");
    ConfigVaultFile vaultFile = ConfigVaultFile.of(file, fresh);
    vaultFile.rekey();
    Object inode = Files.getAttribute(file, "unix:ino");
    String before = Files.readString(file);
    assertThat(vaultFile.rekey()).isEqualTo(new Rekeyed(1, 0, "k2", true));
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(ConfigVaultFile.of(file("none.yaml", "a: 1\n"), fresh).rekey().values())
        .isZero();
  }

  @Test
  void whenALoaderReadsTheFile_thenItGetsTheSecret() throws IOException {
    Path file = file("app.yaml", "api-key: " + sealed("api-key") + "\n");
    ConfigVaultFile.of(file, fresh).rekey();
    assertThat(ConfigLoader.builder(Keyed.class)
            .file(file)
            .secrets(fresh)
            .build()
            .load()
            .value())
        .isEqualTo(new Keyed(Secret.of(CANARY + " of api-key")));
  }

  record Keyed(Secret apiKey) {}

  private void refused(ErrorCode code, Path file, ConfigVault vault, String why)
      throws IOException {
    byte[] before = Files.readAllBytes(file);
    refused(code, () -> ConfigVaultFile.of(file, vault).rekey(), why);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  private static void refused(ErrorCode code, ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why)
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void whenOneValueCannotBeRead_thenTheFileIsRefusedAsAWhole() throws IOException {
    String good = "a: " + sealed("a") + "\nb: ";
    refused(ErrorCode.DECRYPTION, file("1.yaml", good + sealed("a")), fresh, "'b'");
    refused(ErrorCode.DECRYPTION, file("2.yaml", good + "ENC(k1:AAAA)"), fresh, "'b'");
    refused(ErrorCode.DECRYPTION, file("3.yaml", good + "ENC(oops"), fresh, "'b'");
    ConfigVault unknowing = ConfigVault.builder(keys).primaryKey("k2").build();
    refused(ErrorCode.KEY_UNAVAILABLE, file("4.yaml", good + "1"), unknowing, "'k1'");
    ConfigVault reading = ConfigVault.builder(keys).keys("k1").build();
    refused(ErrorCode.KEY_UNAVAILABLE, file("5.yaml", good + "1"), reading, "primary");
    refused(ErrorCode.INVALID_CONFIGURATION, file("6.yaml", good + "[\n"), fresh, "6.yaml");
    refused(
        ErrorCode.INVALID_CONFIGURATION, file("7.yaml", good + "&x 1\nc: *x\n"), fresh, "alias");
    refused(ErrorCode.INVALID_CONFIGURATION, file("8.txt", good + "1"), fresh, ".yaml");
  }

  @Test
  void whenAValueIsNotWrittenInOnePiece_thenTheFileIsRefused() throws IOException {
    String value = sealed("a");
    String folded = "a: \"" + value.substring(0, 20) + "\\\n  " + value.substring(20) + "\"\n";
    refused(ErrorCode.INVALID_CONFIGURATION, file("1.yaml", folded), fresh, "one line");
    String escaped = "{\"a\":\"" + value.replace("ENC(", "\\u0045NC(") + "\"}";
    refused(ErrorCode.INVALID_CONFIGURATION, file("2.json", escaped), fresh, "one line");
    String twice = "{b: \"x " + value + "\", a: " + value + "}";
    refused(ErrorCode.INVALID_CONFIGURATION, file("3.yaml", twice), fresh, "'a'");
  }

  @Test
  void whenOthersMayReadOrWrite_thenTheFileIsRefused() throws IOException {
    Path file = file("app.yaml", "a: " + sealed("a") + "\n");
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      refused(ErrorCode.INPUT_REJECTED, file, fresh, "0600");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    for (String mode : new String[] {"rwxrwx---", "rwx----w-"}) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
      refused(ErrorCode.INPUT_REJECTED, file, fresh, "folder");
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    refused(ErrorCode.INPUT_REJECTED, link, fresh, "links");
    Path aFolder = Files.createDirectory(folder.resolve("folder.yaml"));
    refused(
        ErrorCode.INPUT_REJECTED, () -> ConfigVaultFile.of(aFolder, fresh).rekey(), "plain file");
    Path none = folder.resolve("none.yaml");
    refused(ErrorCode.DATA_NOT_FOUND, () -> ConfigVaultFile.of(none, fresh).rekey(), "none.yaml");
  }

  @Test
  void whenAModeIsStricter_thenItIsKept() throws IOException {
    Path file = file("app.yaml", "a: " + sealed("a") + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    ConfigVaultFile.of(file, fresh).rekey();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--------");
  }

  @Test
  void whenAFileIsTooLarge_thenItIsRefused() throws IOException {
    Path file = file("app.yaml", "a: 1\n#" + "x".repeat(1 << 20));
    refused(ErrorCode.INPUT_REJECTED, file, fresh, "bytes");
  }

  @Test
  void whenAnEarlierRunWasKilled_thenWhatItLeftIsTakenAway() throws IOException {
    String text = "a: " + sealed("a") + "\n";
    Path file = file("app.yaml", text);
    file(".app.yaml.123.rekey", "half");
    rekeyed(file, text, "a");
  }

  /** The k-th operation of the disk fails, in every way: the file is the old or the new one, and the error has a code. */
  @Test
  @Tag("fault")
  @Tag("F5")
  void whenTheDiskFailsAtAnyOperation_thenTheOldOrTheNewFileIsThere() throws IOException {
    FaultRun run = FaultRun.of("F5-vault", 60);
    byte[] text =
        ("# c\na: " + sealed("a") + "\nb: " + sealed("b") + "\n").getBytes(StandardCharsets.UTF_8);
    long operations = operations(text);
    Map<String, Integer> figures = new TreeMap<>(Map.of("old", 0, "fresh", 0));
    int cases = 0;
    // From the last one back: only there the new file is in place already.
    long stride = Math.max(1, operations * DiskFault.values().length / run.n());
    for (DiskFault how : DiskFault.values()) {
      for (long at = operations; at > 0; at -= stride, cases++) {
        for (boolean on : new boolean[] {false, true}) {
          figures.merge(once(text, at, how, on) ? "fresh" : "old", 1, Integer::sum);
        }
      }
    }
    figures.put("cases", cases);
    System.out.println(run.report(0, figures));
    assertThat(figures.get("old")).isPositive();
    assertThat(figures.get("fresh")).isPositive();
  }

  private static Path written(FaultDisk disk, byte[] text) throws IOException {
    Path file = disk.path("/app.yaml");
    Files.write(file, text);
    try (var channel =
        java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try (var channel = java.nio.channels.FileChannel.open(disk.path("/"))) {
      channel.force(true);
    }
    return file;
  }

  private long operations(byte[] text) throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Path file = written(disk, text);
    long before = disk.operations();
    assertThat(ConfigVaultFile.of(file, fresh).rekey().permissionsChecked()).isFalse();
    return disk.operations() - before;
  }

  /** Whether the new file is there. */
  private boolean once(byte[] text, long at, DiskFault how, boolean on) throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Path file = written(disk, text);
    disk.failAt(disk.operations() + at, how, on);
    boolean said = false;
    try {
      ConfigVaultFile.of(file, fresh).rekey();
      said = true;
    } catch (QilinException e) {
      assertThat(e.code()).isIn(ErrorCode.IO, ErrorCode.RESOURCE_EXHAUSTED, ErrorCode.CONFLICT);
      assertThat(e).hasMessageNotContaining(CANARY);
    }
    disk.heal();
    boolean isFresh = isFresh(file, text);
    if (said) {
      assertThat(isFresh).as("what was said is done").isTrue();
      // What was said lasts: the power goes right after it.
      FaultDisk after = disk.powerLost(disk.moment(), new Random(at));
      assertThat(isFresh(after.path("/app.yaml"), text)).isTrue();
    } else {
      isFresh(disk.powerLost(disk.moment(), new Random(at)).path("/app.yaml"), text);
    }
    ConfigVaultFile.of(file, fresh).rekey();
    assertThat(isFresh(file, text)).isTrue();
    return isFresh;
  }

  private boolean isFresh(Path file, byte[] text) throws IOException {
    byte[] now = Files.readAllBytes(file);
    if (java.util.Arrays.equals(now, text)) {
      return false;
    }
    Map<String, String> values = values(file);
    for (String path : new String[] {"a", "b"}) {
      assertThat(fresh.read(path, String.valueOf(values.get(path))).reveal())
          .isEqualTo(CANARY + " of " + path);
    }
    return true;
  }

  @Test
  void whenTheDiskIsFull_thenThatIsSaidAndTheOldFileIsThere() throws IOException {
    byte[] text =
        ("a: " + sealed("a") + "\nb: " + sealed("b") + "\n").getBytes(StandardCharsets.UTF_8);
    FaultDisk disk = FaultDisk.empty();
    Path file = written(disk, text);
    disk.capacity(text.length + 20);
    refused(
        ErrorCode.RESOURCE_EXHAUSTED,
        () -> ConfigVaultFile.of(file, fresh).rekey(),
        "the disk is full");
    assertThat(isFresh(file, text)).isFalse();
    disk.heal();
    ConfigVaultFile.of(file, fresh).rekey();
    assertThat(isFresh(file, text)).isTrue();
  }
}
