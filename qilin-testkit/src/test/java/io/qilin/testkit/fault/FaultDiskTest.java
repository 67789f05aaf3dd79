package io.qilin.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The disk itself: what it keeps, what it loses, and how it fails. */
class FaultDiskTest {
  private final FaultDisk disk = FaultDisk.empty();

  private FileChannel writer(String path) throws IOException {
    return FileChannel.open(disk.path(path), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static byte[] read(FaultDisk from, String path) throws IOException {
    return Files.readAllBytes(from.path(path));
  }

  private static ByteBuffer filled(int length, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static void force(FaultDisk on, String folder) throws IOException {
    try (FileChannel channel = FileChannel.open(on.path(folder), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Test
  void whenWritten_thenItReadsBack() throws IOException {
    Files.createDirectories(disk.path("/a/b"));
    Path file = disk.path("/a/b/c");
    Files.write(file, new byte[] {1, 2, 3});
    Files.write(file, new byte[] {4}, StandardOpenOption.APPEND);
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4);
    assertThat(Files.size(file)).isEqualTo(4);
    assertThat(Files.isDirectory(disk.path("/a"))).isTrue();
    assertThat(Files.isRegularFile(file)).isTrue();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(disk.path("/a/b"))) {
      assertThat(found).containsExactly(file);
    }
    Files.move(file, disk.path("/a/d"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.exists(file)).isFalse();
    assertThat(read(disk, "/a/d")).hasSize(4);
    assertThatThrownBy(() -> Files.delete(disk.path("/a")))
        .isInstanceOf(DirectoryNotEmptyException.class);
    Files.delete(disk.path("/a/d"));
    assertThatThrownBy(() -> Files.delete(disk.path("/a/d")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(disk.path("/a")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.write(disk.path("/none/x"), new byte[1]))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whenAFileIsCutAndGrowsAgain_thenZerosStandBetween() throws IOException {
    try (FileChannel channel = writer("/f")) {
      channel.write(filled(10, 7), 0);
      channel.truncate(4);
      channel.write(filled(1, 9), 6);
      channel.truncate(100);
    }
    assertThat(read(disk, "/f")).containsExactly(7, 7, 7, 7, 0, 0, 9);
  }

  @Test
  void whenAChannelIsNotOpenForIt_thenItRefuses() throws IOException {
    FileChannel write = writer("/f");
    assertThatThrownBy(() -> write.read(ByteBuffer.allocate(1)))
        .isInstanceOf(NonReadableChannelException.class);
    write.close();
    assertThatThrownBy(() -> write.write(filled(1, 1))).isInstanceOf(ClosedChannelException.class);
    try (FileChannel read = FileChannel.open(disk.path("/f"))) {
      assertThatThrownBy(() -> read.write(filled(1, 1)))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> read.truncate(0)).isInstanceOf(NonWritableChannelException.class);
      assertThat(read.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void whenAFileIsLocked_thenNobodyElseLocksItUntilItIsLetGo() throws IOException {
    FileChannel first = writer("/lock");
    assertThat(first.tryLock()).isNotNull();
    try (FileChannel second = writer("/lock")) {
      assertThatThrownBy(second::tryLock).isInstanceOf(OverlappingFileLockException.class);
      first.close();
      assertThat(second.tryLock().isValid()).isTrue();
    }
  }

  @Test
  void whenAllWasForced_thenNothingIsLost() throws IOException {
    try (FileChannel channel = writer("/f")) {
      channel.write(filled(2000, 7));
      channel.force(false);
    }
    force(disk, "/");
    for (int seed = 0; seed < 20; seed++) {
      assertThat(read(disk.powerLost(disk.moment(), new Random(seed)), "/f"))
          .hasSize(2000)
          .containsOnly(7);
    }
  }

  @Test
  void whenTheFolderWasNotForced_thenTheFileMayBeMissing() throws IOException {
    try (FileChannel channel = writer("/f")) {
      channel.write(filled(10, 7));
      channel.force(true);
    }
    Set<Boolean> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      seen.add(Files.exists(disk.powerLost(disk.moment(), new Random(seed)).path("/f")));
    }
    assertThat(seen).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void whenARenameWasNotForced_thenTheOldNameMayBeBack() throws IOException {
    Files.write(disk.path("/old"), new byte[] {1});
    force(disk, "/");
    Files.move(disk.path("/old"), disk.path("/new"));
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      FaultDisk after = disk.powerLost(disk.moment(), new Random(seed));
      seen.add(Files.exists(after.path("/old")) + " " + Files.exists(after.path("/new")));
    }
    assertThat(seen).containsExactlyInAnyOrder("true false", "false true");
  }

  @Test
  void whenWritesWereNotForced_thenSectorsOf512BytesAreThereOrNot() throws IOException {
    try (FileChannel channel = writer("/f")) {
      channel.write(filled(1024, 1));
      channel.force(false);
      force(disk, "/");
      channel.write(filled(1024, 2), 0);
    }
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 60; seed++) {
      byte[] bytes = read(disk.powerLost(disk.moment(), new Random(seed)), "/f");
      assertThat(bytes).hasSize(1024);
      for (int i = 0; i < 1024; i++) {
        assertThat(bytes[i]).isEqualTo(bytes[i / 512 * 512]);
      }
      seen.add(bytes[0] + " " + bytes[512]);
    }
    assertThat(seen).containsExactlyInAnyOrder("1 1", "1 2", "2 1", "2 2");
  }

  @Test
  void whenAForceFailed_thenALaterOneDoesNotWriteWhatItShouldHave() throws IOException {
    try (FileChannel channel = writer("/f")) {
      force(disk, "/");
      channel.write(filled(512, 1), 0);
      disk.failAt(disk.operations() + 1, DiskFault.FAILED_FORCE, false);
      assertThatThrownBy(() -> channel.force(false)).isInstanceOf(IOException.class);
      channel.write(filled(512, 2), 512);
      channel.force(false);
    }
    assertThat(disk.failures()).isEqualTo(1);
    Set<Byte> seen = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      byte[] bytes = read(disk.powerLost(disk.moment(), new Random(seed)), "/f");
      assertThat(bytes[512]).isEqualTo((byte) 2);
      seen.add(bytes[0]);
    }
    assertThat(seen).containsExactlyInAnyOrder((byte) 0, (byte) 1);
  }

  @Test
  void whenAMomentIsInThePast_thenLaterChangesAreNotThere() throws IOException {
    Files.write(disk.path("/f"), new byte[] {1});
    force(disk, "/");
    int moment = disk.moment();
    Files.delete(disk.path("/f"));
    force(disk, "/");
    assertThat(Files.exists(disk.powerLost(moment, new Random(1)).path("/f"))).isTrue();
    FaultDisk after = disk.powerLost(disk.moment(), new Random(1));
    assertThat(Files.exists(after.path("/f"))).isFalse();
    assertThat(Files.exists(disk.powerLost(0, new Random(1)).path("/f"))).isFalse();
  }

  @Test
  void whenADiskBeganWithFiles_thenTheyLastAsTheyWere() throws IOException {
    Files.write(disk.path("/f"), new byte[] {1});
    try (FileChannel channel = FileChannel.open(disk.path("/f"), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    force(disk, "/");
    FaultDisk after = disk.powerLost(disk.moment(), new Random(1));
    Files.write(after.path("/f"), new byte[] {2});
    assertThat(read(after.powerLost(0, new Random(1)), "/f")).containsExactly(1);
    assertThat(read(disk, "/f")).containsExactly(1);
  }

  @Test
  void whenTheKthOperationFails_thenOnlyThatOrAllFromThenOn() throws IOException {
    try (FileChannel channel = writer("/f")) {
      long next = disk.operations() + 2;
      disk.failAt(next, DiskFault.IO_ERROR, false);
      channel.write(filled(1, 1));
      assertThatThrownBy(() -> channel.write(filled(1, 1))).hasMessageContaining("error");
      channel.write(filled(1, 1));
      disk.failAt(disk.operations() + 1, DiskFault.NO_SPACE, true);
      assertThatThrownBy(() -> channel.write(filled(1, 1))).hasMessageContaining("space");
      assertThatThrownBy(() -> channel.write(filled(1, 1))).hasMessageContaining("space");
      channel.force(false);
      disk.heal();
      channel.write(filled(1, 1));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void whenAWriteIsShortOrTorn_thenHalfOfItIsThere() throws IOException {
    try (FileChannel channel = writer("/f")) {
      disk.failAt(disk.operations() + 1, DiskFault.SHORT_WRITE, false);
      assertThat(channel.write(filled(10, 1), 0)).isEqualTo(5);
      disk.failAt(disk.operations() + 1, DiskFault.TORN_WRITE, false);
      assertThatThrownBy(() -> channel.write(filled(10, 2), 5)).isInstanceOf(IOException.class);
      assertThat(channel.size()).isEqualTo(10);
    }
    assertThat(disk.failures()).isEqualTo(2);
  }

  @Test
  void whenTheDiskIsFull_thenWhatFitsIsWrittenAndOldBytesCanBeWrittenOver() throws IOException {
    disk.capacity(10);
    try (FileChannel channel = writer("/f")) {
      assertThat(channel.write(filled(8, 1))).isEqualTo(8);
      assertThat(channel.write(filled(8, 2))).isEqualTo(2);
      assertThatThrownBy(() -> channel.write(filled(8, 3))).hasMessageContaining("No space");
      assertThat(channel.write(filled(10, 4), 0)).isEqualTo(10);
      disk.heal();
      assertThat(channel.write(filled(8, 5))).isEqualTo(8);
    }
  }

  @Test
  void whenARunIsReported_thenInOneLineOfJson() {
    FaultRun run = new FaultRun("F4", 20, 7);
    assertThat(run.report(1, Map.of("b", 2, "a", 1.5)))
        .isEqualTo(
            "{\"scenario\":\"F4\",\"n\":20,\"seed\":7,\"failures\":1,\"figures\":{\"a\":1.5,\"b\":2}}");
    assertThat(run.random().nextInt()).isEqualTo(new Random(7).nextInt());
    assertThat(FaultRun.of("F9", 3).scenario()).isEqualTo("F9");
  }

  @Test
  void whenANumberIsNone_thenTheRunIsRefused() {
    String before = System.getProperty(FaultRun.SEED, "");
    System.setProperty(FaultRun.SEED, "x");
    try {
      assertThatThrownBy(() -> FaultRun.of("F4", 3)).isInstanceOf(QilinException.class);
    } finally {
      System.setProperty(FaultRun.SEED, before);
    }
  }
}
