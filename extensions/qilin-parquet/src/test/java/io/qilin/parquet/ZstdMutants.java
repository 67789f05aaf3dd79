package io.qilin.parquet;

import io.qilin.api.error.QilinException;
import io.qilin.data.arrow.ArrowFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.Mutation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * An Arrow file with ZSTD buffers that Polars wrote, with faults put into it. For longer runs by hand, with the test
 * classes and their class path:
 *
 * <pre>java -Xmx256m io.qilin.parquet.ZstdMutants SEED COUNT</pre>
 */
final class ZstdMutants {
  private final byte[] seed = resource("polars-zstd.arrow");
  private final Path scratch;

  private int read;

  ZstdMutants(Path folder) {
    scratch = folder.resolve("mutant.arrow");
  }

  static byte[] resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ZstdMutants.class.getResourceAsStream("/peers/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: all cells are given, or a typed error is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    write(mutant(random));
    TableScan scan = TableScan.ALL.readable().withLimits(ParquetMutants.LIMITS);
    try (TableReader reader = new ArrowFormat().open(scratch, scan)) {
      for (var batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        batch.get().columns().forEach(column -> {
          for (int row = 0; row < column.rows(); row++) {
            if (column.isKnown(row)) {
              Objects.requireNonNull(Tables.cell(column, row));
            }
          }
        });
      }
      read++;
    } catch (QilinException e) {
      if (!ParquetMutants.TYPED.contains(e.code())) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    }
  }

  /** Writes over the file that is there: one made anew each time would wait for the disk. */
  private void write(byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(scratch, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    }
  }

  /** Mostly damages the middle, where the buffers are, so that the metadata does not hide them. */
  private byte[] mutant(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return Mutation.of(seed, random);
    }
    byte[] mutant = seed.clone();
    for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
      int at = mutant.length / 4 + random.nextInt(mutant.length / 2);
      mutant[at] =
          (byte) (random.nextBoolean() ? mutant[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
    }
    return mutant;
  }

  /** Runs so many mutants from a number on. */
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    ZstdMutants mutants = new ZstdMutants(Files.createTempDirectory("mutants"));
    for (long i = 0; i < count; i++) {
      mutants.run(first + i);
    }
    System.out.println(count + " mutants, " + mutants.read() + " read to their end");
  }
}
