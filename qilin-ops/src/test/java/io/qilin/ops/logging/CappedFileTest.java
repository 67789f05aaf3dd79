package io.qilin.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedFileTest {
  private static final int FILE = 128 << 10;

  private final FaultDisk disk = FaultDisk.empty();
  private final Path folder = disk.path("/log");
  private int next;

  private CappedFile open() {
    return CappedFile.builder(folder, "q").fileBytes(FILE).totalBytes(3L * FILE).build();
  }

  /** Lines that tell which they are. */
  private List<byte[]> lines(int count, int length) {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = "line " + next++ + " ";
      lines.add((line + "x".repeat(Math.max(0, length - line.length() - 1)) + "\n")
          .getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static String text(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer all = ByteBuffer.allocate((int) channel.size());
      while (all.hasRemaining() && channel.read(all, all.position()) > 0) {
        // On.
      }
      return new String(all.array(), StandardCharsets.UTF_8);
    }
  }

  /** All files, oldest first. */
  private TreeMap<String, String> files() throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        files.put(entry.getFileName().toString(), text(entry));
      }
    }
    return files;
  }

  /** The number in each whole line of all files, in order. */
  private List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String text : files().values()) {
      for (String line : text.split("\n")) {
        if (line.startsWith("line ")) {
          numbers.add(Integer.parseInt(line.split(" ")[1]));
        }
      }
    }
    return numbers;
  }

  @Test
  void whenFilesAreFull_thenTheOldestGoAndTheCapIsKept() throws IOException {
    try (CappedFile file = open()) {
      for (int i = 0; i < 40; i++) {
        assertThat(file.write(lines(20, 1_000))).isEqualTo(20);
        long sum = files().values().stream().mapToLong(String::length).sum();
        assertThat(sum).isLessThanOrEqualTo(3L * FILE);
      }
      assertThat(files().keySet()).containsExactly("q-000005.log", "q-000006.log", "q.log");
      assertThat(file.lost()).isZero();
    }
    List<Integer> kept = numbers();
    assertThat(kept).endsWith(799).isSorted();
    assertThat(kept).hasSize(800 - kept.get(0));
  }

  @Test
  void whenOpenedAgain_thenItGoesOnAndATornLineStandsAlone() throws IOException {
    try (CappedFile file = open()) {
      file.write(lines(2, 50));
    }
    try (FileChannel channel = FileChannel.open(
        folder.resolve("q.log"), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap("torn".getBytes(StandardCharsets.UTF_8)));
    }
    try (CappedFile file = open()) {
      file.write(lines(1, 50));
    }
    assertThat(files().get("q.log").split("\n")[2]).isEqualTo("torn");
    assertThat(numbers()).containsExactly(0, 1, 2);
  }

  @Test
  void whenTheDiskIsFull_thenHalfALineIsCutOffAndItGoesOnWhenThereIsRoom() throws IOException {
    try (CappedFile file = open()) {
      disk.capacity(2_050);
      assertThat(file.write(lines(3, 1_000))).isEqualTo(2);
      assertThat(file.failure()).hasValueSatisfying(why -> assertThat(why).contains("space"));
      assertThat(file.write(lines(1, 1_000))).isZero();
      assertThat(file.lost()).isEqualTo(2);
      assertThat(files().get("q.log")).hasSize(2_000).endsWith("\n");
      disk.heal();
      assertThat(file.write(lines(1, 1_000))).isEqualTo(1);
      assertThat(file.failure()).isEmpty();
    }
    assertThat(numbers()).containsExactly(0, 1, 4);
  }

  /**
   * Scenario F5: operations fail once or from then on, in every way; what is told to be written is what is there. About n cases,
   * spread over all operations.
   */
  @Test
  @Tag("fault")
  @Tag("F5")
  void whenAnyOperationFails_thenWhatIsToldToBeWrittenIsThereAndNothingElseWhole()
      throws IOException {
    FaultRun run = FaultRun.of("F5", 30);
    int operations = (int) faulted(0, DiskFault.IO_ERROR, false);
    int stride = Math.max(1, operations * DiskFault.values().length * 2 / run.n());
    int cases = 0;
    for (int k = 1 + (int) Math.floorMod(run.seed(), (long) stride); k <= operations; k += stride) {
      for (DiskFault how : DiskFault.values()) {
        faulted(k, how, false);
        faulted(k, how, true);
        cases += 2;
      }
    }
    System.out.println(run.report(0, Map.of("cases", cases, "operations", operations)));
  }

  @Test
  @Tag("fault")
  @Tag("F5")
  void whenAWriterSwallowsTheError_thenTheScenarioSeesThatALineIsNotThere() throws IOException {
    Files.createDirectory(folder);
    List<Integer> told = new ArrayList<>();
    disk.failAt(disk.operations() + 5, DiskFault.TORN_WRITE, false);
    try (FileChannel channel = FileChannel.open(
        folder.resolve("q.log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (byte[] line : lines(10, 100)) {
        told.add(told.size());
        swallowing(channel, line);
      }
    }
    assertThat(numbers()).isNotEqualTo(told);
  }

  private static void swallowing(FileChannel channel, byte[] line) {
    try {
      channel.write(ByteBuffer.wrap(line));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("error");
    }
  }

  private static long faulted(int k, DiskFault how, boolean forever) throws IOException {
    CappedFileTest one = new CappedFileTest();
    if (k > 0) {
      one.disk.failAt(k, how, forever);
    }
    List<Integer> told = new ArrayList<>();
    long operations;
    try (CappedFile file = one.open()) {
      for (int i = 0; i < 5; i++) {
        one.write(file, told, 3, 20_000);
      }
      operations = one.disk.operations();
      one.disk.heal();
      int before = told.size();
      one.write(file, told, 2, 100);
      assertThat(told.size() - before).as("after healing").isEqualTo(2);
      assertThat(file.lost()).isEqualTo(17 - told.size());
    }
    assertThat(one.numbers())
        .as(how + " at " + k + (forever ? " for ever" : ""))
        .isEqualTo(told);
    return operations;
  }

  private void write(CappedFile file, List<Integer> told, int count, int length) {
    int first = next;
    int written = file.write(lines(count, length));
    for (int i = 0; i < written; i++) {
      told.add(first + i);
    }
  }

  @Test
  void whenTheThreadIsInterrupted_thenTheLineIsWrittenAndTheInterruptStays(@TempDir Path real)
      throws IOException {
    try (CappedFile file = CappedFile.builder(real.resolve("a/b"), "q").build()) {
      Thread.currentThread().interrupt();
      assertThat(file.write(lines(1, 50))).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.write(lines(1, 50))).isEqualTo(1);
    }
    assertThat(Files.readString(real.resolve("a/b/q.log"))).hasLineCount(2);
  }

  @Test
  void whenALineIsLongerThanAnyMayBe_thenItIsCut() throws IOException {
    try (CappedFile file = open()) {
      assertThat(file.write(lines(3, 100_000))).isEqualTo(3);
    }
    assertThat(numbers()).containsExactly(0, 1, 2);
    assertThat(files().get("q.log")).hasSize(CappedFile.LONGEST_LINE);
  }

  @Test
  void whenTheFolderCannotBe_thenLinesAreLostAndToldAndItIsClosedInPeace(@TempDir Path real)
      throws IOException {
    Path file = Files.writeString(real.resolve("file"), "x");
    try (CappedFile log = CappedFile.builder(file, "q").build()) {
      assertThat(log.write(lines(1, 50))).isZero();
      assertThat(log.failure()).isPresent();
    }
    CappedFile log = open();
    log.close();
    assertThat(log.write(lines(1, 50))).isZero();
    assertThat(log.lost()).isEqualTo(1);
  }

  @Test
  void whenASettingCannotBe_thenItIsRefused() {
    for (String name : List.of("", "../x", "a/b", "a\nb", "x".repeat(65))) {
      assertThatThrownBy(() -> CappedFile.builder(folder, name)).isInstanceOf(QilinException.class);
    }
    assertThatThrownBy(() -> CappedFile.builder(folder, "q").fileBytes(1_000).build())
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> CappedFile.builder(folder, "q").totalBytes(1 << 20).build())
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenThePlaceOfTheFileIsAPipe_thenNobodyWaitsForAReader(@TempDir Path real) throws Exception {
    Path pipe = real.resolve("q.log");
    Assumptions.assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
    try (CappedFile file = CappedFile.builder(real, "q").build()) {
      int written = Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> file.write(lines(1, 50)));
      assertThat(written).isZero();
      assertThat(file.failure()).hasValueSatisfying(why -> assertThat(why).contains("regular"));
      Files.delete(pipe);
      assertThat(file.write(lines(1, 50))).isEqualTo(1);
    }
  }

  /** The line hangs where its bytes are taken, as it would in a network drive. */
  @Test
  void whenAWriteHangs_thenItIsClosedAndAskedWithoutWaiting() throws Exception {
    CappedFile file = open();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    List<byte[]> hanging = new AbstractList<>() {
      @Override
      public byte[] get(int index) {
        hangs.countDown();
        boolean done = false;
        while (!done) {
          try {
            done = over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
        return "x\n".getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public int size() {
        return 1;
      }
    };
    Thread writer = new Thread(() -> file.write(hanging));
    writer.start();
    assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
    try {
      Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
        assertThat(file.lost()).isZero();
        assertThat(file.failure()).isEmpty();
        file.close();
      });
    } finally {
      over.countDown();
      writer.join();
    }
    assertThat(file.write(lines(1, 50))).isZero();
    assertThat(file.lost()).isEqualTo(1);
    assertThat(text(folder.resolve("q.log"))).isEqualTo("x\n");
  }
}
