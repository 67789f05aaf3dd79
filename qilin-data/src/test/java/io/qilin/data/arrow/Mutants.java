package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import io.qilin.testkit.SharedFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Valid tables with faults put into them: flipped bits, cuts, parts moved about, and lengths that say something else. */
class Mutants {
  /** Small, so that a reader that believes a length fails at once. */
  static final TableLimits LIMITS =
      new TableLimits(1 << 24, 1 << 20, 512, 2000, 1 << 20, 100, 1 << 14);

  private static final Set<ErrorCode> EXPECTED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.UNSUPPORTED);
  private static final long[] LENGTHS = {
    -1,
    0,
    1,
    7,
    8,
    255,
    65_536,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final List<byte[]> seeds = new ArrayList<>();
  private final Path scratch;
  private int read;

  Mutants(Path folder) throws IOException {
    scratch = folder.resolve("mutant");
    for (CodecType codec : List.of(CodecType.NO_COMPRESSION, CodecType.LZ4_FRAME)) {
      for (boolean file : new boolean[] {true, false}) {
        seeds.add(ArrowPeer.write(file, codec, true));
        seeds.add(own(folder, file));
      }
    }
  }

  /** Adds the valid small files of the corpus, if it is there: other versions, nested types, big-endian. */
  void addCorpus() throws IOException {
    var root = SharedFiles.root().map(shared -> shared.resolve("corpora/arrow-fuzz/files"));
    if (root.isEmpty() || !Files.isDirectory(root.get())) {
      return;
    }
    try (Stream<Path> files = Files.list(root.get())) {
      for (Path file : files.sorted().toList()) {
        boolean valid = file.getFileName().toString().contains("-valid-");
        if (valid && Files.size(file) < 5000) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
  }

  private static byte[] own(Path folder, boolean file) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<TableBatch> batches =
        List.of(Tables.random(random, 20), Tables.random(random, 0), Tables.random(random, 9));
    if (file) {
      Path target = folder.resolve("own.arrow");
      Tables.write(target, Tables.ALL_TYPES, batches);
      return Files.readAllBytes(target);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TableWriter writer = ArrowStreams.create(out, Tables.ALL_TYPES)) {
      batches.forEach(writer::write);
      writer.commit();
    }
    return out.toByteArray();
  }

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: all cells are given, or a typed error is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    byte[] seed = seeds.get(random.nextInt(seeds.size()));
    byte[] mutant = mutate(seed.clone(), random);
    try {
      read(mutant, random);
      read++;
    } catch (QilinException e) {
      boolean absent = e.code() == ErrorCode.DATA_NOT_FOUND;
      if (!EXPECTED.contains(e.code()) && !absent) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    }
  }

  void read(byte[] mutant, SplittableRandom random) throws IOException {
    try (TableReader reader = open(mutant, scan(random), random.nextInt(32) == 0)) {
      consume(reader);
    }
  }

  /** Opens it from memory, or from a file, which costs more than the reading. */
  private TableReader open(byte[] mutant, TableScan scan, boolean onDisk) throws IOException {
    if (onDisk) {
      Files.write(scratch, mutant);
      return new ArrowFormat().open(scratch, scan);
    }
    return isFile(mutant)
        ? ArrowReader.ofFile(new MemoryBytes(mutant), scan, Where.file("mutant"))
        : ArrowStreams.open(new ByteArrayInputStream(mutant), "mutant", scan);
  }

  private static boolean isFile(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == 'A';
  }

  private static TableScan scan(SplittableRandom random) {
    TableScan all = TableScan.ALL.withLimits(LIMITS);
    return switch (random.nextInt(3)) {
      case 0 -> all;
      case 1 -> all.withColumns(List.of("symbol", "close"));
      default -> all.withColumns(List.of("utf8", "by_int8", "float64", "bool", "at_ms"));
    };
  }

  private static void consume(TableReader reader) {
    for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
      batch.get().columns().forEach(Mutants::consume);
    }
  }

  /** Looks at every cell. */
  private static void consume(Column column) {
    int known = 0;
    for (int row = 0; row < column.rows(); row++) {
      known += column.isKnown(row) ? 1 : 0;
      if (column instanceof TextColumn texts
          && texts.value(row).isPresent() != column.isKnown(row)) {
        throw new AssertionError("row " + row);
      }
    }
    if (known != column.rows() - column.missing()) {
      throw new AssertionError(known + " of " + column.rows() + " rows are known");
    }
  }

  private byte[] mutate(byte[] bytes, SplittableRandom random) {
    byte[] mutant = bytes;
    for (int faults = random.nextInt(1, 4); faults > 0 && mutant.length > 8; faults--) {
      mutant = switch (random.nextInt(8)) {
        case 0 -> Arrays.copyOf(mutant, random.nextInt(mutant.length));
        case 1, 2 -> moved(mutant, random);
        case 3, 4, 5 -> withLength(mutant, random);
        default -> flipped(mutant, random);
      };
    }
    return mutant;
  }

  private static byte[] flipped(byte[] bytes, SplittableRandom random) {
    for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] moved(byte[] bytes, SplittableRandom random) {
    byte[] from = random.nextBoolean() ? bytes : seeds.get(random.nextInt(seeds.size()));
    int length = random.nextInt(1, Math.min(200, Math.min(from.length, bytes.length)));
    System.arraycopy(
        from.clone(),
        random.nextInt(from.length - length),
        bytes,
        random.nextInt(bytes.length - length),
        length);
    return bytes;
  }

  private static byte[] withLength(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt((bytes.length - 4) / 4) * 4;
    long value = random.nextBoolean()
        ? LENGTHS[random.nextInt(LENGTHS.length)]
        : random.nextLong(2L * bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (random.nextBoolean() && at + 8 <= bytes.length) {
      buffer.putLong(at, value);
    } else {
      buffer.putInt(at, (int) value);
    }
    return bytes;
  }
}
