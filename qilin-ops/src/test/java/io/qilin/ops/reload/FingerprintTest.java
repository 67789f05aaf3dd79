package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir
  private Path folder;

  @Test
  void whenOnlyTheTimeOfAFileChanges_thenItIsTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");
    String before = Fingerprint.of(Set.of(file));
    Files.setLastModifiedTime(file, FileTime.fromMillis(5));
    assertThat(Fingerprint.of(Set.of(file))).isEqualTo(before);
  }

  @Test
  void whenBytesChangeAndTimeAndSizeDoNot_thenItIsAnother() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");
    FileTime time = Files.getLastModifiedTime(file);
    String before = Fingerprint.of(Set.of(file));
    Files.writeString(file, "y");
    Files.setLastModifiedTime(file, time);
    assertThat(Fingerprint.of(Set.of(file))).isNotEqualTo(before);
  }

  @Test
  void whenAFileIsMissingEmptyOrAFolder_thenAllDiffer() throws IOException {
    Path file = folder.resolve("a");
    String missing = Fingerprint.of(Set.of(file));
    Files.createFile(file);
    String empty = Fingerprint.of(Set.of(file));
    Files.delete(file);
    Files.createDirectory(file);
    String aFolder = Fingerprint.of(Set.of(file));
    Files.createFile(file.resolve("b"));
    String withName = Fingerprint.of(Set.of(file));
    assertThat(Set.of(missing, empty, aFolder, withName)).hasSize(4);
  }

  @Test
  void whenAFileCannotBeRead_thenThatIsAnotherStateAndItEnds() throws IOException {
    FaultDisk disk = FaultDisk.empty();
    Path file = disk.path("/a");
    Files.writeString(file, "x");
    String before = Fingerprint.of(Set.of(file));
    disk.failAt(1, DiskFault.IO_ERROR, true);
    assertThat(Fingerprint.of(Set.of(file))).isNotEqualTo(before);
    disk.heal();
    assertThat(Fingerprint.of(Set.of(file))).isEqualTo(before);
  }

  @Test
  void whenBytesMoveFromOneFileToTheNext_thenItIsAnother() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "xy");
    Path b = Files.writeString(folder.resolve("b"), "");
    String before = Fingerprint.of(List.of(a, b));
    assertThat(Fingerprint.of(List.of(b, a))).isEqualTo(before);
    Files.writeString(a, "x");
    Files.writeString(b, "y");
    assertThat(Fingerprint.of(List.of(a, b))).isNotEqualTo(before);
  }

  /** A pipe that nobody writes to would hold up whoever opens it, and no interrupt ends that. */
  @Test
  void whenAFileIsAPipe_thenItIsAnotherStateAndNobodyWaits() throws Exception {
    Path pipe = folder.resolve("pipe");
    String missing = Fingerprint.of(Set.of(pipe));
    Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
    String seen = Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> Fingerprint.of(Set.of(pipe)));
    assertThat(seen).isNotEqualTo(missing).isEqualTo(Fingerprint.of(Set.of(pipe)));
  }
}
