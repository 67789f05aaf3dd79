package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A log whose file was changed anyhow is reported as such, read up to there, or refused. */
class AuditReaderFuzzTest {
  private static final byte[] GOOD = good();

  private static byte[] good() {
    FaultDisk disk = FaultDisk.empty();
    Path folder = disk.path("/audit");
    try (AuditLog log = new AuditFixture().builder(folder).checkpointRecords(3).open()) {
      for (int i = 1; i <= 7; i++) {
        log.record(AuditFixture.entry(i));
      }
    }
    try {
      return Files.readAllBytes(SegmentFiles.file(folder, 1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AuditReport judge(byte[] file) {
    FaultDisk disk = FaultDisk.empty();
    Path folder = disk.path("/audit");
    try {
      Files.createDirectories(folder);
      Files.write(SegmentFiles.file(folder, 1), file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    AuditReport report = AuditVerifier.of(AuditFixture.VERIFIER).verify(folder);
    try (AuditLog log = new AuditFixture().builder(folder).open()) {
      log.record(AuditFixture.entry(99));
    } catch (QilinException refused) {
      assertThat(refused).hasMessageStartingWith("QILIN-");
    }
    return report;
  }

  static List<byte[]> files() {
    return List.of(GOOD, Arrays.copyOf(GOOD, GOOD.length / 2), new byte[64]);
  }

  /** How many bytes, and of each the place and what it is changed by. */
  static List<byte[]> changes() {
    return List.of(FuzzBytes.of(0, 20, 1), FuzzBytes.of(2, 100, 255, 101, 1, 102, 7), GOOD);
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(30, files(), this::whenTheFileIsAnything_thenThereIsAReport);
    FuzzBytes.shortRun(30, changes(), this::whenAGoodFileIsChanged_thenItIsNotCleanAndWhole);
  }

  @MethodSource("files")
  @FuzzTest
  void whenTheFileIsAnything_thenThereIsAReport(byte[] data) {
    assertThat(judge(data)).isNotNull();
  }

  /** A stretch of a good file is another one. */
  @MethodSource("changes")
  @FuzzTest
  void whenAGoodFileIsChanged_thenItIsNotCleanAndWhole(byte[] bytes) {
    FuzzBytes data = new FuzzBytes(bytes);
    byte[] changed = GOOD.clone();
    for (int i = 1 + data.number(3); i > 0; i--) {
      changed[data.number(changed.length - 1)] ^= (byte) data.number(255);
    }
    boolean same = Arrays.equals(changed, GOOD);
    assertThat(judge(changed).clean()).isEqualTo(same);
  }
}
