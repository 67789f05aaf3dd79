package io.qilin.ops.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import io.qilin.ops.config.ConfigLimits;
import io.qilin.ops.config.WrittenConfig;
import io.qilin.ops.config.WrittenValue;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F3: the process is killed while the values of a file are sealed anew, again and again. The file is whole, all of its
 * values are under one key, and that is the acknowledged one or the one that was on its way.
 */
@Tag("fault")
@Tag("F3")
class RekeyKillTest {
  private static final int VALUES = 50;

  @TempDir
  Path folder;

  private static ConfigVault vault(String primary) {
    return ConfigVault.builder(VaultKeys.of("k0", "k1"))
        .primaryKey(primary)
        .keys("k0", "k1")
        .build();
  }

  private static Secret secret(int i) {
    return Secret.of("the secret of place " + i);
  }

  /** Seals anew without end. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      boolean planted = arguments[1].equals("planted");
      byte[][] texts = {text("k0").getBytes(UTF_8), text("k1").getBytes(UTF_8)};
      // Which text each third of the file is of. The thirds take turns so that no two turns make
      // them the same: the file is half
      // whenever the kill comes.
      int[] of = new int[3];
      int[] turns = {1, 0, 2};
      if (planted) {
        inPlace(file, texts, of, 0);
      }
      for (int i = 1; ; i++) {
        if (planted) {
          inPlace(file, texts, of, turns[(i - 1) % 3]);
        } else {
          ConfigVaultFile.of(file, vault("k" + i % 2)).rekey();
        }
        System.out.println(KilledChild.ACK + i);
      }
    }

    /** As a program would that writes the file part after part where it lies. */
    private static void inPlace(Path file, byte[][] texts, int[] of, int part) throws IOException {
      of[part] = 1 - of[part];
      byte[] text = texts[of[part]];
      int from = text.length * part / 3;
      int to = text.length * (part + 1) / 3;
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(text, from, to - from), from);
      }
    }
  }

  private static String text(String key) {
    ConfigVault vault = vault(key);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < VALUES; i++) {
      text.append("v" + i + ": " + vault.seal("v" + i, secret(i)) + "\n");
    }
    return text.toString();
  }

  private KillScenario run(FaultRun run, String mode) {
    return KillScenario.run(
        run,
        kill -> KilledChild.of(
            Child.class, made(mode + "said" + kill), start(mode + kill).toString(), mode),
        (kill, lines) -> check(folder.resolve(mode + kill).resolve("app.yaml"), lines));
  }

  private Path made(String name) {
    try {
      return Files.createDirectory(
          folder.resolve(name),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path start(String name) {
    try {
      Path file = Files.createFile(
          made(name).resolve("app.yaml"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text("k0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path file, List<String> lines) {
    List<WrittenValue> values;
    try {
      values = WrittenConfig.parse(file, Files.readAllBytes(file), ConfigLimits.DEFAULT)
          .values();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(values).hasSize(VALUES);
    Set<String> under = new HashSet<>();
    for (int i = 0; i < VALUES; i++) {
      WrittenValue value = values.get(i);
      assertThat(vault("k0").read(value.path(), value.text())).isEqualTo(secret(i));
      under.add(value.text().substring(4, 6));
    }
    assertThat(under).as("keys of one file").hasSize(1);
    ConfigVaultFile.of(file, vault("k1")).rekey();
    assertThat(ConfigVaultFile.of(file, vault("k1")).rekey().changed()).isZero();
    assertThat(lines).isNotEmpty();
  }

  @Test
  void whenTheProcessIsKilled_thenTheFileIsTheOldOrTheNewOne() {
    KillScenario scenario = run(FaultRun.of("F3-vault", 1), "sound");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenTheFileIsWrittenWhereItLies_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F3-vault-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }
}
