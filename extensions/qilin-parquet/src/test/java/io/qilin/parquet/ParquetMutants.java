package io.qilin.parquet;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Valid files of every codec, page version and encoding with faults put into them. For longer runs by hand, with the test
 * classes and their class path:
 *
 * <pre>java -Xmx256m io.qilin.parquet.ParquetMutants SEED COUNT</pre>
 */
final class ParquetMutants {
  /** Small, so that a reader that believes a length fails at once. */
  static final TableLimits LIMITS =
      new TableLimits(1 << 24, 1 << 20, 512, 1 << 16, 1 << 22, 100, 1 << 14);

  static final Set<ErrorCode> TYPED = Set.of(
      ErrorCode.DATA_FORMAT,
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.UNSUPPORTED,
      ErrorCode.DATA_NOT_FOUND);

  private final List<byte[]> seeds = new ArrayList<>();
  private final Path scratch;
  private int read;

  ParquetMutants(Path folder) throws IOException, SQLException {
    scratch = folder.resolve("mutant.parquet");
    Tables.write(scratch, Tables.ALL_TYPES, List.of(Tables.random(new SplittableRandom(5), 40)));
    seeds.add(Files.readAllBytes(scratch));
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      for (String codec : List.of("uncompressed", "snappy", "zstd", "lz4_raw", "gzip")) {
        for (String version : List.of("V1", "V2")) {
          Path file = folder.resolve(codec + version + ".parquet");
          statement.execute("COPY (SELECT sin(i) AS d, i // 9 AS n, i::BIGINT * 1000 AS l,"
              + " 'text ' || i AS many, 'w' || i % 3 AS few, i % 3 = 0 AS flag,"
              + " CASE WHEN i % 4 = 0 THEN NULL ELSE DATE '2024-01-01' + i::INTEGER END AS day,"
              + " TIMESTAMP '2024-01-02 09:30:00' + INTERVAL (i) SECOND AS wall"
              + " FROM range(40) t(i)) TO '" + file + "' (FORMAT parquet, CODEC '" + codec
              + "', PARQUET_VERSION " + version + ")");
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
  }

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: all cells are given, or a typed error is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    byte[] seed = seeds.get(random.nextInt(seeds.size()));
    write(mutant(seed, random));
    try {
      consume(scratch, TableScan.ALL.withLimits(LIMITS));
      read++;
    } catch (QilinException e) {
      if (!TYPED.contains(e.code()) || !String.valueOf(e.getMessage()).contains("mutant")) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    }
  }

  /** Mostly damages the pages or the footer alone, so that the file is not refused for its ends. */
  private static byte[] mutant(byte[] seed, SplittableRandom random) {
    if (random.nextInt(5) == 0) {
      return Mutation.of(seed, random);
    }
    int length = (int) Bytes.word(seed, seed.length - 8) & 0x7fffffff;
    int begin = seed.length - 8 - length;
    byte[] body = Arrays.copyOfRange(seed, 4, begin);
    byte[] footer = Arrays.copyOfRange(seed, begin, begin + length);
    if (random.nextBoolean()) {
      byte[] damaged = Mutation.of(body, random);
      body = Arrays.copyOf(damaged, body.length);
    } else {
      footer = Mutation.of(footer, random);
    }
    ByteOutput out = new ByteOutput();
    out.write(seed, 0, 4);
    out.write(body, 0, body.length);
    out.write(footer, 0, footer.length);
    out.int32(footer.length);
    out.write(seed, 0, 4);
    return Arrays.copyOf(out.array(), out.size());
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
    int sum = 0;
    try (TableReader reader = new ParquetFormat().open(file, scan)) {
      for (Optional<TableBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        for (Column column : b.get().columns()) {
          for (int row = 0; row < column.rows(); row++) {
            sum += column.isKnown(row) ? Tables.cell(column, row).hashCode() : 0;
          }
        }
      }
    }
    return sum;
  }

  /** Runs so many mutants from a number on. */
  public static void main(String[] arguments) throws IOException, SQLException {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    ParquetMutants mutants = new ParquetMutants(Files.createTempDirectory("mutants"));
    for (long i = 0; i < count; i++) {
      mutants.run(first + i);
    }
    System.out.println(count + " mutants, " + mutants.read() + " read to their end");
  }
}
