package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Valid CSV files, plain and compressed, with faults put into them. For longer runs by hand, with the test classes and
 * their class path:
 *
 * <pre>java -Xmx256m io.qilin.data.csv.CsvMutants SEED COUNT</pre>
 */
class CsvMutants {
  /** Small, so that a reader that believes a length fails at once. */
  static final TableLimits LIMITS =
      new TableLimits(1 << 20, 1 << 16, 64, 1 << 10, 1 << 20, 100, 1 << 10);

  static final Set<ErrorCode> TYPED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.UNSUPPORTED);

  private static final String CONTENT = "code,day,when,close,flag,\"a \"\"name\"\"\"\n"
      + "600519.SH,2024-01-02,2024-01-02T01:30:00Z,1685.01,true,\"x, y\"\n"
      + "000001.SZ,2024-01-03,2024-01-02 09:30:00.5,-1e-7,false,'=1\n"
      + ",,,,,\"\"\n"
      + "600519.SH,2024/01/04,2024-01-02T09:30+08:00,inf,true,\"茅\n台\"\n";

  private final List<byte[]> seeds;
  private final Path scratch;
  private int read;

  CsvMutants(Path folder) throws IOException {
    scratch = folder.resolve("mutant.csv");
    byte[] plain = CONTENT.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    seeds = List.of(plain, plain, packed.toByteArray());
  }

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: all cells are given, or a typed error is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    byte[] seed = seeds.get(random.nextInt(seeds.size()));
    write(Mutation.of(seed, random));
    try {
      read(scratch);
      read++;
    } catch (QilinException e) {
      if (!TYPED.contains(e.code()) || !String.valueOf(e.getMessage()).contains("mutant")) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    }
  }

  void read(Path file) throws IOException {
    consume(file, TableScan.ALL.withLimits(LIMITS));
  }

  /** Writes over the file that is there: one made anew each time would wait for the disk. */
  private void write(byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(scratch, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    }
  }

  /** Reads every cell. */
  static int consume(Path file, TableScan scan) {
    int known = 0;
    try (TableReader reader = new CsvFormat().open(file, scan)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        for (Column column : b.get().columns()) {
          known += column.rows() - column.missing();
        }
      }
    }
    return known;
  }

  /** Runs so many mutants from a number on. */
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    CsvMutants mutants = new CsvMutants(Files.createTempDirectory("mutants"));
    for (long i = 0; i < count; i++) {
      mutants.run(first + i);
    }
    System.out.println(count + " mutants, " + mutants.read() + " read to their end");
  }
}
