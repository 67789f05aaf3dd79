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
      for (int i = 1; ; i++) {
        if (planted) {
          inPlace(file, texts[i % 2]);
        } else {
          ConfigVaultFile.of(file, vault("k" + i % 2)).rekey();
        }
        System.out.println(KilledChild.ACK + i);
      }
    }

    /** As a program would that writes the file where it lies. */
    private static void inPlace(Path file, byte[] text) throws IOException {
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        out.truncate(0);
        // Byte by byte: nearly all of its time the file is half.
        for (int at = 0; at < text.length; at++) {
          out.write(ByteBuffer.wrap(text, at, 1));
        }
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
    KillScenario scenario = run(FaultRun.of("F3-vault-control", 5), "planted");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("the planted fault is found").isNotEmpty();
  }
}
