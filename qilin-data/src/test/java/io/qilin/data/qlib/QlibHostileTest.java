package io.qilin.data.qlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.data.DamagedInputs;
import io.qilin.data.internal.Place;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a store, reading it ends with bars or with a typed error that names the file. */
class QlibHostileTest {
  private static final String CLOSE = "features/sh600001/close.day.bin";

  @TempDir
  private Path folder;

  private Path store;

  @BeforeEach
  void writeStore() {
    store = QlibFiles.tiny(folder);
  }

  private void refused(ErrorCode code, String... parts) {
    assertThatThrownBy(() -> QlibStore.open(store).read(BarQuery.ALL))
        .isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
          assertThat(e.getMessage()).contains(parts).doesNotContain("\n", folder.toString());
        });
  }

  @Test
  void whenAFileDoesNotFit_thenItIsNamed() {
    Path file = store.resolve(CLOSE);
    for (int size : new int[] {0, 1, 3, 5, 11}) {
      QlibFiles.write(file, new byte[size]);
      refused(ErrorCode.DATA_FORMAT, CLOSE, size + " bytes");
    }
    for (float head : new float[] {
      Float.NaN,
      -1,
      0.5f,
      9,
      1e9f,
      1e30f,
      -1e30f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE
    }) {
      QlibFiles.bin(file, head, 1, 2);
      refused(ErrorCode.DATA_FORMAT, CLOSE);
    }
    QlibFiles.bin(file, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    refused(ErrorCode.DATA_FORMAT, CLOSE, "9 days", "calendar of 8 days");
    QlibFiles.bin(file, 7, 1, 2);
    refused(ErrorCode.DATA_FORMAT, CLOSE, "2 days from place 7");
  }

  @Test
  void whenAFileIsTenGigabytes_thenItIsRefusedUnread() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(store.resolve(CLOSE).toFile(), "rw")) {
      file.setLength(10L << 30);
    }
    refused(ErrorCode.DATA_FORMAT, CLOSE, "do not fit the calendar of 8 days");
  }

  @Test
  void whenAListIsGarbage_thenFileAndLineAreNamed() {
    Path days = store.resolve("calendars/day.txt");
    for (String text :
        List.of("2024-01-02\n2024-01-02\n", "2024-01-03\n2024-01-02\n", "x\nday\n")) {
      QlibFiles.write(days, text);
      refused(ErrorCode.DATA_FORMAT, "store/calendars/day.txt, line");
    }
    QlibFiles.write(days, "");
    refused(ErrorCode.DATA_FORMAT, "store/calendars/day.txt");
    QlibFiles.write(days, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refused(ErrorCode.DATA_FORMAT, "store/calendars/day.txt");
    writeAgain();
    Path list = store.resolve("instruments/all.txt");
    for (String text : List.of(
        "SH600001\t2024-01-02\n",
        "SH600001 2024-01-02 2024-01-03\n",
        "SH600001\t2024-01-03\t2024-01-02\n",
        "SZ600001\t2024-01-02\t2024-01-03\n",
        "../x\t2024-01-02\t2024-01-03\n",
        "SH600001\t2024-13-02\t2024-01-03\n")) {
      QlibFiles.write(list, text);
      refused(ErrorCode.DATA_FORMAT, "store/instruments/all.txt, line 1");
    }
    writeAgain();
    QlibFiles.write(store.resolve("qilin.txt"), "adjustment=SIDEWAYS\n");
    refused(ErrorCode.DATA_FORMAT, "store/qilin.txt, line 1", "RAW, BACKWARD, FORWARD");
  }

  private void writeAgain() {
    QlibStoreWriter.to(store)
        .replacing()
        .write(QlibStore.open(rescue()).read(BarQuery.ALL).panel());
  }

  /** Another store with the same bars. */
  private Path rescue() {
    Path other = folder.resolve("other");
    if (!Files.exists(other)) {
      QlibFiles.tiny(mkdir(folder.resolve("spare")));
      try {
        Files.move(folder.resolve("spare/store"), other);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return other;
  }

  private static Path mkdir(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whenAPartIsMissing_thenItIsNamed() throws IOException {
    Files.delete(store.resolve("calendars/day.txt"));
    refused(ErrorCode.DATA_NOT_FOUND, "store/calendars/day.txt");
    writeAgain();
    Files.move(store.resolve("features"), store.resolve("f"));
    refused(ErrorCode.DATA_NOT_FOUND, "store/features");
    Files.move(store.resolve("f"), store.resolve("features"));
    store = folder.resolve("nothing");
    refused(ErrorCode.DATA_NOT_FOUND, "nothing");
  }

  @Test
  void whenThereIsALink_thenItIsNotFollowed() throws IOException {
    Path outside = QlibFiles.bin(folder.resolve("outside.bin"), 0, 1);
    Path file = store.resolve(CLOSE);
    Files.delete(file);
    Files.createSymbolicLink(file, outside);
    refused(ErrorCode.DATA_FORMAT, CLOSE, "symbolic link");
    Files.delete(file);
    Files.createSymbolicLink(file, file);
    refused(ErrorCode.DATA_FORMAT, CLOSE, "symbolic link");
    Files.delete(file);
    Files.move(store.resolve("features/sh600001"), folder.resolve("away"));
    Files.createSymbolicLink(store.resolve("features/sh600001"), folder.resolve("away"));
    refused(ErrorCode.DATA_FORMAT, "features/sh600001", "symbolic link");
    Files.delete(store.resolve("features/sh600001"));
    Files.createSymbolicLink(store.resolve("features/sh600001"), store.resolve("features"));
    refused(ErrorCode.DATA_FORMAT, "features/sh600001", "symbolic link");
  }

  @Test
  void whenAFolderOrPipeStandsForAFile_thenItIsRefused() throws IOException {
    Path file = store.resolve(CLOSE);
    Files.delete(file);
    Files.createDirectory(file);
    refused(ErrorCode.DATA_FORMAT, CLOSE, "not a file");
  }

  @Test
  void whenThereAreMoreThanAllowed_thenTheLimitIsNamed() {
    QlibFiles.bin(store.resolve("features/sz000001/close.day.bin"), 0);
    QlibLimits few = new QlibLimits(1, 4096, 1 << 20);
    assertLimit(() -> QlibStore.builder(store).limits(few).build(), "more than 1");
    QlibLimits fields = new QlibLimits(10, 2, 1 << 20);
    assertLimit(
        () -> QlibStore.builder(store).limits(fields).build().read(BarQuery.ALL), "more than 2");
    QlibLimits cells = new QlibLimits(10, 100, 20);
    assertLimit(
        () -> QlibStore.builder(store).limits(cells).build().read(BarQuery.ALL), "20 cells");
  }

  private static void assertLimit(Runnable call, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
        .hasMessageContaining(part);
  }

  @Test
  void whenNamesLeadOutOfTheStore_thenNothingOutsideIsRead() throws IOException {
    Files.delete(store.resolve("features/sh600001/factor.day.bin"));
    Files.delete(store.resolve("features/sh600001/volume.day.bin"));
    Path secret = QlibFiles.bin(folder.resolve("secret.day.bin"), 0, 4711);
    Pattern member = Pattern.compile("\"name\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");
    int tried = 0;
    for (String line : SharedFiles.lines(SharedFiles.corpus("path-names").resolve("cases.jsonl"))) {
      Matcher name = member.matcher(line);
      if (!name.find()) {
        continue;
      }
      String text = name.group(1).replace("\\\\", "\\").replace("\\u0000", "\0");
      tried++;
      QlibFiles.write(store.resolve("instruments/all.txt"), text + "\t2024-01-02\t2024-01-11\n");
      try {
        assertThat(QlibStore.open(store).read(BarQuery.ALL).panel().has(Field.of("secret")))
            .isFalse();
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.DATA_FORMAT, ErrorCode.DATA_NOT_FOUND);
      }
      assertThatThrownBy(() -> QlibStore.builder(store).market(text).build())
          .isInstanceOf(QilinException.class);
    }
    assertThat(tried).isGreaterThan(500);
    assertThat(secret).exists();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(secret, store);
    }
  }

  @Test
  void whenBinFilesAreMutated_thenValuesOfTheCalendarOrATypedError() throws IOException {
    byte[] whole = Files.readAllBytes(store.resolve(CLOSE));
    Random random = new Random(20240102);
    int read = 0;
    for (int mutant = 0; mutant < 10_000; mutant++) {
      byte[] bytes = mutated(whole, random);
      try (BinFile bin = BinFile.checked(
          new Bytes(bytes), () -> Place.of(Path.of(CLOSE)), 8, OptionalLong.empty())) {
        assertThat(bin.first()).isBetween(0, bin.end());
        assertThat(bin.end()).isLessThanOrEqualTo(8);
        double[] values = bin.read(bin.first(), bin.end());
        assertThat(values).hasSize(bytes.length / 4 - 1);
        read++;
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
        assertThat(e.getMessage()).contains("close.day.bin");
      }
    }
    assertThat(read).isBetween(1_000, 9_000);
  }

  @Test
  void whenFilesOfAStoreAreMutated_thenBarsOrATypedErrorAndNothingElse() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(store)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Random random = new Random(7);
    int read = 0;
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int mutant = 0; mutant < 25; mutant++) {
        Files.write(file, mutated(whole, random));
        try {
          QlibStore.open(store).read(BarQuery.ALL);
          read++;
        } catch (QilinException e) {
          assertThat(e.getMessage()).doesNotContain(folder.toString());
          assertThat(e.code())
              .isIn(ErrorCode.DATA_FORMAT, ErrorCode.DATA_NOT_FOUND, ErrorCode.LIMIT_EXCEEDED);
        }
      }
      Files.write(file, whole);
    }
    assertThat(read).isPositive().isLessThan(25 * files.size());
    assertThat(QlibStore.open(store).read(BarQuery.ALL).panel().symbols()).hasSize(1);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAStoreWithAnInterruptedAppendIsDamaged_thenBarsOrATypedError() throws IOException {
    QlibMutants mutants = new QlibMutants(Files.createDirectory(folder.resolve("mutants")));
    int count = DamagedInputs.read("qlib", 150, mutants::run);
    assertThat(mutants.read()).isBetween(count / 50, count * 49 / 50);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAReaderTrustsAByte_thenTheMutantsFindIt() throws IOException {
    QlibMutants trusting = new QlibMutants(Files.createDirectory(folder.resolve("trusting"))) {
      @Override
      void read(Path file) throws IOException {
        DamagedInputs.trust(Files.readAllBytes(file), 0);
      }
    };
    assertThatThrownBy(() -> DamagedInputs.read("planted", 100_000, trusting::run))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("mutant ")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  /** A file in memory. */
  private static final class Bytes implements SeekableByteChannel {
    private final ByteBuffer content;

    Bytes(byte[] content) {
      this.content = ByteBuffer.wrap(content);
    }

    @Override
    public int read(ByteBuffer target) {
      int count = Math.min(content.remaining(), target.remaining());
      if (count == 0) {
        return -1;
      }
      target.put(content.slice(content.position(), count));
      content.position(content.position() + count);
      return count;
    }

    @Override
    public long position() {
      return content.position();
    }

    @Override
    public SeekableByteChannel position(long place) {
      content.position((int) place);
      return this;
    }

    @Override
    public long size() {
      return content.limit();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long length) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] copy = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[random.nextInt(Math.min(4, copy.length))] = (byte) random.nextInt();
      case 2 -> {
        return java.util.Arrays.copyOf(copy, random.nextInt(copy.length));
      }
      default -> {
        byte[] longer = java.util.Arrays.copyOf(copy, copy.length + 1 + random.nextInt(12));
        for (int i = copy.length; i < longer.length; i++) {
          longer[i] = (byte) random.nextInt();
        }
        return longer;
      }
    }
    return copy;
  }
}
